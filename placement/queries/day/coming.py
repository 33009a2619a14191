"""What comes next for the people a therapist or coach looks after, and what waits for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Date, Time, and_, cast, exists, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from placement.domain.notices import NoticeKind
from placement.domain.profiles import full_name
from placement.domain.shares import OF_THE_LOG, ShareKind
from placement.domain.shifts import Attendance
from placement.models.employers.employer import Employer, Site
from placement.models.feedback.observation import Feedback
from placement.models.participants.participant import Participant
from placement.models.rights.share import Share
from placement.models.sessions.one_to_one import OneToOne
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.models.system.log import AccessLog
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.day.own_papers import papers_to_read
from placement.queries.day.waiting import OpenNotice, open_notices, urgency
from placement.queries.diary.shares import SHARED_PAGE
from placement.queries.feedback.waiting_words import are_waiting

#: Sessions looked through for each person's next one.
MOST_TALKS = 200


@dataclass(frozen=True, slots=True)
class NextOne:
    """When and where somebody works next; local day and time."""

    day: date
    start: time
    employer: str
    site: str


@dataclass(frozen=True, slots=True)
class NextTalk:
    """When the actor has their next session with somebody; local day and time."""

    day: date
    start: time
    public_id: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A questionnaire somebody handed in for the actor to read by a day."""

    handout: str
    name: str
    read_by: date


@dataclass(frozen=True, slots=True)
class Coming:
    """By participant: the next shift, the next session, and by when the actor reads what was shared with them and was
    not opened since. ``words``: how many wait to be read together."""

    shifts: Mapping[int, NextOne]
    notices: tuple[OpenNotice, ...]
    words: int
    talks: Mapping[int, NextTalk]
    shared: Mapping[int, date]
    papers: tuple[Paper, ...] = ()


def coming_up(db: Session, actor: Actor, now: datetime) -> Coming:
    """Each person's next shift and session, and what waits for the actor's care; one statement."""
    notice = open_notices(actor, None).subquery()
    told = select(
        literal("notice"), literal(0), cast(null(), Date), cast(null(), Time), notice.c.public_id, notice.c.name,
        notice.c.kind,
    )  # fmt: skip
    parts = (_shifts(actor, now), told, _words(actor), _talks(actor, now), _shared(actor), papers_to_read(actor))
    rows = db.execute(union_all(*parts)).all()
    found = [OpenNotice(row[4], row[5], NoticeKind(row[6])) for row in rows if row[0] == "notice"]
    coming = {row[1]: NextOne(*row[2:6]) for row in rows if row[0] == "shift"}
    mine = sorted((row for row in rows if row[0] == "talk"), key=lambda row: (row[2], row[3]), reverse=True)
    talks = {row[1]: NextTalk(*row[2:5]) for row in mine}
    waiting = next(row[1] for row in rows if row[0] == "words")
    shared = {row[1]: row[2] for row in rows if row[0] == "shared"}
    papers = sorted((row for row in rows if row[0] == "paper"), key=lambda row: (row[2], row[4]))
    to_read = tuple(Paper(row[4], full_name(row[5], row[6]), row[2]) for row in papers)
    return Coming(coming, tuple(sorted(found, key=urgency)), waiting, talks, shared, to_read)


def _shifts(actor: Actor, now: datetime) -> Any:
    """Each person's next shift."""
    first = (
        select(Occasion.participant_id, func.min(Occasion.starts_at).label("starts_at"))
        .join(Shift, Shift.id == Occasion.id)
        .where(
            scope.in_program(actor, Occasion.program_id),
            Occasion.participant_id.in_(sorted(actor.caseload)),
            Occasion.starts_at > now,
            Occasion.attendance.not_in((Attendance.ABSENT, Attendance.EXCUSED)),
            Shift.cancelled_at.is_(None),
        )
        .group_by(Occasion.participant_id)
        .subquery()
    )
    return (
        select(literal("shift"), Occasion.participant_id, Shift.day, Shift.start, Employer.name, Site.name, literal(""))
        .join(
            first,
            and_(first.c.participant_id == Occasion.participant_id, first.c.starts_at == Occasion.starts_at),
        )
        .join(Shift, Shift.id == Occasion.id)
        .join(Site, Site.id == Shift.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(Shift.cancelled_at.is_(None))
    )


def _words(actor: Actor) -> Any:
    """How many words wait to be read together."""
    return (
        select(
            literal("words"), func.count(), cast(null(), Date), cast(null(), Time),
            literal(""), literal(""), literal(""),
        )
        .select_from(Participant)
        .join(Occasion, Occasion.participant_id == Participant.id)
        .join(Feedback, Feedback.occasion_id == Occasion.id)
        .join(Shift, Shift.id == Occasion.id)
        .where(
            scope.in_program(actor, Feedback.program_id), Participant.id.in_(sorted(actor.caseload)), are_waiting()
        )
    )  # fmt: skip


def _talks(actor: Actor, now: datetime) -> Any:
    """The actor's own next sessions, the soonest first."""
    empty = literal("")
    return select(
        select(
            literal("talk").label("what"), OneToOne.participant_id, OneToOne.day, OneToOne.start, OneToOne.public_id,
            empty.label("b"), empty.label("c"),
        )
        .join(Occasion, Occasion.id == OneToOne.id)
        .where(scope.held_sessions(actor), Occasion.ends_at > now, OneToOne.cancelled_at.is_(None))
        .order_by(Occasion.starts_at)
        .limit(MOST_TALKS)
        .subquery()
    )  # fmt: skip


def _shared(actor: Actor) -> Any:
    """The soonest day by which the actor reads something of each person's log that they have not opened yet."""
    opened = exists().where(
        AccessLog.participant_id == Share.participant_id,
        AccessLog.account_id == Share.reader_account_id,
        AccessLog.page == SHARED_PAGE,
        AccessLog.at >= Share.created_at,
    )
    empty = literal("")
    return (
        select(
            literal("shared"), Share.participant_id, func.min(Share.read_by), cast(null(), Time), empty, empty, empty
        )
        .where(
            scope.standing_shares(actor),
            Share.kind.in_((ShareKind.ENTRY, *OF_THE_LOG)),
            Share.read_by.is_not(None),
            ~opened,
        )
        .group_by(Share.participant_id)
    )
