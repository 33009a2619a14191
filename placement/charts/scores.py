"""Scores of one questionnaire over time, on the whole of its scale, with milestones below on the same axis of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from placement.charts.axis import TimeAxis
from placement.charts.level_drawing import Shape
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
    tick_parts,
)
from placement.charts.scale import Words, path
from placement.charts.timeline_lanes import Lane, Moment, moment_points
from placement.domain.words import Say, say, say_n

_TOP, _HEIGHT, _STARS = 16.0, 150.0, 46.0
_LINES = 4


@dataclass(frozen=True, slots=True)
class Scored:
    """``value`` None: there is no score. ``key``: to link what was filled in."""

    day: date
    value: float | None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A milestone on its day."""

    day: date
    words: Words


def scores_chart(
    title: Words,
    ends: tuple[float, float],
    scored: Sequence[Scored],
    marks: Sequence[Mark] = (),
    notes: Sequence[Say] = (),
    shapes: Sequence[Shape] = (PANEL_NARROW, PANEL_WIDE),
) -> Chart:
    """``ends``: the lowest and the highest score there can be. ``scored`` in order of time.

    Milestones from before the first score are left out; the axis belongs to the scores.
    """
    known = [one for one in scored if one.value is not None]
    shown = [mark for mark in marks if known and mark.day >= scored[0].day]
    said = list(notes) if known else []
    if len(known) < len(scored):
        missing = len(scored) - len(known)
        said.append(say_n("%(n)s time there is no score.", "%(n)s times there is no score.", missing))
    if shown:
        said.append(say("Stars are milestones. That things happen together does not say that one brings the other."))
    rows = [(one.day, Row(one.day, (_cell(one.value), None), one.key)) for one in scored]
    rows += [(mark.day, Row(mark.day, (None, mark.words))) for mark in shown]
    return Chart(
        title=say("%(name)s", name=title),
        summary=_summary(ends, known),
        notes=tuple(said),
        pictures=tuple(_draw(shape, ends, scored, shown) for shape in shapes) if known else (),
        columns=(say("Day"), say("Score"), say("Milestone")),
        rows=tuple(row for _, row in sorted(rows, key=lambda pair: pair[0], reverse=True)),
    )


def _cell(value: float | None) -> Say | None:
    return None if value is None else _words(value)


def _words(value: float) -> Say:
    return say("%(number)s", number=round(value, 1))


def _summary(ends: tuple[float, float], known: Sequence[Scored]) -> Say:
    if not known:
        return say("No score yet.")
    low, high = (_words(end) for end in ends)
    last = _words(known[-1].value or 0.0)
    if len(known) == 1:
        return say("%(last)s so far, on a scale from %(low)s to %(high)s.", last=last, low=low, high=high)
    first = _words(known[0].value or 0.0)
    return say(
        "First %(first)s, last %(last)s, on a scale from %(low)s to %(high)s.",
        first=first, last=last, low=low, high=high,
    )  # fmt: skip


def _draw(shape: Shape, ends: tuple[float, float], scored: Sequence[Scored], marks: Sequence[Mark]) -> Picture:
    right, bottom = shape.width - 12.0, _TOP + _HEIGHT
    last = max(scored[-1].day, *(mark.day for mark in marks)) if marks else scored[-1].day
    axis = TimeAxis(scored[0].day, last, shape.left + 10.0, right - 12.0)
    low, high = ends

    def y(value: float) -> float:
        return round(bottom - _HEIGHT * (value - low) / (high - low), 1)

    parts: list[Part] = []
    for nth in range(_LINES + 1):
        value = low + (high - low) * nth / _LINES
        parts.append(Line(shape.left, y(value), right, y(value), Ink.GRID))
        parts.append(Text(shape.left - 8, y(value) + 4.5, _words(value), "end"))
    # The line breaks where there is no score.
    for is_known, group in groupby(scored, key=lambda one: one.value is not None):
        run = [(axis.x(one.day), y(one.value or 0.0)) for one in group] if is_known else []
        if len(run) > 1:
            parts.append(Curve(path(run), Ink.TRACE))
    points = [_point(one.day, one.value, axis, y(one.value)) for one in scored if one.value is not None]
    if marks:
        moments = [Moment(mark.day, Lane.MILESTONES, mark.words) for mark in sorted(marks, key=lambda mark: mark.day)]
        points += moment_points(moments, axis, bottom + 24)
        bottom += _STARS
    parts += tick_parts(axis.ticks(shape.most_ticks), bottom + 24)
    return Picture(shape.name, shape.width, bottom + FOOT, tuple(parts), tuple(points))


def _point(day: date, value: float, axis: TimeAxis, y: float) -> Point:
    x = axis.x(day)
    hit = (round(x - 11, 1), _TOP - 8, 22.0, _HEIGHT + 12)
    return Point((Circle(x, y, 5.0, Ink.HELP_4),), hit, day, _words(value))
