"""Support over time for one task: the geometry of the chart, and what it says in words.

The same numbers are drawn twice, for a phone and for a wide page (the style
sheet shows one), and listed once as table rows. Nothing is smoothed: a task
that was not tried is a gap, and past :data:`MOST_POINTS` each point is the
middle answer of a week, which a note says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from statistics import median

from placement.charts.level_drawing import NARROW, WIDE, LevelDrawing, LevelPoint, Shape, Span, draw_levels
from placement.charts.level_marks import Mark
from placement.charts.phases import PhaseLine
from placement.charts.scale import Level, LevelScale, Words
from placement.domain.summaries import monday_of
from placement.domain.words import Say, say

__all__ = [
    "Level",
    "LevelChart",
    "LevelPoint",
    "LevelRow",
    "Mark",
    "PhaseLine",
    "Span",
    "level_chart",
    "weekly_medians",
]

#: More answers than this are drawn as weekly medians.
MOST_POINTS = 60


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A line of the table: None as words means not tried."""

    day: date
    words: Words | None
    count: int
    key: str | None
    marks: tuple[Mark, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class LevelChart:
    """What the page shows for one task: a sentence, drawings (none without answers), notes, the numbers as rows."""

    summary: Say
    notes: tuple[Say, ...]
    drawings: tuple[LevelDrawing, ...]
    rows: tuple[LevelRow, ...]
    weekly: bool


def level_chart(
    points: Sequence[LevelPoint],
    levels: Sequence[Level],
    milestones: Sequence[Mark] = (),
    events: Sequence[PhaseLine] = (),
    *,
    weekly: bool = False,
    spans: Sequence[Span] = (),
    shapes: Sequence[Shape] = (NARROW, WIDE),
) -> LevelChart:
    """Draw a task's answers over time.

    Points in any order, one per occasion; with ``weekly`` they are medians
    already. Raises ValueError on fewer than two levels.
    """
    scale = LevelScale.of(levels)
    given = sorted(points, key=lambda point: point.at)
    squeezed = not weekly and sum(point.rank is not None for point in given) > MOST_POINTS
    shown = weekly_medians(given) if squeezed else given
    marks = sorted(milestones, key=lambda mark: mark.day)
    rated = [point for point in shown if point.rank is not None]
    drawings = (
        tuple(draw_levels(shape, shown, scale, marks, events, weekly or squeezed, spans) for shape in shapes)
        if rated
        else ()
    )
    return LevelChart(
        summary=_summary(given, scale),
        notes=_notes(shown, weekly or squeezed, bool(spans), any(mark.kept is not None for mark in marks)),
        drawings=drawings,
        rows=_rows(shown, scale, marks, weekly or squeezed),
        weekly=weekly or squeezed,
    )


def weekly_medians(points: Sequence[LevelPoint]) -> list[LevelPoint]:
    """One point per week that has any: median rank of the answers, None when the task was never tried in it."""
    weeks = []
    for monday, group in groupby(sorted(points, key=lambda point: point.at), key=lambda point: monday_of(point.at)):
        of_week = list(group)
        ranks = [point.rank for point in of_week if point.rank is not None]
        notes = " · ".join(point.note for point in of_week if point.note)
        weeks.append(LevelPoint(monday, median(ranks) if ranks else None, None, len(ranks), notes))
    return weeks


def _rows(points: Sequence[LevelPoint], scale: LevelScale, marks: Sequence[Mark], weekly: bool) -> tuple[LevelRow, ...]:
    """Newest first, as people look for the last one."""
    of_day: dict[date, list[Mark]] = {}
    for mark in marks:
        of_day.setdefault(monday_of(mark.day) if weekly else mark.day, []).append(mark)
    rows = []
    for point in points:
        words = None if point.rank is None else scale.read(point.rank).words
        rows.append(LevelRow(point.at, words, point.count, point.key, tuple(of_day.pop(point.at, ())), point.note))
    return tuple(reversed(rows))


def _summary(points: Sequence[LevelPoint], scale: LevelScale) -> Say:
    """The first and the last answer as they were given: a fact, not a verdict."""
    rated = [(point.at, point.rank) for point in points if point.rank is not None]
    if not rated:
        return say("No answers yet.")
    (first_day, first), (last_day, last) = rated[0], rated[-1]
    params = {"first": scale.words(first), "last": scale.words(last), "from_day": first_day, "to_day": last_day}
    if len(rated) == 1:
        return say("One answer so far: “%(last)s” on %(to_day)s.", last=params["last"], to_day=last_day)
    if last > first:
        return say("From “%(first)s” on %(from_day)s to “%(last)s” on %(to_day)s.", **params)
    if last == first:
        return say("“%(first)s” on %(from_day)s, and “%(last)s” on %(to_day)s.", **params)
    return say("“%(first)s” on %(from_day)s, “%(last)s” on %(to_day)s.", **params)


def _notes(points: Sequence[LevelPoint], weekly: bool, spans: bool, checks: bool) -> tuple[Say, ...]:
    notes = []
    if weekly:
        notes.append(say("Each point is the middle answer of one week."))
    if any(point.rank is None for point in points):
        notes.append(say("A gap means that the task was not tried."))
    if spans:
        notes.append(say("The broken lines across are the middle answer of each phase."))
    if checks:
        notes.append(say("A diamond is a check of what was mastered: filled it was kept, open it needs a look."))
    return tuple(notes)
