from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.domain.milestones import ShiftPoint, TaskPoint
from placement.domain.shifts import Attendance
from placement.domain.summaries import (
    PlacementShift,
    PlacementSummary,
    WeekMedian,
    monday_of,
    placement_summary,
    task_summaries,
    task_summary,
    unrated_shifts,
    week_medians,
)
from placement.domain.verdict import Occasion, Trend, verdict, verdict_sentence
from tests.domain.histories import SHELVES, TILL, at, shift, task, task_points

points_of_one_task = st.lists(
    task_points.filter(lambda point: point.task == SHELVES),
    min_size=1,
    max_size=25,
    unique_by=lambda point: point.occasion,
)


def ordered(points: list[TaskPoint]) -> list[TaskPoint]:
    return sorted(points, key=lambda point: point.at)


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
    assert task_summary(list(reversed(points))) == summary


def test_the_trend_is_dated_by_the_occasion_that_brought_it() -> None:
    ranks = [3, 3, 3, 4, 4, 4, 5, 5, 6, 6, 6, 6, 6]
    says = [task_summary([task(n, rank) for n, rank in enumerate(ranks[:end])]) for end in range(1, len(ranks) + 1)]
    assert [said.trend for said in says] == [Trend.TOO_EARLY] * 10 + [Trend.GROWING] * 3
    assert [said.trend_since for said in says] == [None] * 10 + [at(10).date()] * 3
    last = says[-1]
    assert last.trend_nap == pytest.approx(71 / 72)
    assert (last.trend_size, last.trend_rated, last.trend_shifts) == (6, 12, 12)


@given(points_of_one_task)
def test_what_is_kept_says_what_the_verdict_says(points: list[TaskPoint]) -> None:
    kept, said = task_summary(points), verdict([Occasion(p.rank, p.site, p.raters) for p in ordered(points)])
    sentence = verdict_sentence(kept.trend, kept.trend_nap, kept.trend_size, kept.trend_rated, kept.trend_shifts)
    assert (kept.trend, sentence) == (said.trend, said.words)


class TestUnratedShifts:
    RATED = (task(1), task(9))

    def missing(self, *shifts: ShiftPoint, not_done: tuple[tuple[int, int], ...] = ()) -> list[int]:
        rated = [shift(1), shift(9)]
        return [found.occasion for found in unrated_shifts(self.RATED, [*rated, *shifts], not_done)]

    def test_a_shift_nobody_rated_is_missing(self) -> None:
        assert self.missing(shift(4), shift(5, Attendance.UNKNOWN)) == [4, 5]

    def test_before_the_first_and_after_the_last_rating_nothing_is(self) -> None:
        assert self.missing(shift(0), shift(10)) == []

    def test_where_nobody_came_or_it_was_not_done_there_was_nothing_to_rate(self) -> None:
        away = (shift(2, Attendance.ABSENT), shift(3, Attendance.EXCUSED))
        assert self.missing(*away, shift(4), not_done=((4, SHELVES), (5, TILL))) == []

    def test_another_placement_has_no_say(self) -> None:
        assert self.missing(shift(4, placement=2)) == []

    def test_they_count_against_the_trend(self) -> None:
        points = [task(2 * n, 3 + (n > 5)) for n in range(12)]
        gaps = [shift(2 * n + 1) for n in range(11)]
        assert task_summary(points).trend is Trend.GROWING
        assert task_summary(points, gaps).trend is Trend.TOO_EARLY


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
