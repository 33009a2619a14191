"""Sessions of a group in a list: the next ones and the latest, with one's own attendance for a member."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, func, select, union_all
from sqlalchemy.orm import Session

from placement.domain.shifts import Attendance
from placement.models.groups.group import Group, GroupSeat, GroupSession
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.pages import Page, fetch_page

#: Shown with a group: sessions to come, and those behind.
NEXT, LATEST = 6, 8
_CAME = (Attendance.HERE, Attendance.LATE)


@dataclass(frozen=True, slots=True)
class SessionLine:
    """``came``: how many were there. ``attendance``: the reader's own as a member; None while nothing was said."""

    public_id: str
    day: date
    start: time
    end: time
    place: str
    agenda: str
    done: str
    cancelled: bool
    over: bool
    came: int
    attendance: Attendance | None


@dataclass(frozen=True, slots=True)
class Around:
    """``next``: what is to come or going on, the first one first. ``latest``: what is over, the last one first."""

    next: tuple[SessionLine, ...]
    latest: tuple[SessionLine, ...]


def around(db: Session, actor: Actor, now: datetime, group_id: int) -> Around:
    """The sessions around now, in one statement."""
    of_group = _lines(actor).where(GroupSession.group_id == group_id)
    ahead = of_group.where(GroupSession.ends_at > now).order_by(GroupSession.starts_at).limit(NEXT)
    behind = of_group.where(GroupSession.ends_at <= now).order_by(GroupSession.starts_at.desc()).limit(LATEST)
    both = union_all(*(select(part.subquery()) for part in (ahead, behind)))
    lines = [(row.starts_at, _line(row, now)) for row in db.execute(both)]
    lines.sort(key=lambda pair: pair[0])
    return Around(
        tuple(line for _, line in lines if not line.over), tuple(line for _, line in reversed(lines) if line.over)
    )


def sessions_page(db: Session, actor: Actor, now: datetime, group_id: int, cursor: str | None) -> Page[SessionLine]:
    """All of them, the latest first; one statement."""
    statement = _lines(actor).where(GroupSession.group_id == group_id)
    keys: list[Any] = [GroupSession.day, GroupSession.id]
    page = fetch_page(db, statement, keys, cursor, descending=True)
    return Page([_line(row, now) for row in page.rows], page.next, page.previous)


def _lines(actor: Actor) -> Any:
    came = select(func.count()).where(*_at(GroupSession.id), Occasion.attendance.in_(_CAME))
    own = select(Occasion.attendance).where(
        *_at(GroupSession.id), Occasion.participant_id == (actor.participant_id or 0)
    )
    return (
        select(
            GroupSession.public_id, GroupSession.day, GroupSession.start, GroupSession.end, GroupSession.place,
            GroupSession.agenda, GroupSession.done, GroupSession.cancelled_at, GroupSession.starts_at,
            GroupSession.ends_at, came.correlate(GroupSession).scalar_subquery().label("came"),
            own.correlate(GroupSession).limit(1).scalar_subquery().label("attendance"),
        )
        .join(Group, Group.id == GroupSession.group_id)
        .where(scope.group_sessions(actor))
    )  # fmt: skip


def _at(session_id: Any) -> tuple[ColumnElement[bool], ...]:
    return GroupSeat.id == Occasion.id, GroupSeat.session_id == session_id


def _line(row: Any, now: datetime) -> SessionLine:
    return SessionLine(
        row.public_id, row.day, row.start, row.end, row.place, row.agenda, row.done, row.cancelled_at is not None,
        row.ends_at <= now, row.came, row.attendance,
    )  # fmt: skip
