"""Mood or energy over time in the writer's five words: no numbers, no streaks; days left out are just space."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from placement.charts.axis import TimeAxis
from placement.charts.level_drawing import NARROW, ROW, WIDE, Shape
from placement.charts.picture import (
    FOOT,
    HELP,
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
from placement.charts.scale import path
from placement.domain.words import Say, say

_TOP = 18.0
#: Days further apart than this are not joined by a line.
JOINED = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Day:
    """``value``: one of the words' numbers; higher is drawn higher. ``key``: to link the entry."""

    day: date
    value: int
    key: str | None = None


def felt_chart(
    title: Say, words: Mapping[int, Say], days: Sequence[Day], shapes: Sequence[Shape] = (NARROW, WIDE)
) -> Chart:
    """``days`` in order of time, one a day at most; ``words`` for each value, evenly spaced."""
    return Chart(
        title=title,
        summary=_summary(words, days),
        notes=(say("Days you left out are simply not there. That is fine."),) if days else (),
        pictures=tuple(_draw(shape, words, days) for shape in shapes) if days else (),
        columns=(say("Day"), say("In words")),
        rows=tuple(Row(one.day, (words[one.value],), one.key) for one in reversed(days)),
    )


def _summary(words: Mapping[int, Say], days: Sequence[Day]) -> Say:
    """What was there, with no word on better or worse."""
    if not days:
        return say("Nothing here yet.")
    last = days[-1]
    if len(days) == 1:
        return say("%(day)s: %(word)s.", day=last.day, word=words[last.value])
    low, high = min(one.value for one in days), max(one.value for one in days)
    if low == high:
        return say("Each time: %(word)s.", word=words[low])
    return say(
        "Between %(low)s and %(high)s. Last: %(last)s.", low=words[low], high=words[high], last=words[last.value]
    )


def _draw(shape: Shape, words: Mapping[int, Say], days: Sequence[Day]) -> Picture:
    right = shape.width - 12.0
    axis = TimeAxis(days[0].day, days[-1].day, shape.left + 10.0, right - 10.0)
    highest, lowest = max(words), min(words)
    bottom = _TOP + ROW * (highest - lowest)
    parts: list[Part] = []
    for value, word in words.items():
        y = _TOP + ROW * (highest - value)
        parts.append(Line(shape.left, y, right, y, Ink.GRID))
        parts.append(Text(shape.left - 8, y + 4.5, word, "end", chars=shape.label_chars))
    places = [(axis.x(one.day), _TOP + ROW * (highest - one.value)) for one in days]
    parts += [Curve(path(run), Ink.TRACE) for run in _runs(days, places)]
    parts += tick_parts(axis.ticks(shape.most_ticks), bottom + 24)
    spacing = (places[-1][0] - places[0][0]) / max(len(days) - 1, 1) or 20.0
    wide = round(min(24.0, max(4.0, spacing)), 1)
    radius = 5.0 if spacing >= 10 else 3.0
    points = tuple(
        Point(
            (Circle(x, y, radius, HELP[round(4 * (one.value - lowest) / (highest - lowest))]),),
            (round(x - wide / 2, 1), _TOP - 8, wide, bottom - _TOP + 16),
            one.day,
            words[one.value],
        )
        for one, (x, y) in zip(days, places, strict=True)
    )
    return Picture(shape.name, shape.width, bottom + FOOT, tuple(parts), points)


def _runs(days: Sequence[Day], places: Sequence[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    """Days close to each other, two or more."""
    runs = [[places[0]]]
    for (before, one), place in zip(pairwise(days), places[1:], strict=True):
        if one.day - before.day > JOINED:
            runs.append([])
        runs[-1].append(place)
    return [run for run in runs if len(run) > 1]
