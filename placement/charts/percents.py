"""Percentages on an axis of time: the grid, the points and the lines between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from placement.charts.level_drawing import LONGEST_BRIDGE
from placement.charts.picture import HELP, Circle, Ink, Line, Part, Point, Text
from placement.charts.scale import path
from placement.domain.words import say

_GRID = (0, 25, 50, 75, 100)


@dataclass(frozen=True, slots=True)
class Alone:
    """A shift (or a week): ``alone`` of ``tried`` tasks or shifts, ``tried`` above 0. ``key``: to link it."""

    at: date
    alone: float
    tried: float
    key: str | None = None

    @property
    def percent(self) -> float:
        return 100 * self.alone / self.tried


def height(percent: float, top: float, bottom: float) -> float:
    """Where a percentage stands between ``bottom`` (0) and ``top`` (100)."""
    return round(bottom - (bottom - top) * percent / 100, 1)


def percent_grid(left: float, right: float, top: float, bottom: float, at: Sequence[int] = _GRID) -> list[Part]:
    """Lines across with their percentages at the left."""
    parts: list[Part] = []
    for percent in at:
        y = height(percent, top, bottom)
        parts.append(Line(left, y, right, y, Ink.GRID))
        parts.append(Text(left - 8, y + 4.5, say("%(percent)s %%", percent=percent), "end"))
    return parts


def traces(points: Sequence[Alone], places: Sequence[tuple[float, float]]) -> list[str]:
    """Lines through the points, not across a long silence."""
    runs: list[list[tuple[float, float]]] = []
    before: date | None = None
    for point, place in zip(points, places, strict=True):
        if before is None or point.at - before > LONGEST_BRIDGE:
            runs.append([])
        runs[-1].append(place)
        before = point.at
    return [path(run) for run in runs if len(run) > 1]


def marks(
    points: Sequence[Alone], places: Sequence[tuple[float, float]], top: float, bottom: float
) -> tuple[Point, ...]:
    """A dot each; the whole column takes the pointer."""
    spacing = (places[-1][0] - places[0][0]) / (len(places) - 1) if len(places) > 1 else 20.0
    radius = round(min(5.5, max(1.8, spacing * 0.42)), 1)
    wide = round(min(24.0, max(3.0, spacing)), 1)
    return tuple(
        Point(
            (Circle(x, y, radius, HELP[round(point.percent / 25)]),),
            (round(x - wide / 2, 1), top - 6, wide, bottom - top + 12),
            point.at,
            say("%(percent)s %% alone", percent=round(point.percent)),
        )
        for point, (x, y) in zip(points, places, strict=True)
    )
