"""How a level chart is laid out: answers, milestones and phase lines turned into pixels."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from placement.charts.axis import Tick, TimeAxis
from placement.charts.level_marks import Check, Mark, Star, checks, stars
from placement.charts.phases import LANE, Flag, PhaseLine, phase_flags
from placement.charts.scale import LevelScale, Reading, Words, path

#: A line never bridges a longer silence than this.
LONGEST_BRIDGE = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class LevelPoint:
    """One occasion: canonical rank, or None when the task was not tried.

    ``key`` is whatever the caller needs to link the table row to its occasion.
    For weekly medians ``at`` is the Monday and ``count`` the answers behind it.
    """

    at: date
    rank: float | None
    key: str | None = None
    count: int = 1
    #: What was special about this occasion.
    note: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A phase from ``first`` to ``last`` day, both included, with the median of its ranks."""

    first: date
    last: date
    median: float


@dataclass(frozen=True, slots=True)
class GridLine:
    """A level of the scale at height ``y``; ``top`` is the most independent one."""

    y: float
    words: Words
    top: bool


class Dot(NamedTuple):
    """A drawn point: pixels, lightness step 0–4 and what it says."""

    x: float
    y: float
    step: int
    day: date
    words: Words
    #: Somebody wrote a note at it.
    noted: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """Size of a drawing in pixels, and how much fits on it."""

    name: str
    width: int
    left: int
    label_chars: int
    most_ticks: int


NARROW = Shape("narrow", 300, 100, 14, 4)
WIDE = Shape("wide", 640, 150, 22, 7)
ROW = 34


@dataclass(frozen=True, slots=True)
class LevelDrawing:
    """One SVG: everything in pixels of ``shape.width`` × ``height``."""

    shape: Shape
    height: float
    top: float
    bottom: float
    right: float
    grid: tuple[GridLine, ...]
    ticks: tuple[Tick, ...]
    traces: tuple[str, ...]
    dots: tuple[Dot, ...]
    radius: float
    stars: tuple[Star, ...]
    flags: tuple[Flag, ...]
    numbered: bool
    #: Middle lines of phases: x from, x to, height.
    medians: tuple[tuple[float, float, float], ...] = ()
    checks: tuple[Check, ...] = ()


def draw_levels(
    shape: Shape,
    points: Sequence[LevelPoint],
    scale: LevelScale,
    marks: Sequence[Mark],
    events: Sequence[PhaseLine],
    weekly: bool,
    spans: Sequence[Span] = (),
) -> LevelDrawing:
    """Lay one drawing out. Points and marks in order of time, at least one point rated."""
    rated = [point for point in points if point.rank is not None]
    right = shape.width - 8.0
    last = max([rated[-1].at, *(mark.day for mark in marks)])
    axis = TimeAxis(rated[0].at, last, shape.left + 10.0, right - 6.0)
    inside = sorted((event for event in events if axis.first < event.day <= axis.last), key=lambda event: event.day)
    flags, lanes, numbered = phase_flags(inside, axis, shape.left, shape.width)
    top = 16.0 + LANE * lanes
    bottom = top + ROW * (len(scale.levels) - 1)
    dots = _dots(rated, axis, scale, bottom)
    heights = {dot.day: dot.y for dot in dots}
    runs = _runs(points, [event.day for event in inside])
    return LevelDrawing(
        shape=shape,
        height=bottom + 46,
        top=top,
        bottom=bottom,
        right=right,
        grid=_grid(scale, bottom),
        ticks=axis.ticks(shape.most_ticks),
        traces=tuple(path([(dot.x, dot.y) for dot in dots[run]]) for run in runs),
        dots=dots,
        radius=_radius(dots),
        stars=stars(marks, axis, heights, top, weekly),
        flags=flags,
        numbered=numbered,
        medians=_medians(spans, axis, scale, bottom),
        checks=checks(marks, axis, heights, top, weekly),
    )


def _medians(
    spans: Sequence[Span], axis: TimeAxis, scale: LevelScale, bottom: float
) -> tuple[tuple[float, float, float], ...]:
    return tuple(
        (
            axis.x(max(span.first, axis.first)),
            axis.x(min(span.last, axis.last)),
            round(bottom - ROW * scale.place(span.median), 1),
        )
        for span in spans
        if span.first <= axis.last and span.last >= axis.first
    )


def _dots(rated: Sequence[LevelPoint], axis: TimeAxis, scale: LevelScale, bottom: float) -> tuple[Dot, ...]:
    dots = []
    # Hundreds of points hold a handful of different ranks.
    places: dict[float, tuple[float, Reading]] = {}
    for point in rated:
        if point.rank is None:
            raise ValueError("a task not tried has no place on the scale")
        place = places.get(point.rank)
        if place is None:
            seen = scale.read(point.rank)
            place = places[point.rank] = (round(bottom - ROW * seen.place, 1), seen)
        y, seen = place
        dots.append(Dot(axis.x(point.at), y, seen.step, point.at, seen.words, bool(point.note)))
    return tuple(dots)


def _grid(scale: LevelScale, bottom: float) -> tuple[GridLine, ...]:
    top = len(scale.levels) - 1
    return tuple(GridLine(bottom - ROW * index, level.words, index == top) for index, level in enumerate(scale.levels))


def _runs(points: Sequence[LevelPoint], breaks: Sequence[date]) -> list[slice]:
    """Stretches of the dots a line may join: not across a task not tried, a long silence, or a phase line (``breaks``
    in order of time)."""
    runs, begin, end = [], 0, 0
    before: date | None = None
    passed = 0
    for point in points:
        crossed, passed = passed, bisect_right(breaks, point.at)
        broken = before is not None and (crossed != passed or point.at - before > LONGEST_BRIDGE)
        if point.rank is None or broken:
            runs.append(slice(begin, end))
            begin = end
        if point.rank is not None:
            end += 1
        before = None if point.rank is None else point.at
    runs.append(slice(begin, end))
    return [run for run in runs if run.stop - run.start > 1]


def _radius(dots: Sequence[Dot]) -> float:
    """Dots shrink before they cover each other."""
    if len(dots) < 2:
        return 5.5
    spacing = (dots[-1].x - dots[0].x) / (len(dots) - 1)
    return round(min(5.5, max(1.8, spacing * 0.42)), 1)
