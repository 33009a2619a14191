"""What is planned already, for the planner and its preview."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift


def taken_days(db: Session, placement_id: int, first: date, last: date) -> set[date]:
    """Days with a shift of this placement, as agreed and as moved; a cancelled one stays cancelled."""
    rows = db.execute(
        select(Shift.day, Shift.agreed_day).where(
            Shift.placement_id == placement_id,
            or_(Shift.day.between(first, last), Shift.agreed_day.between(first, last)),
        )
    )
    return {day for row in rows for day in row}


def busy_times(db: Session, participant_id: int, first: date, last: date) -> list[tuple[datetime, datetime]]:
    """Instants of the participant's standing shifts from the day before ``first`` to the day after ``last``."""
    begin = datetime.combine(first, time(), UTC) - timedelta(days=2)
    rows = db.execute(
        select(Occasion.starts_at, Occasion.ends_at)
        .join(Shift, Shift.id == Occasion.id)
        .where(
            Occasion.participant_id == participant_id,
            Occasion.starts_at >= begin,
            Occasion.starts_at < begin + timedelta(days=(last - first).days + 5),
            Shift.cancelled_at.is_(None),
        )
    )
    return [(start, end) for start, end in rows]
