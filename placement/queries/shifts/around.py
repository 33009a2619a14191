"""What to know about one shift before it is planned or moved, beside everything else that is planned."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.clashes import Look, Standing, look_at
from placement.domain.shifts import PlannedTime
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.queries.shifts.planned import ground
from placement.queries.shifts.preview import ToPlan


def look_ahead(db: Session, plan: ToPlan, now: datetime, planned: PlannedTime, moved: str | None = None) -> Look:
    """What speaks against a time for a placement that its reader plans; five statements.

    ``moved``: the shift (public id) that would leave its place for it. Raises Refused where the person has another
    shift at that time, and for what is past their limits or plan.
    """
    left = db.execute(
        select(Shift.id, Shift.day)
        .join(Occasion, Occasion.id == Shift.id)
        .where(Occasion.public_id == (moved or ""), Shift.placement_id == plan.id)
    ).one_or_none()
    # From the day it leaves on, so that its own hours are not counted beside the new ones.
    found = ground(db, plan, now, planned.day if left is None else min(planned.day, left.day))
    beside = [
        Standing(row.day, row.starts_at, row.ends_at)
        for row in found.stored
        if not row.cancelled and (left is None or row.id != left.id)
    ]
    return look_at(planned, found.around, beside)
