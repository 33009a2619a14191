"""Sessions an activity can be part of: those of the person that its writer may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.occasions import OccasionKind
from placement.models.groups.group import Group, GroupSeat, GroupSession
from placement.models.sessions.one_to_one import OneToOne
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.queries import scope

#: Around today.
BEFORE, AFTER = timedelta(days=60), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class SessionChoice:
    """``group``: its name; empty for a one-to-one session. ``public_id``: of the occasion."""

    id: int
    public_id: str
    kind: OccasionKind
    day: date
    group: str


def sessions_around(db: Session, actor: Actor, now: datetime, participant_id: int) -> tuple[SessionChoice, ...]:
    """Group and one-to-one sessions around today, the latest first. Two statements."""
    today = actor.today(now)
    around = (
        Occasion.participant_id == participant_id,
        scope.in_program(actor, Occasion.program_id),
        Occasion.local_day.between(today - BEFORE, today + AFTER),
    )
    columns = (Occasion.id, Occasion.public_id, Occasion.kind, Occasion.local_day)
    groups = db.execute(
        select(*columns, Group.name)
        .join(GroupSeat, GroupSeat.id == Occasion.id)
        .join(GroupSession, GroupSession.id == GroupSeat.session_id)
        .join(Group, Group.id == GroupSession.group_id)
        .where(*around, scope.group_sessions(actor), GroupSession.cancelled_at.is_(None))
    )
    talks = db.execute(
        select(*columns)
        .join(OneToOne, OneToOne.id == Occasion.id)
        .where(*around, scope.one_to_ones(actor, today), OneToOne.cancelled_at.is_(None))
    )
    found = [SessionChoice(*row) for row in groups] + [SessionChoice(*row, "") for row in talks]
    return tuple(sorted(found, key=lambda one: (one.day, one.id), reverse=True))
