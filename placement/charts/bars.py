"""The four-part fit bar, and hours growing over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from placement.charts.axis import Tick, TimeAxis
from placement.charts.scale import STEPS, Words, path
from placement.domain.words import Say, say, say_n

#: Pixels of a fit bar; 100 % of the possible points is the whole width.
FIT_WIDTH = 180.0
_GAP = 1.5


@dataclass(frozen=True, slots=True)
class FitPart:
    """What one part of a fit gives: ``points`` of at most ``of``, both ≥ 0."""

    words: Words
    points: float
    of: float


@dataclass(frozen=True, slots=True)
class FitSegment:
    """A part in the bar: pixels, lightness step, and its numbers."""

    x: float
    width: float
    step: int
    words: Words
    points: float
    of: float


@dataclass(frozen=True, slots=True)
class FitBar:
    """Segments beside each other, the rest of the width empty. ``share`` is 0–1."""

    segments: tuple[FitSegment, ...]
    width: float
    share: float
    summary: Say


def fit_bar(parts: Sequence[FitPart]) -> FitBar:
    """A bar whose length is the fit and whose segments are its parts, darkest first.

    Raises ValueError when a part is negative, exceeds its maximum, or nothing can be reached.
    """
    most = sum(part.of for part in parts)
    if most <= 0 or any(not 0 <= part.points <= part.of for part in parts):
        raise ValueError("parts: points from 0 to of, and of above 0 somewhere")
    segments, x = [], 0.0
    for index, part in enumerate(parts):
        width = FIT_WIDTH * part.points / most
        drawn = max(0.0, width - _GAP)
        step = max(0, STEPS - 1 - index)
        segments.append(FitSegment(round(x, 1), round(drawn, 1), step, part.words, part.points, part.of))
        x += width
    share = sum(part.points for part in parts) / most
    return FitBar(tuple(segments), FIT_WIDTH, share, say("Fit: %(percent)s %%", percent=round(share * 100)))


@dataclass(frozen=True, slots=True)
class HoursPoint:
    """Minutes worked on a day."""

    at: date
    minutes: int


@dataclass(frozen=True, slots=True)
class HoursLine:
    """A gridline at ``y`` for so many hours."""

    y: float
    hours: int


@dataclass(frozen=True, slots=True)
class HoursDot:
    """The sum at the end of a month (or so far), in minutes."""

    x: float
    y: float
    month: date
    total: int


@dataclass(frozen=True, slots=True)
class HoursDrawing:
    """One SVG of the growing sum."""

    name: str
    width: int
    height: float
    left: float
    right: float
    bottom: float
    grid: tuple[HoursLine, ...]
    ticks: tuple[Tick, ...]
    trace: str
    area: str
    dots: tuple[HoursDot, ...]


@dataclass(frozen=True, slots=True)
class HoursRow:
    """A month of the table: minutes in it, and the sum so far."""

    month: date
    minutes: int
    total: int


@dataclass(frozen=True, slots=True)
class HoursChart:
    """Hours growing: a sentence, drawings (none without hours), the months as rows, newest first."""

    summary: Say
    drawings: tuple[HoursDrawing, ...]
    rows: tuple[HoursRow, ...]


def hours_chart(points: Sequence[HoursPoint]) -> HoursChart:
    """Hours worked, summed up over time. Raises ValueError on negative minutes."""
    if any(point.minutes < 0 for point in points):
        raise ValueError("minutes: must not be negative")
    given = sorted((point for point in points if point.minutes), key=lambda point: point.at)
    if not given:
        return HoursChart(say("No hours yet."), (), ())
    sums: dict[date, int] = {}
    total = 0
    for point in given:
        total += point.minutes
        sums[point.at] = total
    summary = say_n("%(n)s hour since %(day)s.", "%(n)s hours since %(day)s.", total // 60, day=given[0].at)
    drawings = tuple(
        _draw_hours(name, width, ticks, sums) for name, width, ticks in (("narrow", 300, 4), ("wide", 640, 7))
    )
    return HoursChart(summary, drawings, _months(given))


def _draw_hours(name: str, width: int, most_ticks: int, sums: dict[date, int]) -> HoursDrawing:
    left, right, top, bottom = 44.0, width - 12.0, 14.0, 132.0
    days = list(sums)
    axis = TimeAxis(days[0], days[-1], left + 6, right - 6)
    step = nice_step(sums[days[-1]] / 60)
    lines = -(-sums[days[-1]] // (step * 60))
    high = lines * step * 60

    def height(minutes: int) -> float:
        return round(bottom - (bottom - top) * minutes / high, 1)

    corners = [(axis.x(day), height(minutes)) for day, minutes in sums.items()]
    # The last day of each month that has any is walked along.
    ends = {(day.year, day.month): (day, place) for day, place in zip(sums, corners, strict=True)}
    floor = [(corners[-1][0], bottom), (corners[0][0], bottom)]
    return HoursDrawing(
        name=name,
        width=width,
        height=bottom + 28,
        left=left,
        right=right,
        bottom=bottom,
        grid=tuple(HoursLine(height(index * step * 60), index * step) for index in range(lines + 1)),
        ticks=axis.ticks(most_ticks),
        trace=path(corners),
        area=path([*corners, *floor]) + "Z",
        dots=tuple(HoursDot(*place, day.replace(day=1), sums[day]) for day, place in ends.values()),
    )


def nice_step(hours: float, most: int = 4) -> int:
    """Distance of gridlines in hours: 1, 2 or 5 times a power of ten, at most ``most`` of them above zero."""
    power = 1
    while hours > most * 5 * power:
        power *= 10
    return next(step * power for step in (1, 2, 5) if hours <= most * step * power)


def _months(points: Sequence[HoursPoint]) -> tuple[HoursRow, ...]:
    minutes: dict[date, int] = {}
    for point in points:
        month = point.at.replace(day=1)
        minutes[month] = minutes.get(month, 0) + point.minutes
    rows, total = [], 0
    for month, worked in minutes.items():
        total += worked
        rows.append(HoursRow(month, worked, total))
    return tuple(reversed(rows))
