"""The small line of a caseload list: support over the last weeks, without axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from placement.charts.scale import Level, LevelScale, path
from placement.domain.words import Say, say

WIDTH = 120.0
HEIGHT = 34.0
_EDGE = 6.0


@dataclass(frozen=True, slots=True)
class Spark:
    """Pixels: lines, single points without neighbors, and the last point with its lightness step."""

    traces: tuple[str, ...]
    singles: tuple[tuple[float, float], ...]
    last: tuple[float, float, int] | None
    summary: Say
    width: float = WIDTH
    height: float = HEIGHT


def sparkline(ranks: Sequence[float | None], levels: Sequence[Level]) -> Spark:
    """One rank per week, oldest first; None is a week without answers and stays a gap. Levels as in a level chart."""
    scale = LevelScale.of(levels)
    spread = (WIDTH - 2 * _EDGE) / max(1, len(ranks) - 1)
    rise = (HEIGHT - 2 * _EDGE) / (len(scale.levels) - 1)
    runs: list[list[tuple[float, float]]] = [[]]
    for index, rank in enumerate(ranks):
        if rank is None:
            runs.append([])
        else:
            runs[-1].append((round(_EDGE + spread * index, 1), round(HEIGHT - _EDGE - rise * scale.place(rank), 1)))
    rated = [rank for rank in ranks if rank is not None]
    if not rated:
        return Spark((), (), None, say("No answers in these weeks."))
    end = next(run[-1] for run in reversed(runs) if run)
    return Spark(
        traces=tuple(path(run) for run in runs if len(run) > 1),
        singles=tuple(run[0] for run in runs if len(run) == 1 and run[0] != end),
        last=(*end, scale.step(rated[-1])),
        summary=say("First “%(first)s”, last “%(last)s”.", first=scale.words(rated[0]), last=scale.words(rated[-1])),
    )
