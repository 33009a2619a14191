"""The share of hours with a coach, week by week, as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from placement.charts.axis import Tick, TimeAxis
from placement.domain.fading import FOLLOW_ALONG, WeekShare
from placement.domain.words import Say, say

_GRID = (0, 50, 100)
_TOP, _BOTTOM = 14.0, 132.0


@dataclass(frozen=True, slots=True)
class ShareBar:
    """A week's bar in pixels, its Monday and its percent; a week with no hours has none."""

    x: float
    y: float
    width: float
    height: float
    monday: date
    percent: float


@dataclass(frozen=True, slots=True)
class ShareDrawing:
    """One SVG. ``grid``: (height, percent); ``follow_along``: the height of the dashed line."""

    name: str
    width: int
    height: float
    left: float
    right: float
    bottom: float
    grid: tuple[tuple[float, int], ...]
    follow_along: float
    bars: tuple[ShareBar, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class ShareChart:
    """A sentence, the drawings (none without hours), and the weeks as rows, newest first."""

    summary: Say
    drawings: tuple[ShareDrawing, ...]
    rows: tuple[WeekShare, ...]


def share_chart(weeks: Sequence[WeekShare]) -> ShareChart:
    """Weeks from the oldest to the newest, without gaps; those before the first hours are left out."""
    known = [week for week in weeks if week.share is not None]
    if not known:
        return ShareChart(say("No hours are known in these weeks."), (), ())
    first, last = known[0], known[-1]
    summary = say(
        "Week from %(first)s: %(before)s %% of the hours with a coach. Week from %(last)s: %(now)s %%.",
        first=first.monday, before=round(first.share or 0), last=last.monday, now=round(last.share or 0),
    )  # fmt: skip
    weeks = weeks[weeks.index(first) :]
    drawings = tuple(_draw(name, width, ticks, weeks) for name, width, ticks in (("narrow", 300, 4), ("wide", 640, 7)))
    return ShareChart(summary, drawings, tuple(reversed(weeks)))


def _draw(name: str, width: int, most_ticks: int, weeks: Sequence[WeekShare]) -> ShareDrawing:
    left, right = 48.0, width - 12.0
    slot = (right - left) / len(weeks)
    # Each bar stands in the middle of its slot; the ticks name its Monday.
    axis = TimeAxis(weeks[0].monday, weeks[-1].monday, left + slot / 2, right - slot / 2)
    drawn = slot * 0.62
    bars = [
        ShareBar(round(axis.x(week.monday) - drawn / 2, 1), _height(week.share), round(drawn, 1),
                 round(_BOTTOM - _height(week.share), 1), week.monday, week.share)
        for week in weeks
        if week.share is not None
    ]  # fmt: skip
    return ShareDrawing(
        name=name,
        width=width,
        height=_BOTTOM + 28,
        left=left,
        right=right,
        bottom=_BOTTOM,
        grid=tuple((_height(percent), percent) for percent in _GRID),
        follow_along=_height(FOLLOW_ALONG),
        bars=tuple(bars),
        ticks=axis.ticks(most_ticks),
    )


def _height(percent: float) -> float:
    return round(_BOTTOM - (_BOTTOM - _TOP) * percent / 100, 1)
