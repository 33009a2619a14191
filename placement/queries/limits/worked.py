"""What a person worked in a week, as far as it is known."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.limit_checks import Piece, is_night
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift


def worked_in_week(db: Session, participant_id: int, placement_id: int, day: date) -> list[Piece]:
    """Real hours of the week (Monday to Sunday) of ``day``, with real times where somebody entered them."""
    monday = day - timedelta(days=day.weekday())
    rows = db.execute(
        select(
            Shift.placement_id, Shift.day, Shift.start, Shift.end, Shift.minutes, Shift.actual_start, Shift.actual_end,
            Occasion.zone,
        )
        .join(Occasion, Occasion.id == Shift.id)
        .where(
            Occasion.participant_id == participant_id,
            Shift.day.between(monday, monday + timedelta(days=6)),
            Shift.minutes > 0,
        )
    )  # fmt: skip
    found = []
    for row in rows:
        start, end = row.start, row.end
        if row.actual_start is not None and row.actual_end is not None:
            start, end = (at.astimezone(ZoneInfo(row.zone)).time() for at in (row.actual_start, row.actual_end))
        found.append(Piece(row.day, row.minutes / 60, row.placement_id == placement_id, is_night(start, end)))
    return found
