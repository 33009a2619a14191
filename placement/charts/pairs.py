"""The same task seen by two: the person's own word beside the shop's. Something to talk about, never a score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from statistics import median

from placement.charts.axis import TimeAxis
from placement.charts.level_drawing import NARROW, ROW, WIDE, Shape
from placement.charts.picture import (
    FOOT,
    HELP,
    Chart,
    Circle,
    Ink,
    Line,
    Part,
    Picture,
    Point,
    Row,
    Text,
    diamond,
    tick_parts,
)
from placement.charts.scale import Level, LevelScale
from placement.domain.summaries import monday_of
from placement.domain.words import Say, say, say_n

#: More shifts seen by both than this are drawn as weekly medians.
MOST_POINTS = 60


@dataclass(frozen=True, slots=True)
class Pair:
    """A shift both said something about: canonical ranks. ``key``: to link it."""

    at: date
    own: float
    others: float
    key: str | None = None


def pairs_chart(pairs: Sequence[Pair], levels: Sequence[Level], *, shapes: Sequence[Shape] = (NARROW, WIDE)) -> Chart:
    """Shifts in any order, only those both sides gave a level for. Raises ValueError on fewer than two levels."""
    scale = LevelScale.of(levels)
    given = sorted(pairs, key=lambda pair: pair.at)
    weekly = len(given) > MOST_POINTS
    shown = _weekly(given) if weekly else given
    notes = [say("The circle is what the shop saw, the diamond the person’s own word.")] if shown else []
    if weekly:
        notes.append(say("Each pair is the middle of one week."))
    if shown:
        notes.append(say("Two people may see one shift differently. It is a question to talk about, not a mistake."))
    return Chart(
        title=say("Seen by both"),
        summary=_summary(given),
        notes=tuple(notes),
        pictures=tuple(_draw(shape, shown, scale) for shape in shapes) if shown else (),
        columns=(say("Week from") if weekly else say("Day"), say("The shop"), say("Own word")),
        rows=tuple(
            Row(pair.at, (scale.words(pair.others), scale.words(pair.own)), pair.key) for pair in reversed(shown)
        ),
    )


def _weekly(pairs: Sequence[Pair]) -> list[Pair]:
    found = []
    for monday, group in groupby(pairs, key=lambda pair: monday_of(pair.at)):
        of_week = list(group)
        found.append(Pair(monday, median(one.own for one in of_week), median(one.others for one in of_week)))
    return found


def _summary(pairs: Sequence[Pair]) -> Say:
    """How often, in words; no rate, no average: nothing here is right or wrong."""
    if not pairs:
        return say("No shift has been rated by both yet.")
    same = sum(pair.own == pair.others for pair in pairs)
    more = sum(pair.own < pair.others for pair in pairs)
    less = len(pairs) - same - more
    seen = say_n("%(n)s shift seen by both", "%(n)s shifts seen by both", len(pairs))
    return say(
        "%(seen)s. The same: %(same)s. Less help in their own view: %(less)s. More help: %(more)s.",
        seen=seen, same=same, less=less, more=more,
    )  # fmt: skip


def _draw(shape: Shape, pairs: Sequence[Pair], scale: LevelScale) -> Picture:
    right = shape.width - 8.0
    axis = TimeAxis(pairs[0].at, pairs[-1].at, shape.left + 10.0, right - 6.0)
    top = 16.0
    bottom = top + ROW * (len(scale.levels) - 1)
    parts: list[Part] = []
    for nth, level in enumerate(scale.levels):
        y = bottom - ROW * nth
        ink = Ink.STRONG if nth == len(scale.levels) - 1 else Ink.TEXT
        parts.append(Line(shape.left, y, right, y, Ink.GRID))
        parts.append(Text(shape.left - 8, y + 4.5, level.words, "end", ink, shape.label_chars))
    parts += tick_parts(axis.ticks(shape.most_ticks), bottom + 24)
    spacing = (axis.right - axis.left) / max(1, len(pairs) - 1)
    radius = round(min(5.0, max(1.8, spacing * 0.36)), 1)
    wide = round(min(24.0, max(3.0, spacing)), 1)
    points = tuple(_point(pair, axis.x(pair.at), scale, radius, (top, bottom, wide)) for pair in pairs)
    return Picture(shape.name, shape.width, bottom + FOOT, tuple(parts), points)


def _point(pair: Pair, x: float, scale: LevelScale, radius: float, box: tuple[float, float, float]) -> Point:
    """A circle with the diamond over it; where they differ, a line joins them."""
    top, bottom, wide = box
    own, others = scale.read(pair.own), scale.read(pair.others)
    y_own, y_others = round(bottom - ROW * own.place, 1), round(bottom - ROW * others.place, 1)
    parts: list[Part] = [] if y_own == y_others else [Line(x, y_own, x, y_others, Ink.LINK)]
    parts.append(Circle(x, y_others, radius, HELP[others.step]))
    parts.append(diamond(x, y_own, round(radius + 2.5, 1), Ink.OPEN))
    if y_own == y_others:
        # Both are seen: the circle lies inside the diamond.
        parts[-2:] = [parts[-1], Circle(x, y_others, round(radius * 0.6, 1), HELP[others.step])]
    said = (
        say("both “%(level)s”", level=own.words)
        if pair.own == pair.others
        else say("shop “%(others)s”, own “%(own)s”", others=others.words, own=own.words)
    )
    return Point(tuple(parts), (round(x - wide / 2, 1), top - 6, wide, bottom - top + 12), pair.at, said)
