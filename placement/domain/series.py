"""A series of one case in its phases: put in order of time, gaps kept, each phase after the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

#: Sessions left out are gaps where times are whole numbers; a longer silence is only that.
LONGEST_GAP = 1000


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """``time``: a session's number or a day; ``value`` None: a gap. ``line``: where it stands in its file."""

    line: int
    phase: str
    time: float | date
    value: float | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """One phase. ``values``: None for gaps; ``empty`` of them stood there empty, ``skipped`` were not there at all."""

    phase: str
    values: tuple[float | None, ...]
    empty: int
    skipped: int

    @property
    def known(self) -> int:
        return len(self.values) - self.empty - self.skipped


@dataclass(frozen=True, slots=True)
class Twice:
    """Two rows of one case at the same time."""

    line: int
    before: int
    time: float | date


def twice(points: Sequence[SeriesPoint]) -> list[Twice]:
    """Rows at a time that an earlier row has."""
    seen: dict[float | date, int] = {}
    found = []
    for point in points:
        if point.time in seen:
            found.append(Twice(point.line, seen[point.time], point.time))
        else:
            seen[point.time] = point.line
    return found


def stretches(points: Sequence[SeriesPoint]) -> tuple[Stretch, ...]:
    """The phases in order of time; a phase that returns later is a stretch of its own.

    Where all times are whole numbers (sessions), those left out are gaps, at the end of the phase before them. Days
    left out are none: nobody is rated every day. Times of one series are all numbers or all days.
    """
    ordered = sorted(points, key=lambda point: _number(point.time))
    whole = all(isinstance(point.time, float) and point.time.is_integer() for point in ordered)
    found: list[Stretch] = []
    for place, point in enumerate(ordered):
        gap = int(_number(point.time) - _number(ordered[place - 1].time)) - 1 if whole and place else 0
        gap = gap if gap <= LONGEST_GAP else 0
        if found:
            last = found[-1]
            found[-1] = Stretch(last.phase, last.values + (None,) * gap, last.empty, last.skipped + gap)
        if not found or found[-1].phase != point.phase:
            found.append(Stretch(point.phase, (), 0, 0))
        last = found[-1]
        found[-1] = Stretch(
            last.phase, (*last.values, point.value), last.empty + (point.value is None), last.skipped
        )  # fmt: skip
    return tuple(found)


def _number(time: float | date) -> float:
    return float(time.toordinal()) if isinstance(time, date) else time
