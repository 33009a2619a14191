"""The summary rows as pure functions, shared by the writer and the rebuild, so that both come out equal."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any, NamedTuple

from placement.domain.milestones import ShiftPoint, TaskPoint
from placement.domain.shifts import Attendance, is_owed, was_present
from placement.domain.support import is_alone
from placement.domain.verdict import Occasion, Trend, verdict


@dataclass(frozen=True, slots=True)
class TaskSummary:
    """One participant's task so far. Every field follows from the record; nothing else is kept.

    ``count`` rated occasions, ``alone_count`` of them alone; ``run_alone`` the
    current and ``best_run`` the longest run alone; ``best_rank`` and
    ``first_rank`` canonical. ``trend`` and what it rests on are those of
    :class:`placement.domain.verdict.Verdict`: ``trend_size`` occasions are
    compared with as many before them; ``trend_since`` is the day of the
    occasion that brought it, None while it is too early to tell.
    """

    count: int
    alone_count: int
    first_rank: int
    first_at: datetime
    first_day: date
    last_rank: int
    last_at: datetime
    last_day: date
    last_occasion: int
    best_rank: int
    run_alone: int
    best_run: int
    trend: Trend
    trend_since: date | None
    trend_nap: float | None
    trend_size: int
    trend_rated: int
    trend_shifts: int


class WeekMedian(NamedTuple):
    """A task's median canonical rank in one week, and how many rated occasions it stands on."""

    rank: float
    n: int


@dataclass(frozen=True, slots=True)
class PlacementShift:
    """A placement's shift as its summary sees it; ``minutes`` is None while unknown, ``day`` local."""

    occasion: int
    day: date
    ends_at: datetime
    attendance: Attendance
    minutes: int | None
    has_feedback: bool


@dataclass(frozen=True, slots=True)
class PlacementSummary:
    """One placement so far.

    ``shifts_done``: somebody said the participant came; ``shifts_open`` of
    them have no known minutes yet. ``last_shift_day`` is the latest done.
    ``owed_count`` holds at the moment asked about, until ``next_due_at``, the
    end of the next shift that will be owed (None: no such shift is planned).
    """

    minutes_worked: int = 0
    shifts_planned: int = 0
    shifts_done: int = 0
    shifts_open: int = 0
    shifts_absent: int = 0
    shifts_excused: int = 0
    first_shift_day: date | None = None
    last_shift_day: date | None = None
    owed_count: int = 0
    next_due_at: datetime | None = None


def task_summary(points: Collection[TaskPoint], unrated: Iterable[ShiftPoint] = ()) -> TaskSummary:
    """The summary of one task's points (at least one), in any order.

    ``unrated``: the shifts on which it might have been rated and was not, see :func:`unrated_shifts`.
    """
    ordered = sorted(points, key=lambda point: (point.at, point.occasion))
    first, last = ordered[0], ordered[-1]
    runs = _runs([is_alone(point.rank) for point in ordered])
    return TaskSummary(
        count=len(ordered),
        alone_count=sum(is_alone(point.rank) for point in ordered),
        first_rank=first.rank,
        first_at=first.at,
        first_day=first.day,
        last_rank=last.rank,
        last_at=last.at,
        last_day=last.day,
        last_occasion=last.occasion,
        best_rank=max(point.rank for point in ordered),
        run_alone=runs[-1],
        best_run=max(runs),
        **_trend(ordered, unrated),
    )


def task_summaries(
    points: Iterable[TaskPoint], shifts: Iterable[ShiftPoint] = (), not_done: Collection[tuple[int, int]] = ()
) -> dict[int, TaskSummary]:
    """Task → summary, from one participant's points of all tasks and their shifts.

    ``not_done``: (occasion, task) where somebody said that the task was not attempted.
    """
    standing = list(shifts)
    return {
        task: task_summary(of_task, unrated_shifts(of_task, standing, not_done))
        for task, of_task in _by_task(points).items()
    }


