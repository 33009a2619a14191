"""Fear told from 0 to 100: expected beside felt, the end over repeats, and both beside independence in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from placement.charts.axis import TimeAxis
from placement.charts.level_drawing import Shape
from placement.charts.percents import Alone, height, percent_grid, traces
from placement.charts.picture import (
    FOOT,
    HELP,
    PANEL_NARROW,
    PANEL_WIDE,
    Cell,
    Chart,
    Circle,
    Curve,
    Ink,
    Line,
    Part,
    Percent,
    Picture,
    Point,
    Row,
    Text,
    diamond,
    tick_parts,
)
from placement.charts.scale import Words, path
from placement.domain.exposures import Told, change_between, expectancy_violation
from placement.domain.words import Say, say, say_n

#: More tries than this are not drawn; the latest are.
MOST_POINTS = 40
_HEIGHT = 150.0
_TOP = 16.0
_GRID = (0, 25, 50, 75, 100)


@dataclass(frozen=True, slots=True)
class Faced:
    """One try, on ``day``. ``key``: to link it."""

    day: date
    told: Told
    key: str | None = None


def expected_chart(tries: Sequence[Faced], shapes: Sequence[Shape] = (PANEL_NARROW, PANEL_WIDE)) -> Chart:
    """Predicted (diamond) against felt at its highest (circle), try by try, in order of time."""
    both = [one for one in tries if expectancy_violation(one.told) is not None]
    notes = [say("The diamond is what was expected, the circle is the fear at its highest.")] if both else []
    return Chart(
        title=say("Expected and felt"),
        summary=_expected_summary(both),
        notes=(*notes, *_latest(both)),
        pictures=tuple(_draw(shape, both[-MOST_POINTS:], trace=False) for shape in shapes) if both else (),
        columns=(say("Day"), say("Expected"), say("At its highest")),
        rows=tuple(Row(one.day, (one.told.predicted, one.told.peak), one.key) for one in reversed(tries)),
    )


def repeats_chart(tries: Sequence[Faced], shapes: Sequence[Shape] = (PANEL_NARROW, PANEL_WIDE)) -> Chart:
    """The fear at the end of each try, over its repeats, in order of time."""
    known = [one for one in tries if one.told.at_end is not None]
    return Chart(
        title=say("Fear at the end, time after time"),
        summary=_repeats_summary(known),
        notes=_latest(known),
        pictures=tuple(_draw(shape, known[-MOST_POINTS:], trace=True) for shape in shapes) if known else (),
        columns=(say("Day"), say("At its highest"), say("At the end")),
        rows=tuple(Row(one.day, (one.told.peak, one.told.at_end), one.key) for one in reversed(tries)),
    )


def beside_chart(
    weeks: Sequence[Alone], tries: Sequence[Faced], shapes: Sequence[Shape] = (PANEL_NARROW, PANEL_WIDE)
) -> Chart:
    """Two panels on one axis of time: tasks done alone by week above, fear at the end of each try below."""
    known = [one for one in tries if one.told.at_end is not None]
    drawn = bool(weeks) and bool(known)
    return Chart(
        title=say("Fear beside independence"),
        summary=say("Together is not because.") if drawn else say("Not enough yet to lay the two beside each other."),
        notes=(
            say("Above: the share of tasks done alone, week by week. Below: the fear at the end of each try."),
            say("The two are drawn beside each other. That doesn’t mean that one comes from the other."),
        )
        if drawn
        else (),
        pictures=tuple(_beside(shape, weeks, known) for shape in shapes) if drawn else (),
        columns=(say("Day"), say("Alone"), say("Fear at the end")),
        rows=_beside_rows(weeks, known),
    )


def _expected_summary(both: Sequence[Faced]) -> Say:
    if not both:
        return say("No try yet with both numbers.")
    less = sum((expectancy_violation(one.told) or 0) > 0 for one in both)
    return say_n(
        "%(less)s of %(n)s time: less fear than expected.",
        "%(less)s of %(n)s times: less fear than expected.",
        len(both),
        less=less,
    )


def _repeats_summary(known: Sequence[Faced]) -> Say:
    if not known:
        return say("No try yet with this number.")
    first, last = known[0].told.at_end, known[-1].told.at_end
    if change_between([one.told for one in known]) is None:
        return say("Once so far: %(last)s at the end.", last=last)
    return say("At the end: %(first)s the first time, %(last)s the last time.", first=first, last=last)


def _latest(known: Sequence[Faced]) -> tuple[Say, ...]:
    return (say("The latest %(count)s are drawn.", count=MOST_POINTS),) if len(known) > MOST_POINTS else ()


def _draw(shape: Shape, tries: Sequence[Faced], *, trace: bool) -> Picture:
    """Repeats spread evenly: how often, not when, is what is compared."""
    right, bottom = shape.width - 10.0, _TOP + _HEIGHT
    parts = _fear_grid(shape.left, right, _TOP, bottom)
    first, last = shape.left + 14.0, right - 14.0
    spacing = (last - first) / max(1, len(tries) - 1)
    xs = [round(first + spacing * nth if len(tries) > 1 else (first + last) / 2, 1) for nth in range(len(tries))]
    if trace and len(tries) > 1:
        places = [(x, height(one.told.at_end or 0, _TOP, bottom)) for x, one in zip(xs, tries, strict=True)]
        parts.append(Curve(path(places), Ink.TRACE))
    every = -(-len(tries) // shape.most_ticks)
    for nth, x in enumerate(xs):
        if nth % every == 0:
            parts.append(Text(x, bottom + 24, str(nth + 1)))
    radius = round(min(5.0, max(2.0, spacing * 0.36)), 1)
    wide = round(min(24.0, max(3.0, spacing)), 1)
    points = []
    for x, one in zip(xs, tries, strict=True):
        marks, words = (_end if trace else _pair)(x, one.told, radius, bottom)
        points.append(Point(marks, (round(x - wide / 2, 1), _TOP - 6, wide, _HEIGHT + 12), one.day, words))
    return Picture(shape.name, shape.width, bottom + FOOT, tuple(parts), tuple(points))


def _pair(x: float, told: Told, radius: float, bottom: float) -> tuple[tuple[Part, ...], Words]:
    """A circle for what was felt, the diamond for what was expected; a line joins them where they differ."""
    expected, felt = height(told.predicted or 0, _TOP, bottom), height(told.peak or 0, _TOP, bottom)
    parts: list[Part] = [] if expected == felt else [Line(x, expected, x, felt, Ink.LINK)]
    parts.append(diamond(x, expected, round(radius + 2.5, 1), Ink.OPEN))
    parts.append(Circle(x, felt, radius if expected != felt else round(radius * 0.6, 1), HELP[-1]))
    return tuple(parts), say("expected %(expected)s, felt %(felt)s", expected=told.predicted, felt=told.peak)


def _end(x: float, told: Told, radius: float, bottom: float) -> tuple[tuple[Part, ...], Words]:
    y = height(told.at_end or 0, _TOP, bottom)
    return (Circle(x, y, radius, HELP[-1]),), say("%(fear)s at the end", fear=told.at_end)


def _fear_grid(left: float, right: float, top: float, bottom: float) -> list[Part]:
    parts: list[Part] = []
    for value in _GRID:
        y = height(value, top, bottom)
        parts.append(Line(left, y, right, y, Ink.GRID))
        parts.append(Text(left - 8, y + 4.5, str(value), "end"))
    return parts


def _beside(shape: Shape, weeks: Sequence[Alone], tries: Sequence[Faced]) -> Picture:
    right = shape.width - 10.0
    days = [week.at for week in weeks] + [one.day for one in tries]
    axis = TimeAxis(min(days), max(days), shape.left + 8.0, right - 8.0)
    tops = (34.0, 34.0 + _HEIGHT * 0.7 + 44.0)
    ends = (tops[0] + _HEIGHT * 0.7, tops[1] + _HEIGHT * 0.7)
    parts: list[Part] = [
        Text(shape.left, tops[0] - 14, say("Tasks done alone"), "start", Ink.STRONG),
        Text(shape.left, tops[1] - 14, say("Fear at the end"), "start", Ink.STRONG),
        *percent_grid(shape.left, right, tops[0], ends[0], (0, 50, 100)),
        *_fear_grid(shape.left, right, tops[1], ends[1]),
        *tick_parts(axis.ticks(shape.most_ticks), ends[1] + 24),
    ]
    places = [(axis.x(week.at), height(week.percent, tops[0], ends[0])) for week in weeks]
    parts += [Curve(trace, Ink.TRACE) for trace in traces(weeks, places)]
    points = [
        _dot(axis.x(week.at), y, tops[0], ends[0], week.at, say("%(percent)s %% alone", percent=round(week.percent)))
        for week, (_, y) in zip(weeks, places, strict=True)
    ]
    for one in tries:
        y = height(one.told.at_end or 0, tops[1], ends[1])
        words = say("%(fear)s at the end", fear=one.told.at_end)
        points.append(_dot(axis.x(one.day), y, tops[1], ends[1], one.day, words))
    points.sort(key=lambda point: (point.day or date.min, point.hit[1]))
    return Picture(shape.name, shape.width, ends[1] + FOOT, tuple(parts), tuple(points))


def _dot(x: float, y: float, top: float, bottom: float, day: date, words: Words) -> Point:
    hit = (round(x - 6, 1), round(top - 6, 1), 12.0, round(bottom - top + 12, 1))
    return Point((Circle(x, y, 3.5, HELP[-1]),), hit, day, words)


def _beside_rows(weeks: Sequence[Alone], tries: Sequence[Faced]) -> tuple[Row, ...]:
    """Newest first; a week and a try on the same day share a line."""
    rows: list[tuple[date, Cell, Cell]] = [(week.at, Percent(week.percent), None) for week in weeks]
    rows += [(one.day, None, one.told.at_end) for one in tries]
    rows.sort(key=lambda row: row[0], reverse=True)
    found = []
    for day, group in groupby(rows, key=lambda row: row[0]):
        of_day = list(group)
        alone = next((row[1] for row in of_day if row[1] is not None), None)
        fears = [row[2] for row in of_day if row[1] is None]
        found += [Row(day, (alone, fear)) for fear in fears] or [Row(day, (alone, None))]
    return tuple(found)
