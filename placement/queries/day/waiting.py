"""What waits for somebody's care: feedback owed, notices, accidents to report, people who were repeatedly not there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Date,
    Select,
    String,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from placement.domain.attendance import LOOKED_AT, REPEATED
from placement.domain.limits import ENDED_LATELY, ENDS_SOON
from placement.domain.notices import TO_ONE, NoticeKind
from placement.domain.shifts import Attendance
from placement.models.notices.notice import Incident, Notice
from placement.models.participants.participant import Participant
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.day.current import KEPT, owed_rows, whose
from placement.queries.day.endings import endings

MOST_NOTICES = 60
MOST_INCIDENTS = 20
MOST_PEOPLE = 20
#: Shifts that count for "repeatedly not there".
LATELY = timedelta(weeks=6)


@dataclass(frozen=True, slots=True)
class OpenNotice:
    """``told``: to the reader alone."""

    public_id: str
    name: str
    kind: NoticeKind

    @property
    def told(self) -> bool:
        return self.kind in TO_ONE


@dataclass(frozen=True, slots=True)
class DueIncident:
    public_id: str
    name: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Missing:
    """Not there at so many of the last shifts."""

    participant: str
    name: str
    times: int


@dataclass(frozen=True, slots=True)
class Ending:
    """Something that ends, or ended, on a day, or is due since: "limit", "plan", "approval", "units", "follow_up",
    "check" and "employer" (``participant`` is then the placement, or the employer).
    """

    participant: str
    name: str
    kind: str
    day: date


@dataclass(frozen=True, slots=True)
class Waiting:
    """``owed``: (site, its name, employer, how many shifts, since when), the longest owed first."""

    owed: tuple[tuple[str, str, str, int, date], ...]
    notices: tuple[OpenNotice, ...]
    incidents: tuple[DueIncident, ...]
    missing: tuple[Missing, ...]
    endings: tuple[Ending, ...] = ()


def waiting(db: Session, actor: Actor, now: datetime, people: frozenset[int] | None) -> Waiting:
    """For a coordinator, in one statement; ``people``: only about these participants, None: about everybody."""
    lately = now - LATELY
    # The same days in UTC with a day to spare: a person's shifts are found by when they start, not by their day.
    wanted: dict[str, Any] = {"now": now, "lately": lately.date(), "since": lately - timedelta(days=2)}
    today = actor.today(now)
    wanted |= {"ends_from": today - ENDED_LATELY, "ends_to": today + ENDS_SOON, "today": today}
    rows = db.execute(_statement(actor, people), wanted).all()
    of: dict[str, list[Any]] = {"owed": [], "notice": [], "incident": [], "missing": [], "ends": []}
    for row in rows:
        of[row[0]].append(row)
    return Waiting(
        owed=tuple(sorted(((*row[1:5], row[5]) for row in of["owed"]), key=lambda row: (row[4], row[1]))),
        notices=tuple(sorted((OpenNotice(row[1], row[2], NoticeKind(row[3])) for row in of["notice"]), key=urgency)),
        incidents=tuple(sorted((DueIncident(row[1], row[2], row[5]) for row in of["incident"]), key=_due)),
        missing=tuple(Missing(row[1], row[2], row[4]) for row in of["missing"]),
        endings=tuple(sorted((Ending(row[1], row[2], row[3], row[5]) for row in of["ends"]), key=_last)),
    )


@lru_cache(maxsize=KEPT)
def _statement(actor: Actor, people: frozenset[int] | None) -> CompoundSelect[Any]:
    owed = owed_rows(actor, people).subquery()
    return union_all(
        select(literal("owed"), owed.c[0], owed.c[1], owed.c[2], owed.c[3], owed.c[4]),
        select(open_notices(actor, people).subquery()),
        select(_incidents(actor, people).subquery()),
        select(_missing(actor, people).subquery()),
        select(endings(actor, people, name_of_person()).subquery()),
    )


def urgency(row: OpenNotice) -> int:
    """What was said in need comes before what can wait; the kinds are written down in that order."""
    return _ORDER.index(row.kind)


def _last(row: Ending) -> date:
    return row.day


def _due(row: DueIncident) -> date:
    return row.due_on


_FIRST = (NoticeKind.SOMETHING_WRONG, NoticeKind.DID_NOT_COME, NoticeKind.WORRIED, NoticeKind.HURT_ME)
_ORDER = (*_FIRST, *(kind for kind in NoticeKind if kind not in _FIRST))


def name_of_person() -> Any:
    """Both names, for statements that can't carry them apart."""
    return func.trim(Participant.preferred_name + " " + Participant.family_name)


def open_notices(actor: Actor, people: Collection[int] | None) -> Select[Any]:
    """What the actor should take care of; columns as every part of :func:`waiting`."""
    return (
        select(
            literal("notice").label("what"), Notice.public_id, name_of_person().label("name"),
            cast(Notice.kind, String).label("kind"), literal(1).label("n"), cast(null(), Date).label("day"),
        )
        .join(Participant, Participant.id == Notice.participant_id)
        .where(scope.notices(actor), Notice.done_at.is_(None), whose(Notice.participant_id, people))
        .order_by(Notice.id.desc())
        .limit(MOST_NOTICES)
    )  # fmt: skip


def _incidents(actor: Actor, people: Collection[int] | None) -> Select[Any]:
    return (
        select(
            literal("incident").label("what"), Incident.public_id, name_of_person().label("name"),
            literal("").label("kind"), literal(1).label("n"), Incident.report_due_on.label("day"),
        )
        .join(Participant, Participant.id == Incident.participant_id)
        .where(
            scope.incidents(actor),
            Incident.reported_on.is_(None),
            Incident.closed_at.is_(None),
            whose(Incident.participant_id, people),
        )
        .order_by(Incident.report_due_on, Incident.id)
        .limit(MOST_INCIDENTS)
    )  # fmt: skip


def _missing(actor: Actor, people: Collection[int] | None) -> Select[Any]:
    """As ``domain.attendance.is_repeated`` says, among the shifts of the last weeks."""
    nth = func.row_number().over(partition_by=Occasion.participant_id, order_by=Occasion.starts_at.desc())
    latest = (
        select(Occasion.participant_id, Occasion.attendance, nth.label("nth"))
        .join(Shift, Shift.id == Occasion.id)
        .where(
            scope.in_program(actor, Occasion.program_id),
            Occasion.local_day >= bindparam("lately"),
            Occasion.starts_at.between(bindparam("since"), bindparam("now")),
            Occasion.attendance != Attendance.UNKNOWN,
            Shift.cancelled_at.is_(None),
            whose(Occasion.participant_id, people),
        )
        .subquery()
    )
    times = func.sum(case((latest.c.attendance == Attendance.ABSENT, 1), else_=0))
    return (
        select(
            literal("missing").label("what"), Participant.public_id, name_of_person().label("name"),
            literal("").label("kind"), times.label("n"), cast(null(), Date).label("day"),
        )
        .join(latest, latest.c.participant_id == Participant.id)
        .where(scope.participants(actor), Participant.archived_at.is_(None), latest.c.nth <= LOOKED_AT)
        .group_by(Participant.public_id, Participant.preferred_name, Participant.family_name)
        .having(times >= REPEATED)
        .limit(MOST_PEOPLE)
    )  # fmt: skip
