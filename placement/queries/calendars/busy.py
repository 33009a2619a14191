"""Times at which somebody can't, as their calendars said; never why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.domain.absences import BusySource
from placement.domain.clashes import Stretch
from placement.models.shifts.absence import Busy
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.queries import scope


@dataclass(frozen=True, slots=True)
class TakenOver:
    """A calendar that was taken over. ``public_id``: of one of its times."""

    public_id: str
    taken_at: datetime
    times: int
    first: datetime
    last: datetime


def taken_over(db: Session, actor: Actor, participant_id: int) -> list[TakenOver]:
    """Of a visible person, the latest first. One statement. All times of one calendar came at one instant."""
    rows = db.execute(
        select(
            func.min(Busy.public_id), Busy.created_at, func.count(), func.min(Busy.starts_at), func.max(Busy.ends_at)
        )
        .where(scope.absences(actor), Busy.participant_id == participant_id, Busy.source == BusySource.CALENDAR)
        .group_by(Busy.created_at)
        .order_by(Busy.created_at.desc())
    ).all()  # fmt: skip
    return [TakenOver(*row) for row in rows]


def shifts_meeting(
    db: Session, actor: Actor, participant_id: int, now: datetime, times: Sequence[Stretch]
) -> list[Stretch]:
    """Planned shifts to come of a visible person that meet one of the times. One statement."""
    rows = db.execute(
        select(Occasion.starts_at, Occasion.ends_at)
        .join(Shift, Shift.id == Occasion.id)
        .where(
            scope.shifts(actor, now),
            Occasion.participant_id == participant_id,
            Occasion.starts_at > now,
            Shift.cancelled_at.is_(None),
        )
        .order_by(Occasion.starts_at)
    ).all()
    return [(start, end) for start, end in rows if any(a < end and start < b for a, b in times)]
