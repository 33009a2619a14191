from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.domain.milestones import TaskPoint
from placement.domain.shifts import Attendance
from placement.domain.summaries import (
    PlacementShift,
    PlacementSummary,
    TaskSummary,
    WeekMedian,
    add_point,
    is_newest,
    monday_of,
    placement_summary,
    task_summaries,
    task_summary,
    week_medians,
)
from placement.domain.trend import TaskVerdict, slipping
from tests.domain.histories import SHELVES, TILL, at, task, task_points

points_of_one_task = st.lists(
    task_points.filter(lambda point: point.task == SHELVES), max_size=25, unique_by=lambda point: point.occasion
)


def ordered(points: list[TaskPoint]) -> list[TaskPoint]:
    return sorted(points, key=lambda point: point.at)


@given(points_of_one_task)
def test_incremental_equals_recomputed(points: list[TaskPoint]) -> None:
    summary = TaskSummary()
    seen: list[TaskPoint] = []
    for point in points:
        seen.append(point)
        summary = add_point(summary, point) if is_newest(summary, point) else task_summary(seen)
        assert summary == task_summary(list(reversed(seen)))


@given(points_of_one_task)
def test_the_summary_says_what_the_points_say(points: list[TaskPoint]) -> None:
    summary, ranks = task_summary(points), [point.rank for point in ordered(points)]
    runs = [len(list(group)) for alone, group in groupby(ranks, lambda rank: rank == 6) if alone]
    assert summary.count == len(ranks)
    assert summary.alone_count == ranks.count(6)
    assert summary.best_rank == max(ranks, default=None)
    assert summary.best_run == max(runs, default=0)
    assert summary.run_alone == (runs[-1] if ranks and ranks[-1] == 6 else 0)
    assert (summary.first_rank, summary.last_rank) == ((ranks[0], ranks[-1]) if ranks else (None, None))
    assert (summary.verdict is TaskVerdict.NEEDS_MORE_HELP) == slipping(ranks)


@given(points_of_one_task)
def test_the_verdict_is_dated_by_the_occasion_that_brought_it(points: list[TaskPoint]) -> None:
    in_order = ordered(points)
    says = [slipping([point.rank for point in in_order[: n + 1]]) for n in range(len(in_order))]
    since = None
    if says and says[-1]:
        first = max((n for n, said in enumerate(says) if not said), default=-1) + 1
        since = in_order[first].day
    assert task_summary(points).verdict_since == since


def test_only_the_newest_point_can_be_added() -> None:
    summary = task_summary([task(3)])
    for old in (task(2), task(3)):
        assert not is_newest(summary, old)
        with pytest.raises(ValueError, match="newest"):
            add_point(summary, old)


def test_tasks_are_summed_up_apart() -> None:
    found = task_summaries([task(1), task(1, 4, of=TILL), task(2)])
    assert found == {SHELVES: task_summary([task(1), task(2)]), TILL: task_summary([task(1, 4, of=TILL)])}


def test_week_medians_start_on_monday() -> None:
    found = week_medians([task(7, 2), task(0, 3), task(6, 6), task(3, 4), task(2, 5)])
    assert found == {date(2026, 3, 2): WeekMedian(4.5, 4), date(2026, 3, 9): WeekMedian(2.0, 1)}
    assert list(found) == sorted(found)


@given(points_of_one_task)
def test_week_medians_lose_no_point(points: list[TaskPoint]) -> None:
    found = week_medians(points)
    assert sum(week.n for week in found.values()) == len(points)
    for monday, week in found.items():
        assert monday.weekday() == 0
        assert week.rank == median(point.rank for point in points if monday_of(point.day) == monday)


def placed(n: int, attendance: Attendance, minutes: int | None = None, *, has_feedback: bool = False) -> PlacementShift:
    return PlacementShift(n, at(n).date(), at(n) + timedelta(hours=4), attendance, minutes, has_feedback)


def test_a_placement_in_numbers() -> None:
    shifts = [
        placed(9, Attendance.UNKNOWN),
        placed(1, Attendance.HERE, 240, has_feedback=True),
        placed(2, Attendance.LATE, has_feedback=True),
        placed(3, Attendance.ABSENT, 0),
        placed(4, Attendance.EXCUSED, 0),
        placed(5, Attendance.HERE, 120),
        placed(6, Attendance.UNKNOWN),
        placed(8, Attendance.EXCUSED, 0),
    ]
    assert placement_summary(shifts, now=at(7)) == PlacementSummary(
        minutes_worked=360,
        shifts_planned=8,
        shifts_done=3,
        shifts_open=1,
        shifts_absent=1,
        shifts_excused=2,
        first_shift_day=at(1).date(),
        last_shift_day=at(5).date(),
        owed_count=2,
        next_due_at=at(9) + timedelta(hours=4),
    )


def test_an_unconfirmed_shift_yields_no_hours() -> None:
    assert placement_summary([placed(1, Attendance.UNKNOWN, 240)], now=at(2)).minutes_worked == 0


def test_a_placement_without_shifts() -> None:
    assert placement_summary([], now=at(0)) == PlacementSummary()


placement_shifts = st.lists(
    st.builds(
        placed, st.integers(0, 20), st.sampled_from(Attendance), st.none() | st.just(60), has_feedback=st.booleans()
    )
)


@given(placement_shifts, st.integers(0, 20), st.sampled_from([0, 4]))
def test_what_is_owed_holds_until_the_next_due_date(shifts: list[PlacementShift], n: int, hours: int) -> None:
    now = placement_summary(shifts, at(n) + timedelta(hours=hours))
    if now.next_due_at is None:
        assert placement_summary(shifts, at(99)).owed_count == now.owed_count
        return
    just_before = placement_summary(shifts, now.next_due_at - timedelta(microseconds=1))
    assert just_before.owed_count == now.owed_count
    assert placement_summary(shifts, now.next_due_at).owed_count > now.owed_count
