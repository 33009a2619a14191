"""The many small parts of a chart, written in one go.

A long history has hundreds of points, and a template spends more on asking for each of their numbers than on the
whole page around them. What is drawn once (the frame, the legend, the table) stays in ``components/chart.html``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from flask import Flask
from flask_babel import ngettext
from markupsafe import Markup, escape

from placement.charts.axis import Tick, TickKind
from placement.charts.bars import HoursDrawing
from placement.charts.level_drawing import LevelDrawing
from placement.charts.levels import LevelChart, LevelRow
from placement.charts.picture import Cell, Chart, Minutes, Percent, Picture, Point
from placement.charts.scale import Words
from placement.charts.svg import label_lines, svg
from placement.web.words import day_short, day_tick, days_short, hours, month_tick, number, percent, say

#: Letters of a note beside its point.
NOTE_CHARS = 24
#: A star of 24 × 24.
STAR = "M12 2.5l2.9 6.1 6.6.8-4.9 4.5 1.3 6.6L12 17.3l-5.9 3.2 1.3-6.6L2.5 9.4l6.6-.8z"


class Told(NamedTuple):
    """A row of a chart in the reader's language; ``words`` and ``answers`` are empty where there are none."""

    row: LevelRow
    day: Markup
    words: Markup
    answers: Markup


def told(chart: LevelChart) -> list[Told]:
    """The chart's rows in words, newest first, for its table and for the points of every drawing."""
    # A level is one object for all its answers, and weeks have few different counts: each is put into words once.
    levels = {id(row.words): row.words for row in chart.rows}
    words = {key: escape(say(level)) for key, level in levels.items()}
    counts = {row.count for row in chart.rows if row.count} if chart.weekly else set()
    counted = {count: escape(ngettext("%(num)s answer", "%(num)s answers", count)) for count in counts}
    days, none = days_short([row.day for row in chart.rows]), Markup()
    return [
        Told(row, _escaped(day), words[id(row.words)], counted.get(row.count, none))
        for row, day in zip(chart.rows, days, strict=True)
    ]


@lru_cache(maxsize=4096)
def _escaped(day: str) -> Markup:
    """A day in words, which every chart of a page has again."""
    return escape(day)


def answers(rows: Sequence[Told], links: Mapping[str, str], untried: str, icon: Markup) -> Markup:
    """The rows of a chart's table. ``links``: row key → address of its occasion; ``icon``: stands before a note."""
    parts = []
    for one in rows:
        row = one.row
        href = links.get(row.key or "")
        day = f'<a href="{escape(href)}">{one.day}</a>' if href else one.day
        words = one.words or f'<span class="soft">{escape(untried)}</span>'
        count = f' <span class="soft">({one.answers})</span>' if one.answers else ""
        marks = "".join(
            f' <span class="tag{" sun" if mark.kept is None else ""}">{escape(say(mark.words))}</span>'
            for mark in row.marks
        )
        note = f'<br><span class="note">{icon} {escape(row.note)}</span>' if row.note else ""
        parts.append(f'<tr><th scope="row">{day}</th><td>{words}{count}{marks}{note}</td></tr>')
    return Markup("".join(parts))


def lines(rows: Sequence[Told]) -> list[str]:
    """What each point says, escaped, in order of time: its day and its answer."""
    return [
        f"{one.day}: {one.words}{f', {one.answers}' if one.answers else ''}{_noted(one.row.note)}"
        for one in reversed(rows)
        if one.row.words is not None
    ]


def _noted(note: str) -> str:
    return f" · {escape(_shortened(note))}" if note else ""


def _shortened(note: str) -> str:
    """A note as it fits beside its point; the table holds all of it."""
    return note if len(note) <= NOTE_CHARS else note[: NOTE_CHARS - 1].rstrip() + "…"


def dots(drawing: LevelDrawing, said: Sequence[str]) -> Markup:
    """The points of a drawing with what they say (see :func:`lines`); one stop for the Tab key, the last."""
    shape, last = drawing.shape, len(drawing.dots) - 1
    hit, radius = max(drawing.radius + 3, 5), drawing.radius
    tip_x = shape.width / 2 if shape.name == "narrow" else (shape.left + drawing.right) / 2
    tip = f'<g class="tip" aria-hidden="true"><text x="{tip_x}" y="{drawing.height - 5}" text-anchor="middle">'
    noted = f'<circle class="noted" {{}} r="{radius + 3.5}"/>'
    parts = []
    for nth, (dot, line) in enumerate(zip(drawing.dots, said, strict=True)):
        at = f'cx="{dot.x}" cy="{dot.y}"'
        parts.append(
            f'<g class="dot" role="img" tabindex="{-1 if nth < last else 0}" aria-label="{line}">'
            f'<circle class="hit" {at} r="{hit}"/>{noted.format(at) if dot.noted else ""}'
            f'<circle class="ring help-{dot.step}" {at} r="{radius}"/>'
            f"{tip}{line}</text></g></g>"
        )
    return Markup("".join(parts))


