"""Hours a week that work limits leave, for those who are matched: one statement."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from placement.models.limits.limits import WorkLimit

#: Days a week on which shops have people: a limit of hours a day leaves at most so many times of it.
_DAYS = 6


def week_limits(db: Session, participants: Iterable[int], today: date) -> dict[int, float]:
    """Person → at most so many hours a week, by what holds today; 0 without clearance. Others are missing."""
    found: dict[int, float] = {}
    rows = db.execute(
        select(WorkLimit.participant_id, WorkLimit.cleared, WorkLimit.hours_day, WorkLimit.hours_week).where(
            WorkLimit.participant_id.in_(sorted(participants)),
            WorkLimit.archived_at.is_(None),
            WorkLimit.valid_from <= today,
            or_(WorkLimit.valid_until.is_(None), WorkLimit.valid_until >= today),
        )
    )
    for person, cleared, day, week in rows:
        hours = (
            [0.0] if not cleared else [one for one in (week, None if day is None else day * _DAYS) if one is not None]
        )
        if hours:
            found[person] = min([*hours, *([found[person]] if person in found else [])])
    return found