def unrated_shifts(
    points: Collection[TaskPoint], shifts: Collection[ShiftPoint], not_done: Collection[tuple[int, int]] = ()
) -> list[ShiftPoint]:
    """The shifts on which one task (its points) might have been rated and was not.

    Those of the placements in which it was rated at all, from its first to its last rating: what comes after is not
    missing yet. Nobody came, or somebody said that the task was not attempted: then there was nothing to rate.
    """
    if not points:
        return []
    first, last = min(point.at for point in points), max(point.at for point in points)
    rated = {point.occasion for point in points}
    task = next(iter(points)).task
    places = {shift.placement for shift in shifts if shift.occasion in rated}
    return [
        shift
        for shift in shifts
        if shift.placement in places
        and first <= shift.at <= last
        and shift.occasion not in rated
        and (shift.occasion, task) not in not_done
        and shift.attendance not in (Attendance.ABSENT, Attendance.EXCUSED)
    ]


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of a day's week."""
    monday = monday_of(day)
    return monday, monday + timedelta(days=6)


def week_medians(points: Iterable[TaskPoint]) -> dict[date, WeekMedian]:
    """Monday → median rank of one task's points in that week, oldest week first."""
    weeks: dict[date, list[int]] = defaultdict(list)
    for point in points:
        weeks[monday_of(point.day)].append(point.rank)
    return {monday: WeekMedian(float(median(ranks)), len(ranks)) for monday, ranks in sorted(weeks.items())}


def placement_summary(shifts: Iterable[PlacementShift], now: datetime) -> PlacementSummary:
    """The summary of one placement's shifts, in any order, as it is at ``now`` (UTC)."""
    every = list(shifts)
    return PlacementSummary(
        **placement_numbers(every),
        owed_count=sum(_owed(shift, now) for shift in every),
        next_due_at=min(
            (shift.ends_at for shift in every if shift.ends_at > now and _owed(shift, shift.ends_at)), default=None
        ),
    )


def placement_numbers(shifts: Sequence[ShiftPoint] | Sequence[PlacementShift]) -> dict[str, Any]:
    """The part of :func:`placement_summary` that no clock moves."""
    done = [shift for shift in shifts if was_present(shift.attendance)]
    days = [shift.day for shift in done]
    said = Counter([shift.attendance for shift in shifts])
    return {
        "minutes_worked": sum([shift.minutes or 0 for shift in done]),
        "shifts_planned": len(shifts),
        "shifts_done": len(done),
        "shifts_open": sum([shift.minutes is None for shift in done]),
        "shifts_absent": said[Attendance.ABSENT],
        "shifts_excused": said[Attendance.EXCUSED],
        "first_shift_day": min(days, default=None),
        "last_shift_day": max(days, default=None),
    }


def _owed(shift: PlacementShift, now: datetime) -> bool:
    return is_owed(shift.ends_at, now, shift.attendance, shift.has_feedback)


def _by_task(points: Iterable[TaskPoint]) -> dict[int, list[TaskPoint]]:
    tasks: dict[int, list[TaskPoint]] = defaultdict(list)
    for point in points:
        tasks[point.task].append(point)
    return tasks


def _runs(alone: Iterable[bool]) -> list[int]:
    """After each occasion: how many running were alone."""
    runs, length = [], 0
    for was_alone in alone:
        length = length + 1 if was_alone else 0
        runs.append(length)
    return runs


def _trend(points: Iterable[TaskPoint], unrated: Iterable[ShiftPoint]) -> dict[str, Any]:
    """The columns that say what the latest stretch says."""
    rated = [(point.at, point.occasion, point.day, Occasion(point.rank, point.site, point.raters)) for point in points]
    missing = [(shift.at, shift.occasion, shift.day, Occasion(None, 0)) for shift in unrated]
    ordered = sorted(rated + missing, key=lambda row: row[:2])
    found = verdict([row[3] for row in ordered])
    return {
        "trend": found.trend,
        "trend_since": None if found.since is None else ordered[found.since][2],
        "trend_nap": found.nap,
        "trend_size": found.later,
        "trend_rated": found.rated,
        "trend_shifts": found.shifts,
    }
