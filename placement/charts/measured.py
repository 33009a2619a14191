"""A series of numbers that are not support, with its phases: lines and the middle of each, missing values as gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import ceil, floor, log10
from statistics import median

from placement.charts.axis import TimeAxis
from placement.charts.level_drawing import Shape
from placement.charts.phases import LANE, PhaseLine, phase_flags
from placement.charts.picture import (
    FOOT,
    PANEL_NARROW,
    PANEL_WIDE,
    Chart,
    Circle,
    Curve,
    Ink,
    Line,
    Part,
    Picture,
    Point,
    Row,
    Text,
    phase_parts,
    tick_parts,
)
from placement.charts.scale import Words, path
from placement.domain.measures import Unit
from placement.domain.summaries import monday_of
from placement.domain.words import Say, say, say_n

#: More values than this are drawn by weeks.
MOST_POINTS = 60
_HEIGHT = 150.0
_LINES = 4
#: Labels have two decimals: a span below this would repeat them.
_NARROWEST = 0.1


@dataclass(frozen=True, slots=True)
class Measured:
    """``value`` None: it was to be measured and was not. ``phase`` "" where phases have no names."""

    day: date
    value: float | None
    phase: str = ""


@dataclass(frozen=True, slots=True)
class _Axis:
    """Heights between ``low`` at ``bottom`` and ``high`` at ``top``, with lines at ``at``."""

    low: float
    high: float
    at: tuple[float, ...]
    top: float
    bottom: float

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(self.bottom - (self.bottom - self.top) * share, 1)


def measured_chart(
    title: Say,
    unit: Unit,
    points: Sequence[Measured],
    shapes: Sequence[Shape] = (PANEL_NARROW, PANEL_WIDE),
) -> Chart:
    """Points in any order, one a day. Past :data:`MOST_POINTS` known values each week's middle is drawn."""
    given = sorted(points, key=lambda point: point.day)
    known = [point for point in given if point.value is not None]
    weekly = len(known) > MOST_POINTS
    shown = _weekly(given) if weekly else given
    missing = len(given) - len(known)
    notes = [say("Each point is the middle of one week.")] if weekly else []
    if known:
        notes.append(say("The line across each phase is its middle."))
    if missing:
        notes.append(say_n("%(n)s value is missing: a gap.", "%(n)s values are missing: gaps.", missing))
    return Chart(
        title=title,
        summary=_summary(unit, known),
        notes=tuple(notes),
        pictures=tuple(_draw(shape, unit, shown) for shape in shapes) if known else (),
        columns=(say("Week from") if weekly else say("Day"), say("Value"), say("Phase")),
        rows=tuple(
            Row(point.day, (None if point.value is None else value_words(point.value, unit), point.phase or None))
            for point in reversed(shown)
        ),
    )


def value_words(value: float, unit: Unit) -> Say:
    """A value with its unit."""
    rounded = round(value, 2)
    if unit is Unit.PERCENT:
        return say("%(percent)s %%", percent=rounded)
    return say("%(number)s", number=rounded)


def phases(points: Sequence[Measured]) -> list[list[Measured]]:
    """Neighbors of one phase together, in order of time; a phase that returns is another one."""
    return [list(group) for _, group in groupby(points, key=lambda point: point.phase)]


def _weekly(points: Sequence[Measured]) -> list[Measured]:
    """One point a week and phase: the middle of what is known."""
    found = []
    for (monday, phase), group in groupby(points, key=lambda point: (monday_of(point.day), point.phase)):
        values = [point.value for point in group if point.value is not None]
        found.append(Measured(monday, median(values) if values else None, phase))
    return found


def _summary(unit: Unit, known: Sequence[Measured]) -> Say:
    if not known:
        return say("No values yet.")
    parts = phases(known)
    last = _middle(parts[-1])
    if len(parts) == 1:
        return say("%(value)s in the middle of %(count)s values.", value=value_words(last, unit), count=len(known))
    return say(
        "%(now)s in the middle of the last phase, %(then)s in the phase before.",
        now=value_words(last, unit), then=value_words(_middle(parts[-2]), unit),
    )  # fmt: skip


