"""What share of the tasks was done alone, shift by shift, beside the same person's own earlier shifts.

Nobody is compared with anybody else. The band is where the middle half of the earlier shifts lay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from statistics import median, quantiles

from placement.charts.axis import TimeAxis
from placement.charts.level_drawing import Shape
from placement.charts.percents import Alone, height, marks, percent_grid, traces
from placement.charts.phases import LANE, PhaseLine, phase_flags
from placement.charts.picture import (
    FOOT,
    PANEL_NARROW,
    PANEL_WIDE,
    Chart,
    Curve,
    Ink,
    Line,
    Part,
    Percent,
    Picture,
    Rect,
    Row,
    phase_parts,
    tick_parts,
)
from placement.domain.summaries import monday_of
from placement.domain.words import Say, say

__all__ = ["Alone", "Band", "Of", "independence_chart", "own_band", "weekly"]

#: More shifts than this are drawn by weeks.
MOST_POINTS = 60
#: The latest shifts are compared with those before them; either side needs this many, and counts at most so many.
FEWEST, LATEST, EARLIER = 5, 12, 24
_HEIGHT = 136.0


class Of(StrEnum):
    """What the share is of: the tasks of a shift (or week), or one task's shifts in a week."""

    TASKS = "tasks"
    SHIFTS = "shifts"


@dataclass(frozen=True, slots=True)
class Band:
    """Quartiles and median of the earlier points in percent, how many they are, and the median of the later ones."""

    low: float
    middle: float
    high: float
    earlier: int
    later: int
    now: float
    first: date


