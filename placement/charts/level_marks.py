"""Milestones and their later checks on a level chart. ``heights``: day → height of its dot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from placement.charts.axis import TimeAxis
from placement.charts.scale import Words, path
from placement.domain.summaries import monday_of

#: Half the height of a check's diamond, and how far its middle lies above the dot.
_SIZE, _ABOVE = 4.5, 11.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A milestone on its day, or a later check of it: ``kept`` says whether it still held."""

    day: date
    words: Words
    kept: bool | None = None


@dataclass(frozen=True, slots=True)
class Star:
    """Milestones at one place of the drawing."""

    x: float
    y: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A check of what was mastered: a diamond above its day's dot."""

    d: str
    kept: bool


def stars(
    marks: Sequence[Mark], axis: TimeAxis, heights: Mapping[date, float], top: float, weekly: bool
) -> tuple[Star, ...]:
    """A star sits on its day's dot, else on the top line; stars that would overlap become one."""
    found: list[Star] = []
    for mark in marks:
        if mark.kept is not None or mark.day < axis.first:
            continue
        day = monday_of(mark.day) if weekly else mark.day
        x, y = axis.x(day if day in heights else mark.day), heights.get(day, top)
        if found and x - found[-1].x < 14 and y == found[-1].y:
            found[-1] = Star(found[-1].x, y, (*found[-1].marks, mark))
        else:
            found.append(Star(x, y, (mark,)))
    return tuple(found)


def checks(
    marks: Sequence[Mark], axis: TimeAxis, heights: Mapping[date, float], top: float, weekly: bool
) -> tuple[Check, ...]:  # fmt: skip
    """Above the day's dot, so that neither hides the other."""
    found = []
    for mark in marks:
        if mark.kept is None or mark.day < axis.first:
            continue
        day = monday_of(mark.day) if weekly else mark.day
        x, y = axis.x(day if day in heights else mark.day), heights.get(day, top) - _ABOVE
        corners = ((x, y - _SIZE), (x + _SIZE, y), (x, y + _SIZE), (x - _SIZE, y))
        found.append(Check(path([(round(a, 1), round(b, 1)) for a, b in corners]) + "Z", mark.kept))
    return tuple(found)
