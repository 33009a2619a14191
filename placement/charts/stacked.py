"""Panels one above the other on one axis of time, each with its own scale in words; weeks without a value are gaps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from placement.charts.axis import TimeAxis
from placement.charts.level_drawing import NARROW, WIDE, Shape
from placement.charts.picture import (
    FOOT,
    HELP,
    Cell,
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
from placement.charts.scores import Mark
from placement.charts.timeline_lanes import Lane, Moment, moment_points
from placement.domain.beside import Week
from placement.domain.words import say

_HEIGHT, _NAME, _APART, _STARS = 92.0, 38.0, 22.0, 46.0


@dataclass(frozen=True, slots=True)
class Panel:
    """``scale``: value → its words, at least two, lowest and highest among them; ``said``: a value in words."""

    name: Words
    scale: Sequence[tuple[float, Words]]
    weeks: Sequence[Week]
    said: Callable[[float], Words]

    @property
    def ends(self) -> tuple[float, float]:
        at = [value for value, _ in self.scale]
        return min(at), max(at)


def stacked_chart(panels: Sequence[Panel], marks: Sequence[Mark], shapes: Sequence[Shape] = (NARROW, WIDE)) -> Chart:
    """Panels of the same weeks, one a week at least, in order of time; ``marks`` lie within them."""
    drawn = any(week.value is not None for panel in panels for week in panel.weeks)
    notes = [
        say("Each point is the middle of one week. Where a week is empty, nothing is drawn: gaps stay gaps."),
        say("Each panel has its own scale, so how high two lines stand can’t be compared."),
    ]
    if marks:
        notes.append(say("Stars are milestones."))
    return Chart(
        title=say("Side by side"),
        summary=say(
            "Together is not because. That two things change at the same time does not say that one brings the other."
        ),
        notes=tuple(notes) if drawn else (),
        pictures=tuple(_draw(shape, panels, marks) for shape in shapes) if drawn else (),
        columns=(say("Week from"), *(say("%(name)s", name=panel.name) for panel in panels), say("Milestone")),
        rows=_rows(panels, marks),
    )


def _rows(panels: Sequence[Panel], marks: Sequence[Mark]) -> tuple[Row, ...]:
    """The latest week first; those in which nothing was are left out."""
    rows = []
    for weeks in zip(*(panel.weeks for panel in panels), strict=True):
        monday = weeks[0].monday
        cells: list[Cell] = [
            None if week.value is None else panel.said(week.value) for panel, week in zip(panels, weeks, strict=True)
        ]
        stars: Words | None = None
        for mark in marks:
            if monday <= mark.day < monday + timedelta(weeks=1):
                stars = mark.words if stars is None else say("%(one)s; %(other)s", one=stars, other=mark.words)
        if stars is not None or any(cell is not None for cell in cells):
            rows.append(Row(monday, (*cells, stars)))
    return tuple(reversed(rows))


def _draw(shape: Shape, panels: Sequence[Panel], marks: Sequence[Mark]) -> Picture:
    right = shape.width - 12.0
    weeks = panels[0].weeks
    axis = TimeAxis(weeks[0].monday, weeks[-1].monday + timedelta(days=6), shape.left + 8.0, right - 8.0)
    parts: list[Part] = []
    points: list[Point] = []
    bottom = 0.0
    for panel in panels:
        top = bottom + _NAME + (_APART if bottom else 0.0)
        bottom = top + _HEIGHT
        more, dots = _panel(shape, panel, axis, top, right)
        parts += more
        points += dots
    if marks:
        moments = [Moment(mark.day, Lane.MILESTONES, mark.words) for mark in sorted(marks, key=lambda mark: mark.day)]
        points += moment_points(moments, axis, bottom + 24)
        bottom += _STARS
    parts += tick_parts(axis.ticks(shape.most_ticks), bottom + 24)
    points.sort(key=lambda point: (point.day or date.min, point.hit[1]))
    return Picture(shape.name, shape.width, bottom + FOOT, tuple(parts), tuple(points))


def _panel(shape: Shape, panel: Panel, axis: TimeAxis, top: float, right: float) -> tuple[list[Part], list[Point]]:
    low, high = panel.ends

    def y(value: float) -> float:
        return round(top + _HEIGHT * (high - min(max(value, low), high)) / (high - low), 1)

    parts: list[Part] = [Text(4.0, top - 24, panel.name, "start", Ink.STRONG)]
    for value, words in panel.scale:
        parts.append(Line(shape.left, y(value), right, y(value), Ink.GRID))
        parts.append(Text(shape.left - 8, y(value) + 4.5, words, "end", chars=shape.label_chars))
    # A point stands in the middle of its week; a line joins weeks that follow each other, and nothing else.
    places = [(week, axis.x(week.monday + timedelta(days=3))) for week in panel.weeks]
    for known, group in groupby(places, key=lambda place: place[0].value is not None):
        run = [(x, y(week.value or 0.0)) for week, x in group] if known else []
        if len(run) > 1:
            parts.append(Curve(path(run), Ink.TRACE))
    wide = round(min(24.0, max(3.0, (right - shape.left) / len(panel.weeks))), 1)
    points = [
        Point(
            (Circle(x, y(week.value), 3.5, HELP[-1]),),
            (round(x - wide / 2, 1), top - 6, wide, _HEIGHT + 12),
            week.monday,
            say("%(name)s: %(value)s", name=panel.name, value=panel.said(week.value)),
        )
        for week, x in places
        if week.value is not None
    ]
    return parts, points
