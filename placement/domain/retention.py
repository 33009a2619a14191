"""What an erasure leaves, and for how long (docs/retention.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

#: § 630f (3) BGB: treatment records, after the treatment has ended.
TREATMENT_YEARS = 10
#: Records of accidents at work and first aid.
ACCIDENT_YEARS = 5


@dataclass(frozen=True, slots=True)
class Kept:
    """``sessions``: with a summary or a note, of a treatment the law makes us keep; ``until``: its last day."""

    sessions: int = 0
    notes: int = 0
    accidents: int = 0
    until: date | None = None

    @property
    def anything(self) -> bool:
        return bool(self.sessions or self.notes or self.accidents)


def years_after(day: date, years: int) -> date:
    """The same day so many years later; the last of February in leap years becomes the first of March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def still_kept(last: date | None, years: int, today: date) -> bool:
    """Whether something that ended on ``last`` must still be kept."""
    return last is not None and years_after(last, years) >= today
