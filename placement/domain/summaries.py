"""The summary rows as pure functions, shared by the writer and the rebuild, so that both come out equal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import NamedTuple

from placement.domain.milestones import TaskPoint
from placement.domain.shifts import Attendance, is_owed, was_present
from placement.domain.trend import SlipState, TaskVerdict, slip_step


@dataclass(frozen=True, slots=True)
class TaskSummary:
    """One participant's task so far. Every field follows from the points; nothing else is kept.

    ``count`` rated occasions, ``alone_count`` of them alone; ``run_alone`` the
    current and ``best_run`` the longest run alone; ``best_rank`` and
    ``first_rank`` canonical. ``not_since`` is the slipping rule's memory.
    ``verdict_since``: the day of the occasion that brought the verdict.
    """

    count: int = 0
    alone_count: int = 0
    first_rank: int | None = None
    first_at: datetime | None = None
    first_day: date | None = None
    last_rank: int | None = None
    last_at: datetime | None = None
    last_day: date | None = None
    last_occasion: int | None = None
    best_rank: int | None = None
    run_alone: int = 0
    best_run: int = 0
    not_since: int = 0
    verdict: TaskVerdict = TaskVerdict.NONE
    verdict_since: date | None = None


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


def task_summary(points: Iterable[TaskPoint]) -> TaskSummary:
    """The summary of one task's points, in any order."""
    summary = TaskSummary()
    for point in sorted(points, key=lambda point: (point.at, point.occasion)):
        summary = add_point(summary, point)
    return summary


def task_summaries(points: Iterable[TaskPoint]) -> dict[int, TaskSummary]:
    """Task → summary, from one participant's points of all tasks."""
    return {task: task_summary(of_task) for task, of_task in _by_task(points).items()}


def is_newest(summary: TaskSummary, point: TaskPoint) -> bool:
    """Whether a point comes after all the summary has seen, so that it may be added."""
    if summary.last_at is None or summary.last_occasion is None:
        return True
    return (point.at, point.occasion) > (summary.last_at, summary.last_occasion)


def add_point(summary: TaskSummary, point: TaskPoint) -> TaskSummary:
    """The summary with one point more. Raises ValueError unless it is the newest: then recompute from all points."""
    if not is_newest(summary, point):
        raise ValueError("only the newest point can be added")
    before = SlipState(summary.run_alone, summary.not_since)
    state = slip_step(before, point.rank)
    since = summary.verdict_since if before.slipping else point.day
    first = summary.count == 0
    return TaskSummary(
        count=summary.count + 1,
        alone_count=summary.alone_count + (state.run_alone > 0),
        first_rank=point.rank if first else summary.first_rank,
        first_at=point.at if first else summary.first_at,
        first_day=point.day if first else summary.first_day,
        last_rank=point.rank,
        last_at=point.at,
        last_day=point.day,
        last_occasion=point.occasion,
        best_rank=point.rank if summary.best_rank is None else max(summary.best_rank, point.rank),
        run_alone=state.run_alone,
        best_run=max(summary.best_run, state.run_alone),
        not_since=state.not_since,
        verdict=TaskVerdict.NEEDS_MORE_HELP if state.slipping else TaskVerdict.NONE,
        verdict_since=since if state.slipping else None,
    )


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def week_medians(points: Iterable[TaskPoint]) -> dict[date, WeekMedian]:
    """Monday → median rank of one task's points in that week, oldest week first."""
    weeks: dict[date, list[int]] = defaultdict(list)
    for point in points:
        weeks[monday_of(point.day)].append(point.rank)
    return {monday: WeekMedian(float(median(ranks)), len(ranks)) for monday, ranks in sorted(weeks.items())}


def placement_summary(shifts: Iterable[PlacementShift], now: datetime) -> PlacementSummary:
    """The summary of one placement's shifts, in any order, as it is at ``now`` (UTC)."""
    every = list(shifts)
    done = [shift for shift in every if was_present(shift.attendance)]
    days = [shift.day for shift in done]
    return PlacementSummary(
        minutes_worked=sum(shift.minutes or 0 for shift in done),
        shifts_planned=len(every),
        shifts_done=len(done),
        shifts_open=sum(shift.minutes is None for shift in done),
        shifts_absent=sum(shift.attendance is Attendance.ABSENT for shift in every),
        shifts_excused=sum(shift.attendance is Attendance.EXCUSED for shift in every),
        first_shift_day=min(days, default=None),
        last_shift_day=max(days, default=None),
        owed_count=sum(_owed(shift, now) for shift in every),
        next_due_at=min(
            (shift.ends_at for shift in every if shift.ends_at > now and _owed(shift, shift.ends_at)), default=None
        ),
    )


def _owed(shift: PlacementShift, now: datetime) -> bool:
    return is_owed(shift.ends_at, now, shift.attendance, shift.has_feedback)


def _by_task(points: Iterable[TaskPoint]) -> dict[int, list[TaskPoint]]:
    tasks: dict[int, list[TaskPoint]] = defaultdict(list)
    for point in points:
        tasks[point.task].append(point)
    return tasks
