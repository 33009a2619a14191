"""One session: who came and what was seen, for staff; what was done and one's own part, for a member."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.profiles import full_name
from placement.domain.shifts import Attendance
from placement.domain.support import NotTodayReason, RaterKind
from placement.models.feedback.observation import Observation
from placement.models.feedback.rater import Rater
from placement.models.groups.group import Group, GroupMember, GroupSeat, GroupSession
from placement.models.participants.participant import Participant
from placement.models.programs.catalog import Task
from placement.models.programs.scale import SupportLevel
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.policy.check import allowed
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.groups.head import GroupHead, PhotoLine, head_of, heads, latest_photos

#: Photos shown with a session.
MOST_PHOTOS = 24


@dataclass(frozen=True, slots=True)
class Seen:
    """A task at this session: the level in words, or that it was not tried."""

    task: Mapping[str, str]
    level: Mapping[str, str] | None
    not_today: NotTodayReason | None
    rater: str


@dataclass(frozen=True, slots=True)
class SessionCard:
    """Local day and times of the program. ``topics`` and ``shared_note``: of the talk, read by every member."""

    id: int
    public_id: str
    version: int
    day: date
    start: time
    end: time
    start_fold: int
    end_fold: int
    zone: str
    place: str
    agenda: str
    done: str
    topics: tuple[str, ...]
    shared_note: str
    cancelled: bool
    begun: bool


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A member on that day. ``participant_id`` for the log; ``participant``: public id where the record may be opened.
    ``may_observe``: whether the reader rates this member."""

    member: str
    participant_id: int
    participant: str | None
    name: str
    attendance: Attendance
    may_observe: bool
    seen: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class OwnSession:
    """What a member reads; ``attendance`` and ``seen`` are their own."""

    head: GroupHead
    card: SessionCard
    photos: tuple[PhotoLine, ...]
    attendance: Attendance
    seen: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class StaffSession:
    head: GroupHead
    card: SessionCard
    photos: tuple[PhotoLine, ...]
    seats: tuple[SeatLine, ...]