def phases(drawing: LevelDrawing) -> Markup:
    """Phase lines with their words, or with the numbers that a list below explains."""
    parts = []
    for flag in drawing.flags:
        top = flag.label_y + 4 if drawing.numbered else flag.label_y - 10
        at = f'x="{flag.label_x}" y="{flag.label_y}"'
        label = (
            f'<circle class="flag" cx="{flag.label_x}" cy="{flag.label_y - 4}" r="8"/>'
            f'<text class="nr" {at} text-anchor="middle">{flag.number}</text>'
            if drawing.numbered
            else f'<text {at} text-anchor="{flag.anchor}">{escape(say(flag.words))}</text>'
        )
        line = f'<line x1="{flag.x}" x2="{flag.x}" y1="{top}" y2="{drawing.bottom + 4}"/>'
        parts.append(f'<g class="phase">{line}{label}</g>')
    return Markup("".join(parts))


def stars(drawing: LevelDrawing) -> Markup:
    """Milestones in their places, a little smaller where points are crowded."""
    size = 20 if drawing.radius >= 3.5 else 17
    return Markup(
        "".join(
            f'<path class="star" transform="translate({star.x - size / 2:g} {star.y - size / 2:g}) '
            f'scale({size / 24:.4g})" d="{STAR}"/>'
            for star in drawing.stars
        )
    )


def frame(drawing: LevelDrawing) -> Markup:
    """Lines of the levels with their words, at most two lines each, and the labels of the time axis."""
    shape = drawing.shape
    parts = [
        _grid_line(drawing, line.y, label_lines(say(line.words), shape.label_chars), line.top) for line in drawing.grid
    ]
    parts.append(ticks(drawing, shape.name == "narrow", drawing.bottom + 24))
    return Markup("".join(parts))


def _grid_line(drawing: LevelDrawing, y: float, words: Sequence[str], top: bool) -> str:
    left = drawing.shape.left
    strong = ' class="strong"' if top else ""
    first = y + 4.5 - (len(words) - 1) * 6.5
    spans = "".join(
        f'<tspan x="{left - 8}" y="{first + 13 * nth}">{escape(line)}</tspan>' for nth, line in enumerate(words)
    )
    return (
        f'<line class="gridline" x1="{left}" x2="{drawing.right}" y1="{y}" y2="{y}"/>'
        f'<text{strong} text-anchor="end">{spans}</text>'
    )


def tick_label(tick: Tick, narrow: bool) -> str:
    """A day, a month, or a year's first month with the year; alone where it is narrow."""
    if tick.kind is TickKind.DAY:
        return day_tick(tick.day)
    if tick.kind is TickKind.MONTH:
        return month_tick(tick.day, "LLL")
    if narrow:
        return month_tick(tick.day, "yyyy" if tick.day.month == 1 else "LLL")
    return month_tick(tick.day, "LLL yyyy")


def ticks(drawing: LevelDrawing | HoursDrawing, narrow: bool, y: float) -> Markup:
    """Labels of the time axis at height ``y``."""
    return Markup(
        "".join(
            f'<text x="{tick.x}" y="{y}" text-anchor="middle">{escape(tick_label(tick, narrow))}</text>'
            for tick in drawing.ticks
        )
    )


def drawn(chart: Chart, key: str) -> Markup:
    """Every picture of a chart; the style sheet shows one. ``key``: unique on the page."""
    said = {id(point.words): say(point.words) for picture in chart.pictures for point in picture.points}
    title, about = say(chart.title), say(chart.summary)
    return Markup("").join(
        _picture(picture, key, title, about, {id(point): said[id(point.words)] for point in picture.points})
        for picture in chart.pictures
    )


def small(picture: Picture, key: str, title: str, about: str) -> Markup:
    """A picture of its own, without a table beside it."""
    return _picture(picture, key, title, about, {id(point): say(point.words) for point in picture.points})


def _picture(picture: Picture, key: str, title: str, about: str, said: dict[int, str]) -> Markup:
    def write(words: Words | Tick) -> str:
        return tick_label(words, picture.name == "narrow") if isinstance(words, Tick) else say(words)

    def tell(point: Point) -> str:
        return said[id(point)] if point.day is None else f"{day_short(point.day)}: {said[id(point)]}"

    return Markup(svg(picture, write, tell, title=title, about=about, key=key))


def written(value: Cell) -> str:
    """A cell of a chart's table."""
    if isinstance(value, Percent):
        return percent(value.value)
    if isinstance(value, Minutes):
        return hours(value.value)
    if isinstance(value, date):
        return day_short(value)
    if isinstance(value, int):
        return number(value)
    return say(value)


def init_app(app: Flask) -> None:
    """Register the filters under their own names."""
    for function in (told, answers, lines, frame, phases, dots, stars, ticks, drawn, small, written):
        app.add_template_filter(function, function.__name__)
