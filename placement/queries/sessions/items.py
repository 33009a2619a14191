"""What belongs to a session of two: its agenda, and agreed tasks that come back at it."""

from __future__ import annotations

from typing import Any, Protocol

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from placement.domain.shifts import Attendance
from placement.models.sessions.one_to_one import AgendaItem, AgreedTask, OneToOne


class Pair(Protocol):
    """A session as these conditions need it: a row of the table, or columns of one."""

    @property
    def id(self) -> Any: ...
    @property
    def participant_id(self) -> Any: ...
    @property
    def account_id(self) -> Any: ...
    @property
    def day(self) -> Any: ...
    @property
    def start(self) -> Any: ...


def agenda_of(row: Pair) -> ColumnElement[bool]:
    """Items that wait for a session of these two, and those this one took up."""
    return and_(
        AgendaItem.participant_id == row.participant_id,
        AgendaItem.account_id == row.account_id,
        or_(AgendaItem.session_id.is_(None), AgendaItem.session_id == row.id),
    )


def coming_back(row: Pair) -> ColumnElement[bool]:
    """Tasks agreed at earlier sessions of these two that were looked at here, or nowhere yet."""
    earlier = aliased(OneToOne)
    before = select(earlier.id).where(
        earlier.participant_id == row.participant_id,
        earlier.account_id == row.account_id,
        or_(earlier.day < row.day, and_(earlier.day == row.day, earlier.start < row.start)),
    )
    return and_(
        AgreedTask.participant_id == row.participant_id,
        AgreedTask.session_id.in_(before),
        or_(AgreedTask.reviewed_session_id.is_(None), AgreedTask.reviewed_session_id == row.id),
    )


#: Whoever was not there has no session to say something about.
AWAY = (Attendance.ABSENT, Attendance.EXCUSED)
