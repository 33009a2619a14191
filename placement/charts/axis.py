"""Calendar ticks for a time axis, few enough to read, and days turned into pixels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

#: Months between ticks, up to ten years.
_STEPS = (1, 2, 3, 6, 12, 24, 36, 60, 120)


class TickKind(StrEnum):
    """How a tick's day is written: a day ("8 Sep"), a month ("Sep"), a month with its year ("Jan 2026")."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Tick:
    """One label on the time axis, centered at ``x`` pixels."""

    x: float
    day: date
    kind: TickKind


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Days between ``first`` and ``last`` spread evenly over ``left``…``right`` pixels."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        """Pixels of a day. A single day stands in the middle."""
        days = (self.last - self.first).days
        if days == 0:
            return round((self.left + self.right) / 2, 1)
        return round(self.left + (self.right - self.left) * (day - self.first).days / days, 1)

    def ticks(self, most: int) -> tuple[Tick, ...]:
        """At most ``most`` ticks: Mondays while they fit, then months. A short span gets its first and last day."""
        monday = self.first + timedelta(days=-self.first.weekday() % 7)
        for step in (7, 14, 28):
            count = (self.last - monday).days // step + 1
            if 2 <= count <= most:
                days = [monday + timedelta(days=step * nth) for nth in range(count)]
            elif count < 2:
                days = list(dict.fromkeys((self.first, self.last)))
            else:
                continue
            return tuple(Tick(self.x(day), day, TickKind.DAY) for day in days)
        return self._month_ticks(most)

    def _month_ticks(self, most: int) -> tuple[Tick, ...]:
        months = tuple(self._months())
        step = next((s for s in _STEPS if sum(_on(day, s) for day in months) <= most), _STEPS[-1])
        shown = [day for day in months if _on(day, step)]
        return tuple(
            Tick(self.x(day), day, TickKind.YEAR if index == 0 or day.month == 1 else TickKind.MONTH)
            for index, day in enumerate(shown)
        )

    def _months(self) -> Iterator[date]:
        day = self.first.replace(day=1)
        while day <= self.last:
            if day >= self.first:
                yield day
            day = (day + timedelta(days=32)).replace(day=1)


def _on(day: date, step: int) -> bool:
    return (12 * day.year + day.month - 1) % step == 0
