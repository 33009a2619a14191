"""A participant's next group session: a part of their day's one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import Date, Time, bindparam, cast, exists, literal, null, select

from placement.domain.shifts import Attendance
from placement.models.groups.group import Group, GroupSeat, GroupSession
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.day.own_talks import no_seal

_AWAY = (Attendance.ABSENT, Attendance.EXCUSED)


@dataclass(frozen=True, slots=True)
class OwnMeeting:
    """Which group meets, and when by local time."""

    public_id: str
    name: str
    day: date
    start: time
    end: time


def next_meeting(actor: Actor) -> Any:
    """The session that is going on, or comes next; one they are excused from is passed over."""
    away = exists().where(
        GroupSeat.session_id == GroupSession.id,
        Occasion.id == GroupSeat.id,
        Occasion.participant_id == (actor.participant_id or 0),
        Occasion.attendance.in_(_AWAY),
    )
    return (
        select(
            literal("meeting").label("what"), GroupSession.public_id, Group.name, GroupSession.day,
            cast(null(), Date).label("rated_on"), GroupSession.start, GroupSession.end,
            cast(null(), Date).label("was_day"), cast(null(), Time).label("was_start"), no_seal(),
        )
        .join(Group, Group.id == GroupSession.group_id)
        .where(
            scope.group_sessions(actor, as_member=True),
            Group.archived_at.is_(None),
            GroupSession.ends_at > bindparam("now"),
            GroupSession.cancelled_at.is_(None),
            ~away,
        )
        .order_by(GroupSession.starts_at)
        .limit(1)
        .subquery()
    )  # fmt: skip
