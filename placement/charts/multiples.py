"""Small charts of many people, one below the other: everybody on the same weeks and the same levels.

They are read one by one: nobody is ranked, and the order is the list's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median

from placement.charts.picture import HELP, Circle, Curve, Ink, Line, Part, Picture, Point, Text
from placement.charts.scale import Level, LevelScale, Words, path
from placement.domain.words import Say, say

#: Weeks each small chart shows.
WEEKS = 12
WIDTH, HEIGHT = 148.0, 62.0
_EDGE, _TOP, _BOTTOM = 7.0, 7.0, 43.0


def middle_levels(weeks: Sequence[tuple[date, float]], last: date) -> tuple[float | None, ...]:
    """For each of the weeks up to ``last`` (a Monday) the middle of the tasks' medians; None without answers.

    ``weeks``: (Monday, median rank) of every task, in any order; others than the last weeks are left out.
    """
    found: dict[date, list[float]] = {}
    for monday, rank in weeks:
        found.setdefault(monday, []).append(rank)
    mondays = [last - timedelta(weeks=WEEKS - 1 - nth) for nth in range(WEEKS)]
    return tuple(median(found[monday]) if monday in found else None for monday in mondays)


def small_chart(ranks: Sequence[float | None], levels: Sequence[Level], last: date) -> Picture | None:
    """One person's weeks, oldest first, on all the program's levels; None without answers.

    Raises ValueError on fewer than two levels.
    """
    scale = LevelScale.of(levels)
    if all(rank is None for rank in ranks):
        return None
    spread = (WIDTH - 2 * _EDGE) / max(1, len(ranks) - 1)
    rise = (_BOTTOM - _TOP) / (len(scale.levels) - 1)
    parts: list[Part] = [
        Line(0, y, WIDTH, y, Ink.GRID)
        for y in (round(_BOTTOM - rise * place, 1) for place in range(len(scale.levels)))
    ]  # fmt: skip
    runs: list[list[tuple[float, float]]] = [[]]
    points = []
    for nth, rank in enumerate(ranks):
        if rank is None:
            runs.append([])
            continue
        seen = scale.read(rank)
        x, y = round(_EDGE + spread * nth, 1), round(_BOTTOM - rise * seen.place, 1)
        runs[-1].append((x, y))
        week = last - timedelta(weeks=len(ranks) - 1 - nth)
        hit = (round(x - spread / 2, 1), 0.0, round(spread, 1), _BOTTOM + 6)
        points.append(Point((Circle(x, y, 3.2, HELP[seen.step]),), hit, week, _near(rank, scale)))
    parts += [Curve(path(run), Ink.TRACE) for run in runs if len(run) > 1]
    parts.append(Text(0, HEIGHT - 5, points[-1].words, "start", Ink.TEXT))
    return Picture("small", WIDTH, HEIGHT, tuple(parts), tuple(points))


def _near(rank: float, scale: LevelScale) -> Words:
    """A level's words; between two, about the one with more help: there is no room for both."""
    below = scale.levels[int(scale.place(rank))]
    return below.words if rank in (below.rank, scale.levels[-1].rank) else say("about “%(level)s”", level=below.words)


def small_summary(ranks: Sequence[float | None], levels: Sequence[Level]) -> Say:
    """The first and the last week with answers."""
    scale = LevelScale.of(levels)
    rated = [rank for rank in ranks if rank is not None]
    if not rated:
        return say("No answers in these weeks.")
    return say("First “%(first)s”, last “%(last)s”.", first=scale.words(rated[0]), last=scale.words(rated[-1]))


def week_words(ranks: Sequence[float | None], levels: Sequence[Level]) -> tuple[Words | None, ...]:
    """The same weeks for the table."""
    scale = LevelScale.of(levels)
    return tuple(None if rank is None else scale.words(rank) for rank in ranks)
