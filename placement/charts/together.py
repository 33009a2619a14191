"""How two people say they work together: one point of the check-in, answered in words after each session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

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
from placement.domain.words import Say, say, say_n

_TOP = 18.0


@dataclass(frozen=True, slots=True)
class Answered:
    """After a session on ``day``; ``value`` None: the question was skipped. ``key``: to link the session."""

    day: date
    value: int | None
    key: str | None = None


def together_chart(
    title: Say, answers: Mapping[int, Say], said: Sequence[Answered], shapes: Sequence[Shape] = (NARROW, WIDE)
) -> Chart:
    """``answers``: each answer in words, higher is better, evenly spaced. ``said`` in order of time."""
    known = [one for one in said if one.value is not None]
    skipped = len(said) - len(known)
    notes = (say_n("%(n)s time this was skipped.", "%(n)s times this was skipped.", skipped),) if skipped else ()
    return Chart(
        title=title,
        summary=_summary(answers, known),
        notes=notes if known else (),
        pictures=tuple(_draw(shape, answers, said) for shape in shapes) if known else (),
        columns=(say("Day"), say("Answer")),
        rows=tuple(
            Row(one.day, (None if one.value is None else answers[one.value],), one.key) for one in reversed(said)
        ),
    )


def _summary(answers: Mapping[int, Say], known: Sequence[Answered]) -> Say:
    if not known:
        return say("No answers yet.")
    last = answers[known[-1].value or 0]
    if len(known) == 1:
        return say("Once so far: %(answer)s.", answer=last)
    return say("At first: %(first)s. Last: %(last)s.", first=answers[known[0].value or 0], last=last)


def _draw(shape: Shape, answers: Mapping[int, Say], said: Sequence[Answered]) -> Picture:
    right = shape.width - 12.0
    axis = TimeAxis(said[0].day, said[-1].day, shape.left + 10.0, right - 10.0)
    highest = max(answers)
    bottom = _TOP + ROW * (highest - min(answers))
    parts: list[Part] = []
    for value, words in answers.items():
        y = _TOP + ROW * (highest - value)
        parts.append(Line(shape.left, y, right, y, Ink.GRID))
        parts.append(Text(shape.left - 8, y + 4.5, words, "end", chars=shape.label_chars))
    places = {id(one): (axis.x(one.day), _TOP + ROW * (highest - one.value)) for one in said if one.value is not None}
    # The line breaks where the question was skipped.
    for is_known, group in groupby(said, key=lambda one: one.value is not None):
        run = [places[id(one)] for one in group] if is_known else []
        if len(run) > 1:
            parts.append(Curve(path(run), Ink.TRACE))
    parts += tick_parts(axis.ticks(shape.most_ticks), bottom + 24)
    spacing = (axis.x(said[-1].day) - axis.x(said[0].day)) / max(len(said) - 1, 1) or 20.0
    wide = round(min(24.0, max(4.0, spacing)), 1)
    points = tuple(
        Point(
            (Circle(*places[id(one)], 5.0, HELP[round(4 * (one.value - 1) / (highest - 1))]),),
            (round(places[id(one)][0] - wide / 2, 1), _TOP - 8, wide, bottom - _TOP + 16),
            one.day,
            answers[one.value],
        )
        for one in said
        if one.value is not None
    )
    return Picture(shape.name, shape.width, bottom + FOOT, tuple(parts), points)