def _middle(points: Sequence[Measured]) -> float:
    return median(point.value for point in points if point.value is not None)


def _draw(shape: Shape, unit: Unit, points: Sequence[Measured]) -> Picture:
    right = shape.width - 10.0
    axis = TimeAxis(points[0].day, points[-1].day, shape.left + 8.0, right - 8.0)
    parted = phases(points)
    lines = [PhaseLine(part[0].day, _name(part[0].phase)) for part in parted[1:]]
    flags, lanes, numbered = phase_flags(lines, axis, shape.left, shape.width)
    top = 14.0 + LANE * lanes
    heights = _heights(unit, [point.value for point in points if point.value is not None], top)
    parts = _grid(unit, heights, shape.left, right)
    parts += phase_parts(flags, numbered, heights.bottom + 4)
    for part in parted:
        parts += _phase(part, axis, heights)
    parts += tick_parts(axis.ticks(shape.most_ticks), heights.bottom + 24)
    return Picture(
        shape.name, shape.width, heights.bottom + FOOT, tuple(parts), _dots(unit, points, axis, heights),
        flags if numbered else (),
    )  # fmt: skip


def _name(phase: str) -> Words:
    return phase or say("another phase")


def _heights(unit: Unit, values: Sequence[float], top: float) -> _Axis:
    """Percentages from 0 to 100, other numbers from a round number below to one above."""
    low, high = min(values), max(values)
    if unit is Unit.PERCENT and low >= 0 and high <= 100:
        return _Axis(0, 100, (0, 25, 50, 75, 100), top, top + _HEIGHT)
    if low >= 0:
        low = 0.0
    step = _step(max(high - low, _NARROWEST))
    first, last = floor(low / step), max(ceil(high / step), floor(low / step) + 1)
    at = tuple(round(nth * step, 6) for nth in range(first, last + 1))
    return _Axis(at[0], at[-1], at, top, top + _HEIGHT)


def _step(span: float) -> float:
    """1, 2 or 5 times a power of ten, so that about :data:`_LINES` lines fit into ``span``."""
    rough = span / _LINES
    power = float(10 ** floor(log10(rough)))
    return next((power * size for size in (1, 2, 5) if power * size >= rough), power * 10)


def _grid(unit: Unit, heights: _Axis, left: float, right: float) -> list[Part]:
    parts: list[Part] = []
    for value in heights.at:
        y = heights.y(value)
        parts.append(Line(left, y, right, y, Ink.GRID))
        parts.append(Text(left - 8, y + 4.5, value_words(value, unit), "end"))
    return parts


def _phase(points: Sequence[Measured], axis: TimeAxis, heights: _Axis) -> list[Part]:
    """The line through a phase, broken where a value is missing, and its middle across."""
    parts: list[Part] = []
    for is_known, group in groupby(points, key=lambda point: point.value is not None):
        places = [(axis.x(point.day), heights.y(point.value or 0.0)) for point in group]
        if is_known and len(places) > 1:
            parts.append(Curve(path(places), Ink.TRACE))
    known = [point for point in points if point.value is not None]
    if known:
        y = heights.y(_middle(known))
        parts.append(Line(axis.x(points[0].day) - 4, y, axis.x(points[-1].day) + 4, y, Ink.MEDIAN))
    return parts


def _dots(unit: Unit, points: Sequence[Measured], axis: TimeAxis, heights: _Axis) -> tuple[Point, ...]:
    """A dot each; the whole column takes the pointer."""
    spacing = (axis.x(points[-1].day) - axis.x(points[0].day)) / max(len(points) - 1, 1) or 20.0
    radius = round(min(5.0, max(1.8, spacing * 0.42)), 1)
    wide = round(min(24.0, max(3.0, spacing)), 1)
    return tuple(
        Point(
            (Circle(axis.x(point.day), heights.y(point.value), radius, Ink.HELP_4),),
            (round(axis.x(point.day) - wide / 2, 1), heights.top - 6, wide, _HEIGHT + 12),
            point.day,
            value_words(point.value, unit),
        )
        for point in points
        if point.value is not None
    )
