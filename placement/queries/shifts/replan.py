"""The outlook of a pattern on what is stored: the same for the preview and for writing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from placement.domain.errors import Refused
from placement.domain.patterns import Pattern
from placement.domain.plans import Outlook, horizon, outlook
from placement.queries.shifts.planned import ground
from placement.queries.shifts.preview import ToPlan

#: Region, first and last day → the holidays' names.
Names = Callable[[str, date, date], Mapping[date, str]]


def replan(
    db: Session, plan: ToPlan, pattern: Pattern, now: datetime, names: Names, until: date | None = None
) -> Outlook:
    """What setting ``pattern`` will do; ``until``: make shifts up to here, not some weeks ahead.

    Raises Refused where limits or the plan leave not one of its shifts.
    """
    first = max(pattern.first_day, plan.first_day)
    found = ground(db, plan, now, first)
    here = now.astimezone(ZoneInfo(plan.zone)).date()
    last = horizon(here, pattern, plan.last_day, found.stored, until)
    holidays = names(plan.region, first, last)
    shown = outlook(pattern, plan.zone, first, last, now, found.stored, found.around, holidays)
    if shown.impossible is not None:
        raise Refused(shown.impossible, "week")
    return shown