def own_band(points: Sequence[Alone]) -> Band | None:
    """From points in order of time; None while either side has fewer than :data:`FEWEST`."""
    later = min(LATEST, len(points) // 2)
    if later < FEWEST:
        return None
    before = points[-later - EARLIER : -later]
    low, middle, high = quantiles([point.percent for point in before], n=4, method="inclusive")
    now = median(point.percent for point in points[-later:])
    return Band(low, middle, high, len(before), later, now, before[0].at)


def weekly(points: Sequence[Alone]) -> list[Alone]:
    """One point a week: the median of its shifts, as a share of 100."""
    ordered = sorted(points, key=lambda point: point.at)
    return [
        Alone(monday, median(point.percent for point in group), 100)
        for monday, group in groupby(ordered, key=lambda point: monday_of(point.at))
    ]


def independence_chart(
    points: Sequence[Alone],
    events: Sequence[PhaseLine] = (),
    *,
    by_week: bool = False,
    of: Of = Of.TASKS,
    shapes: Sequence[Shape] = (PANEL_NARROW, PANEL_WIDE),
) -> Chart:
    """Shifts in any order; with ``by_week``, and always for one task's shifts, they are weeks already.

    Raises ValueError where nothing was tried.
    """
    by_week = by_week or of is Of.SHIFTS
    if any(point.tried <= 0 or not 0 <= point.alone <= point.tried for point in points):
        raise ValueError("points: from 0 to tried alone, and something tried")
    given = sorted(points, key=lambda point: point.at)
    band = own_band(given)
    squeezed = not by_week and len(given) > MOST_POINTS
    shown = weekly(given) if squeezed else given
    weeks = by_week or squeezed
    return Chart(
        title=say("Tasks done alone") if of is Of.TASKS else say("How often alone"),
        summary=_often(given, band) if of is Of.SHIFTS else _summary(given, band, by_week),
        notes=_notes(band, weeks, by_week, of),
        pictures=tuple(_draw(shape, shown, band, events) for shape in shapes) if shown else (),
        columns=(
            say("Week from") if weeks else say("Day"),
            say("Alone"),
            say("Tasks") if of is Of.TASKS else say("Shifts"),
        ),
        rows=tuple(_row(point, squeezed) for point in reversed(shown)),
    )


def _row(point: Alone, squeezed: bool) -> Row:
    of = None if squeezed else say("%(alone)s of %(tried)s", alone=round(point.alone), tried=round(point.tried))
    return Row(point.at, (Percent(point.percent), of), point.key)


def _summary(points: Sequence[Alone], band: Band | None, weeks: bool) -> Say:
    if not points:
        return say("No answers yet.")
    if band is None:
        last = round(points[-1].percent)
        if weeks:
            return say("%(last)s %% of the tasks alone in the last week. Too few weeks to compare.", last=last)
        return say("%(last)s %% of the tasks alone the last time. Too few shifts to compare.", last=last)
    numbers = {"later": band.later, "now": round(band.now), "earlier": band.earlier, "then": round(band.middle)}
    if weeks:
        return say(
            "Usually %(now)s %% of the tasks alone in the last %(later)s weeks, "
            "and %(then)s %% in the %(earlier)s weeks before.", **numbers,
        )  # fmt: skip
    return say(
        "Usually %(now)s %% of the tasks alone in the last %(later)s shifts, "
        "and %(then)s %% in the %(earlier)s shifts before.", **numbers,
    )  # fmt: skip


def _often(points: Sequence[Alone], band: Band | None) -> Say:
    """The same for one task's shifts."""
    if not points:
        return say("No answers yet.")
    if band is None:
        last = round(points[-1].percent)
        return say("Alone on %(last)s %% of the shifts of the last week. Too few weeks to compare.", last=last)
    return say(
        "Usually alone on %(now)s %% of a week’s shifts in the last %(later)s weeks, "
        "and on %(then)s %% in the %(earlier)s weeks before.",
        later=band.later, now=round(band.now), earlier=band.earlier, then=round(band.middle),
    )  # fmt: skip


def _notes(band: Band | None, weeks: bool, by_week: bool, of: Of) -> tuple[Say, ...]:
    notes = []
    if of is Of.SHIFTS:
        notes.append(say("Each point is a week: the shifts on which it was done alone, of those it was tried on."))
    elif by_week:
        notes.append(say("Each point is a week: the tasks whose middle answer was “alone”, of those tried."))
    elif weeks:
        notes.append(say("Each point is the middle of one week’s shifts."))
    if band is not None:
        notes.append(_band_words(round(band.low), round(band.high)))
    return tuple(notes)


def _band_words(low: int, high: int) -> Say:
    if low == high:
        return say("The broken line is this person’s own earlier range: at least half lay at %(at)s %%.", at=low)
    return say(
        "The band is this person’s own earlier range: the middle half lay between %(low)s and %(high)s %%, "
        "the broken line is its middle.", low=low, high=high,
    )  # fmt: skip


def _draw(shape: Shape, points: Sequence[Alone], band: Band | None, events: Sequence[PhaseLine]) -> Picture:
    right = shape.width - 10.0
    axis = TimeAxis(points[0].at, points[-1].at, shape.left + 8.0, right - 8.0)
    inside = sorted((event for event in events if axis.first < event.day <= axis.last), key=lambda event: event.day)
    flags, lanes, numbered = phase_flags(inside, axis, shape.left, shape.width)
    top = 14.0 + LANE * lanes
    bottom = top + _HEIGHT
    parts = [*percent_grid(shape.left, right, top, bottom), *_band(band, axis, shape.left, right, top, bottom)]
    parts += phase_parts(flags, numbered, bottom + 4)
    places = [(axis.x(point.at), height(point.percent, top, bottom)) for point in points]
    parts += [Curve(trace, Ink.TRACE) for trace in traces(points, places)]
    parts += tick_parts(axis.ticks(shape.most_ticks), bottom + 24)
    dots = marks(points, places, top, bottom)
    return Picture(shape.name, shape.width, bottom + FOOT, tuple(parts), dots, flags if numbered else ())


def _band(band: Band | None, axis: TimeAxis, left: float, right: float, top: float, bottom: float) -> list[Part]:
    if band is None:
        return []
    begin = max(left, axis.x(max(band.first, axis.first)) - 8)
    high, low = height(band.high, top, bottom), height(band.low, top, bottom)
    middle = height(band.middle, top, bottom)
    # A range without any width still shows as a line.
    tall = max(3.0, low - high)
    return [
        Rect(begin, round(high - (tall - (low - high)) / 2, 1), round(right - begin, 1), round(tall, 1), Ink.BAND, 2),
        Line(begin, middle, right, middle, Ink.MEDIAN),
    ]
