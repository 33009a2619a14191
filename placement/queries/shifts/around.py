"""What to know about one planned shift, beside everything else that is planned."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.clashes import Standing, warnings
from placement.domain.errors import NotFound
from placement.domain.shifts import PlannedTime
from placement.domain.words import Say
from placement.models.placements.placement import Placement
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.shifts.planned import ground
from placement.queries.shifts.preview import to_plan


def shift_warnings(db: Session, actor: Actor, now: datetime, public_id: str) -> tuple[Say, ...]:
    """For the planner of a shift (public id). Raises NotFound out of sight, Forbidden for others."""
    row = db.execute(
        select(Shift, Occasion.zone, Placement.public_id.label("placement"))
        .join(Occasion, Occasion.id == Shift.id)
        .join(Placement, Placement.id == Shift.placement_id)
        .where(Occasion.public_id == public_id, scope.shifts(actor, now))
    ).one_or_none()
    if row is None:
        raise NotFound
    shift: Shift = row.Shift
    plan = to_plan(db, actor, row.placement)
    found = ground(db, plan, now, shift.day)
    planned = PlannedTime(shift.day, shift.start, shift.end, row.zone, shift.start_fold, shift.end_fold)
    beside = [
        Standing(other.day, other.starts_at, other.ends_at)
        for other in found.stored
        if other.id != shift.id and not other.cancelled
    ]
    return warnings([planned], found.around, beside)
