"""Time with a coach, and what was done alone in the same weeks: two panels on one axis of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean, median

from placement.charts.axis import TimeAxis
from placement.charts.bars import nice_step
from placement.charts.level_drawing import Shape
from placement.charts.percents import Alone, height, percent_grid, traces
from placement.charts.phases import LANE, PhaseLine, phase_flags
from placement.charts.picture import (
    FOOT,
    HELP,
    PANEL_NARROW,
    PANEL_WIDE,
    Chart,
    Circle,
    Curve,
    Ink,
    Line,
    Minutes,
    Part,
    Percent,
    Picture,
    Point,
    Rect,
    Row,
    Text,
    phase_parts,
    tick_parts,
)
from placement.domain.words import Say, say

#: More weeks than this are drawn four at a time.
MOST_WEEKS = 60
BLOCK = 4
#: Weeks at either end the sentence compares.
ENDS = 4
_UPPER, _BETWEEN, _LOWER = 104.0, 42.0, 64.0


@dataclass(frozen=True, slots=True)
class SupportWeek:
    """A week: minutes a coach was there, and percent of the tasks done alone; None where none was tried."""

    monday: date
    coached: int
    alone: float | None


def support_chart(
    weeks: Sequence[SupportWeek],
    events: Sequence[PhaseLine] = (),
    *,
    shapes: Sequence[Shape] = (PANEL_NARROW, PANEL_WIDE),
) -> Chart:
    """Weeks from the oldest to the newest without gaps; empty ones at either end are left out."""
    known = [nth for nth, week in enumerate(weeks) if week.coached or week.alone is not None]
    given = list(weeks[known[0] : known[-1] + 1]) if known else []
    blocks = len(given) > MOST_WEEKS
    shown = _blocks(given) if blocks else given
    notes = []
    if blocks:
        notes.append(say("Each point and bar is four weeks: the middle share, and the hours a week."))
    if any(week.alone is None for week in shown):
        notes.append(say("Weeks without a dot have no answers."))
    return Chart(
        title=say("Time with a coach, and what is done alone"),
        summary=_summary(given),
        notes=tuple(notes),
        pictures=tuple(_draw(shape, shown, events) for shape in shapes) if shown else (),
        columns=(say("Week from"), say("Alone"), say("Coach, a week") if blocks else say("Coach")),
        rows=tuple(
            Row(week.monday, (None if week.alone is None else Percent(week.alone), Minutes(week.coached)))
            for week in reversed(shown)
        ),
    )


def _blocks(weeks: Sequence[SupportWeek]) -> list[SupportWeek]:
    """Four weeks each, counted from the newest, so that the last one is whole."""
    found = []
    for end in range(len(weeks), 0, -BLOCK):
        part = weeks[max(0, end - BLOCK) : end]
        shares = [week.alone for week in part if week.alone is not None]
        minutes = round(fmean(week.coached for week in part))
        found.append(SupportWeek(part[0].monday, minutes, median(shares) if shares else None))
    return found[::-1]


def _summary(weeks: Sequence[SupportWeek]) -> Say:
    """The first weeks beside the last ones; fewer than four on each side of a short history."""
    size = min(ENDS, len(weeks) // 2)
    if not weeks:
        return say("No hours with a coach and no answers yet.")
    if not size:
        return say("One week so far. What changes will show here.")
    first, last = _end(weeks[:size]), _end(weeks[-size:])
    return say(
        "At first %(hours)s hours a week with a coach, and %(share)s alone; "
        "lately %(hours_now)s hours, and %(share_now)s alone.",
        hours=first[0], share=first[1], hours_now=last[0], share_now=last[1],
    )  # fmt: skip


def _end(weeks: Sequence[SupportWeek]) -> tuple[float, Say]:
    shares = [week.alone for week in weeks if week.alone is not None]
    hours = round(fmean(week.coached for week in weeks) / 60, 1)
    return hours, say("%(percent)s %%", percent=round(median(shares))) if shares else say("nothing rated")


def _draw(shape: Shape, weeks: Sequence[SupportWeek], events: Sequence[PhaseLine]) -> Picture:
    right = shape.width - 10.0
    slot = (right - shape.left) / max(len(weeks), 3)
    axis = TimeAxis(weeks[0].monday, weeks[-1].monday, shape.left + slot / 2, right - slot / 2)
    # A change within the last week stands at its Monday: the axis ends there.
    inside = sorted(
        (
            PhaseLine(min(event.day, axis.last), event.words)
            for event in events
            if axis.first < event.day <= axis.last + timedelta(days=6)
        ),
        key=lambda event: event.day,
    )
    flags, lanes, numbered = phase_flags(inside, axis, shape.left, shape.width)
    top = 30.0 + LANE * lanes
    middle = top + _UPPER
    floor = middle + _BETWEEN + _LOWER
    parts = _frame(shape.left, right, top, middle, floor)
    step = nice_step(max(week.coached for week in weeks) / 60, 3)
    high = max(1, -(-max(week.coached for week in weeks) // (step * 60))) * step * 60
    parts += _hours(shape.left, right, floor, high, step)
    parts += phase_parts(flags, numbered, floor + 4)
    rated = [week for week in weeks if week.alone is not None]
    places = [(axis.x(week.monday), height(week.alone or 0, top, middle)) for week in rated]
    of_weeks = [Alone(week.monday, week.alone or 0, 100) for week in rated]
    parts += [Curve(trace, Ink.TRACE) for trace in traces(of_weeks, places)]
    parts += tick_parts(axis.ticks(shape.most_ticks), floor + 24)
    points = tuple(_point(week, axis, slot, (top, middle, floor), high) for week in weeks)
    return Picture(shape.name, shape.width, floor + FOOT, tuple(parts), points, flags if numbered else ())


def _frame(left: float, right: float, top: float, middle: float, floor: float) -> list[Part]:
    """The percentages above, and what either panel shows."""
    return [
        Text(left, top - 12, say("Tasks done alone"), "start", Ink.STRONG),
        *percent_grid(left, right, top, middle, (0, 50, 100)),
        Text(left, middle + _BETWEEN - 12, say("Hours a week with a coach"), "start", Ink.STRONG),
        Line(left, floor, right, floor, Ink.GRID),
    ]


def _hours(left: float, right: float, floor: float, high: int, step: int) -> list[Part]:
    parts: list[Part] = []
    for hours in range(0, high // 60 + 1, step):
        y = _bar_top(hours * 60, floor, high)
        parts.append(Line(left, y, right, y, Ink.GRID))
        parts.append(Text(left - 8, y + 4.5, say("%(hours)s h", hours=hours), "end"))
    return parts


def _bar_top(minutes: int, floor: float, high: int) -> float:
    return round(floor - _LOWER * minutes / high, 1)


def _point(
    week: SupportWeek, axis: TimeAxis, slot: float, heights: tuple[float, float, float], high: int
) -> Point:  # fmt: skip
    """A week's dot and bar, focused together."""
    top, middle, floor = heights
    x = axis.x(week.monday)
    wide = round(min(26.0, slot * 0.62), 1)
    parts: list[Part] = []
    if week.coached:
        y = _bar_top(week.coached, floor, high)
        parts.append(Rect(round(x - wide / 2, 1), y, wide, round(floor - y, 1), Ink.HELP_1, 1.5))
    if week.alone is not None:
        radius = round(min(5.5, max(1.8, slot * 0.42)), 1)
        parts.append(Circle(x, height(week.alone, top, middle), radius, HELP[round(week.alone / 25)]))
    hours = round(week.coached / 60, 1)
    said = (
        say("nothing rated, %(hours)s h coach", hours=hours)
        if week.alone is None
        else say("%(percent)s %% alone, %(hours)s h coach", percent=round(week.alone), hours=hours)
    )
    return Point(tuple(parts), (round(x - slot / 2, 1), top - 6, round(slot, 1), floor - top + 6), week.monday, said)
