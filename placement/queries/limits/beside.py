"""A person's other standing shifts of one week: what hours are counted with."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.clashes import Standing
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift


def standing_beside(
    db: Session, participant_id: int, placement_id: int, day: date, but: int | None = None
) -> list[Standing]:
    """Of the week (Monday to Sunday) of ``day``, without the shift ``but``."""
    monday = day - timedelta(days=day.weekday())
    rows = db.execute(
        select(Shift.day, Occasion.starts_at, Occasion.ends_at, Shift.placement_id)
        .join(Occasion, Occasion.id == Shift.id)
        .where(
            Occasion.participant_id == participant_id,
            Shift.day.between(monday, monday + timedelta(days=6)),
            Shift.cancelled_at.is_(None),
            Shift.id != (but or 0),
        )
    )
    return [
        Standing(row.day, row.starts_at, row.ends_at, own=row.placement_id == placement_id)  # one a shift
        for row in rows
    ]
