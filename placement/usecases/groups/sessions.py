"""Planning a group's sessions, once or weekly, changing and cancelling them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from placement.domain.attendance import ensure_clear
from placement.domain.errors import Refused
from placement.domain.groups import NAME, NOTE, check_length, check_text, weekly
from placement.domain.shifts import Attendance, PlannedTime, instants
from placement.domain.words import say
from placement.models.groups.group import Group, GroupSeat, GroupSession
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.permissions import Permission
from placement.usecases.effects.groups import facts_of, locked_group, locked_session
from placement.usecases.effects.idempotency import again_if_taken, first_answer, keep_answer
from placement.usecases.effects.log import audit
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work

CAME = (Attendance.HERE, Attendance.LATE)


@dataclass(frozen=True, slots=True)
class SessionValues:
    """Local times of the program. A fold says which of a time that comes twice; None where it doesn't."""

    day: date
    start: time
    end: time
    start_fold: int | None = None
    end_fold: int | None = None
    place: str = ""
    agenda: str = ""


@dataclass(frozen=True, slots=True)
class PlanSessions:
    """``weeks``: how many times, every seven days; 1 is this day alone. ``key``: made for every new form."""

    group: str
    values: SessionValues
    weeks: int
    key: str


@dataclass(frozen=True, slots=True)
class Planned:
    """Public ids of the sessions, the first one first, and the days left out because the clocks skip their times."""

    sessions: tuple[str, ...]
    left_out: tuple[date, ...]


def plan_sessions(work: Work, actor: Actor, command: PlanSessions) -> Planned:
    """Raises NotFound, Forbidden, KeyReused, and Refused with the field's name."""
    return again_if_taken(_plan, work, actor, command)


def _plan(work: Work, actor: Actor, command: PlanSessions) -> Planned:
    body = asdict(command)
    with work.transaction() as session:
        known = first_answer(session, actor, command.key, body)
        if known is not None:
            return Planned(tuple(known["sessions"]), tuple(date.fromisoformat(day) for day in known["left_out"]))
        group = locked_group(session, actor, command.group)
        planned = _planned(actor, group, command.values)
        found = weekly(planned, command.weeks, group.last_day)
        rows = [_row(session, work, group, one, command.values) for one in found.sessions]
        session.add_all(rows)
        session.flush()
        audit(session, work, actor, "group.session_plan", "work_group", group.id, sessions=[row.id for row in rows])
        made = Planned(tuple(row.public_id for row in rows), found.left_out)
        days = [day.isoformat() for day in made.left_out]
        keep_answer(session, work, actor, command.key, body, {"sessions": list(made.sessions), "left_out": days})
        return made


def change_session(work: Work, actor: Actor, session_id: str, version: int, values: SessionValues) -> None:
    """Another time, place or agenda; what members have said about it moves along.

    Raises NotFound, Forbidden, Stale, and Refused with the field's name.
    """
    with work.transaction() as session:
        group, row = locked_session(session, actor, session_id)
        ensure(actor, Permission.GROUP_LEAD, facts_of(group))
        check_version(row, version, current_values(row))
        planned = _planned(actor, group, values)
        starts_at, _ = instants(planned)
        if starts_at > work.clock() and _was_held(session, row):
            raise Refused(say("Somebody was here already. It can't be moved into the future."), "day")
        _write(row, planned, values)
        _ensure_free(session, group, row.starts_at, row.ends_at, row.id)
        moved = {
            "starts_at": row.starts_at, "ends_at": row.ends_at, "local_day": row.day, "zone": row.zone
        }  # fmt: skip
        seats = select(GroupSeat.id).where(GroupSeat.session_id == row.id)
        session.execute(update(Occasion).where(Occasion.id.in_(seats)).values(**moved))
        audit(session, work, actor, "group.session_change", "group_session", row.id)


def cancel_session(work: Work, actor: Actor, session_id: str, *, again: bool = False) -> None:
    """It does not take place; ``again``: it does after all. Twice changes nothing.

    Raises NotFound, Forbidden, and Refused once somebody was there.
    """
    with work.transaction() as session:
        group, row = locked_session(session, actor, session_id)
        ensure(actor, Permission.GROUP_LEAD, facts_of(group))
        if (row.cancelled_at is None) == again:
            return
        if not again and _was_held(session, row):
            raise Refused(say("Somebody was here already. Take that back first."))
        if again:
            _ensure_free(session, group, row.starts_at, row.ends_at, row.id)
        row.cancelled_at = None if again else work.clock()
        verb = "group.session_again" if again else "group.session_cancel"
        audit(session, work, actor, verb, "group_session", row.id)


def current_values(row: GroupSession) -> Mapping[str, Any]:
    """The form's fields as they are saved."""
    return {"day": row.day, "start": row.start, "end": row.end, "place": row.place, "agenda": row.agenda}


def _planned(actor: Actor, group: Group, values: SessionValues) -> PlannedTime:
    """In the program's local time, checked. Raises Refused with the field's name."""
    if values.day < group.first_day or (group.last_day is not None and values.day > group.last_day):
        raise Refused(say("This day is outside the group's period."), "day")
    planned = PlannedTime(
        values.day, values.start, values.end, actor.zone, values.start_fold or 0, values.end_fold or 0
    )
    ensure_clear(planned, values.start_fold, values.end_fold)
    check_length(planned)
    return planned


def _row(session: Session, work: Work, group: Group, planned: PlannedTime, values: SessionValues) -> GroupSession:
    row = GroupSession(program_id=group.program_id, group_id=group.id, created_at=work.clock())
    _write(row, planned, values)
    _ensure_free(session, group, row.starts_at, row.ends_at, None)
    return row


def _write(row: GroupSession, planned: PlannedTime, values: SessionValues) -> None:
    row.day, row.start, row.end, row.zone = planned.day, planned.start, planned.end, planned.zone
    row.start_fold, row.end_fold = planned.start_fold, planned.end_fold
    row.starts_at, row.ends_at = instants(planned)
    row.place = check_text(values.place, NAME, "place")
    row.agenda = check_text(values.agenda, NOTE, "agenda")


def _ensure_free(session: Session, group: Group, starts_at: datetime, ends_at: datetime, key: int | None) -> None:
    """Raise Refused if the group meets already at that time."""
    with session.no_autoflush:
        other = session.execute(
            select(GroupSession.day, GroupSession.start)
            .where(
                GroupSession.group_id == group.id,
                GroupSession.id != (key or 0),
                GroupSession.cancelled_at.is_(None),
                GroupSession.starts_at < ends_at,
                GroupSession.ends_at > starts_at,
            )
            .limit(1)
        ).one_or_none()
    if other is not None:
        raise Refused(say("The group meets already on %(day)s at %(time)s.", day=other.day, time=other.start), "day")


def _was_held(session: Session, row: GroupSession) -> bool:
    """Whether something was said about anybody who came."""
    seat = (
        select(Occasion.id)
        .join(GroupSeat, GroupSeat.id == Occasion.id)
        .where(GroupSeat.session_id == row.id, Occasion.attendance.in_(CAME))
        .limit(1)
    )
    return session.scalar(seat) is not None