def session_head(db: Session, actor: Actor, now: datetime, public_id: str) -> tuple[GroupHead, SessionCard]:
    """The session with its group. Raises NotFound out of sight. One statement."""
    row = db.execute(
        heads()
        .add_columns(
            GroupSession.id, GroupSession.public_id, GroupSession.version, GroupSession.day, GroupSession.start,
            GroupSession.end, GroupSession.start_fold, GroupSession.end_fold, GroupSession.zone, GroupSession.place,
            GroupSession.agenda, GroupSession.done, GroupSession.topics, GroupSession.shared_note,
            GroupSession.cancelled_at, GroupSession.starts_at,
        )
        .join(GroupSession, GroupSession.group_id == Group.id)
        .where(GroupSession.public_id == public_id, scope.group_sessions(actor))
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    card = SessionCard(
        row.id, row.public_id, row.version, row.day, row.start, row.end, row.start_fold, row.end_fold, row.zone,
        row.place, row.agenda, row.done, tuple(row.topics), row.shared_note, row.cancelled_at is not None,
        row.starts_at <= now,
    )  # fmt: skip
    return head_of(actor, row), card


def staff_session(db: Session, actor: Actor, now: datetime, public_id: str) -> StaffSession:
    """Raises NotFound out of sight. Four statements, however many members."""
    head, card = session_head(db, actor, now, public_id)
    rows = _seats(db, actor, head, card)
    seen = _seen(db, [row.seat for row in rows if row.seat is not None])
    seats = tuple(_seat(actor, head, row, seen.get(row.seat, ())) for row in rows)
    return StaffSession(head, card, latest_photos(db, actor, actor.today(now), head.id, session_id=card.id), seats)


def own_session(db: Session, actor: Actor, now: datetime, public_id: str) -> OwnSession:
    """The member's who asks. Raises NotFound out of sight. Four statements."""
    head, card = session_head(db, actor, now, public_id)
    seat = db.execute(
        select(Occasion.id, Occasion.attendance)
        .join(GroupSeat, GroupSeat.id == Occasion.id)
        .where(GroupSeat.session_id == card.id, Occasion.participant_id == (actor.participant_id or 0))
    ).one_or_none()
    return OwnSession(
        head,
        card,
        latest_photos(db, actor, actor.today(now), head.id, session_id=card.id, most=MOST_PHOTOS),
        Attendance.UNKNOWN if seat is None else seat.attendance,
        _seen(db, [] if seat is None else [seat.id]).get(0 if seat is None else seat.id, ()),
    )


def seat_of(db: Session, actor: Actor, head: GroupHead, card: SessionCard, member: str) -> SeatLine:
    """One member's place. Raises NotFound out of sight. One statement."""
    rows = _seats(db, actor, head, card, member)
    if not rows:
        raise NotFound
    return _seat(actor, head, rows[0], ())


def _seats(db: Session, actor: Actor, head: GroupHead, card: SessionCard, member: str | None = None) -> list[Any]:
    """Those in sight who belong to the group on the session's day, by name."""
    taken = (
        select(Occasion.id, Occasion.participant_id, Occasion.attendance)
        .join(GroupSeat, GroupSeat.id == Occasion.id)
        .where(GroupSeat.session_id == card.id)
    ).subquery()
    statement = (
        select(
            GroupMember.public_id, GroupMember.participant_id, Participant.public_id.label("participant"),
            Participant.preferred_name, Participant.family_name, taken.c.id.label("seat"), taken.c.attendance,
            GroupMember.program_id, Group.leader_account_id, scope.participants(actor).label("in_sight"),
        )
        .join(Group, Group.id == GroupMember.group_id)
        .join(Participant, Participant.id == GroupMember.participant_id)
        .outerjoin(taken, taken.c.participant_id == GroupMember.participant_id)
        .where(
            GroupMember.group_id == head.id,
            scope.group_people(actor),
            and_(
                GroupMember.first_day <= card.day,
                or_(GroupMember.last_day.is_(None), GroupMember.last_day >= card.day),
            ),
        )
        .order_by(Participant.sort_key, GroupMember.id)
    )  # fmt: skip
    if member is not None:
        statement = statement.where(GroupMember.public_id == member)
    return list(db.execute(statement))


def _seat(actor: Actor, head: GroupHead, row: Any, seen: tuple[Seen, ...]) -> SeatLine:
    facts = Facts(row.program_id, participant_id=row.participant_id, leader_id=row.leader_account_id)
    return SeatLine(
        row.public_id,
        row.participant_id,
        row.participant if row.in_sight else None,
        full_name(row.preferred_name, row.family_name),
        row.attendance or Attendance.UNKNOWN,
        allowed(actor, Permission.GROUP_OBSERVE, facts),
        seen,
    )


def _seen(db: Session, occasions: list[int]) -> dict[int, tuple[Seen, ...]]:
    """Occasion → what others saw there, in one statement."""
    rows = db.execute(
        select(
            Observation.occasion_id, Task.name.label("task"), SupportLevel.name.label("level"),
            Observation.not_today, Rater.name.label("rater"),
        )
        .join(Task, Task.id == Observation.task_id)
        .join(Rater, Rater.id == Observation.rater_id)
        .outerjoin(SupportLevel, SupportLevel.id == Observation.level_id)
        .where(
            Observation.occasion_id.in_(occasions),
            Observation.replaced_at.is_(None),
            Rater.kind != RaterKind.SELF,
        )
        .order_by(Observation.id)
    )  # fmt: skip
    found: dict[int, list[Seen]] = defaultdict(list)
    for row in rows:
        found[row.occasion_id].append(Seen(row.task, row.level, row.not_today, row.rater))
    return {occasion: tuple(seen) for occasion, seen in found.items()}
