"""Checks of what was mastered: when they are due, what answers them, how a milestone stands."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.domain.maintenance import Check, Standing, Upkeep, checks, standing, upkeep, upkeep_words
from placement.domain.milestones import TaskPoint
from tests.domain.histories import MONDAY, at, task

WEEK = timedelta(weeks=1)
DUE = (MONDAY + WEEK, MONDAY + 2 * WEEK, MONDAY + 4 * WEEK)
points = st.lists(
    st.builds(task, st.integers(0, 60), st.sampled_from([4, 5, 6, 6])), max_size=20, unique_by=lambda p: p.occasion
)


def found(*given_points: TaskPoint) -> tuple[Check, ...]:
    return checks(MONDAY, 90, given_points)


def test_they_are_due_after_one_two_and_four_weeks() -> None:
    assert found(task(0), task(6)) == tuple(Check(day) for day in DUE)


def test_the_first_rated_occasion_from_the_due_day_on_answers() -> None:
    assert found(task(7), task(8, 5))[0] == Check(DUE[0], at(7).date(), 7, True)
    assert found(task(9, 5), task(10))[0] == Check(DUE[0], at(9).date(), 9, False)


def test_each_waits_until_the_next_is_due_and_the_last_for_ever() -> None:
    assert found(task(13))[0].kept is True
    assert [check.due_on for check in found(task(14))] == list(DUE[1:])
    assert found(task(700, 5)) == (Check(DUE[2], at(700).date(), 700, False),)


@given(points, st.randoms(use_true_random=False))
def test_order_does_not_matter_and_a_later_rating_takes_nothing_back(given_points: list[TaskPoint], by: Random) -> None:
    before = found(*given_points)
    shuffled = list(given_points)
    by.shuffle(shuffled)
    assert found(*shuffled) == before
    after = found(*given_points, task(99, 2))
    assert [check for check in before if check.done_on] == [
        check for check in after if check.occasion not in (None, 99)
    ]


@given(points)
def test_an_open_check_never_stands_before_an_answered_one(given_points: list[TaskPoint]) -> None:
    answered = [check.done_on is not None for check in found(*given_points)]
    assert answered == sorted(answered, reverse=True)


@pytest.mark.parametrize(
    ("kept", "lost", "waiting", "days", "stands"),
    [
        (None, None, DUE[0], 6, Upkeep.NOT_YET),
        (None, None, DUE[0], 7, Upkeep.DUE),
        (DUE[0], None, DUE[1], 13, Upkeep.KEPT),
        (DUE[0], None, DUE[1], 14, Upkeep.DUE),
        (DUE[0], DUE[1], DUE[2], 30, Upkeep.NEEDS_A_LOOK),
        (DUE[2], DUE[1], None, 90, Upkeep.KEPT),
        (None, DUE[0], DUE[1], 8, Upkeep.NEEDS_A_LOOK),
    ],
)
def test_how_a_milestone_stands(
    kept: date | None, lost: date | None, waiting: date | None, days: int, stands: Upkeep
) -> None:
    dates = Standing(kept, lost, waiting)
    today = MONDAY + timedelta(days=days)
    assert upkeep(dates, today) is stands
    words = upkeep_words(dates, MONDAY, today)
    assert (words is None) == (stands is Upkeep.NOT_YET)
    if stands is Upkeep.KEPT:
        assert words is not None
        assert kept is not None
        assert words.params["n"] == (kept - MONDAY).days // 7


def test_the_dates_of_its_checks() -> None:
    made = (Check(DUE[0], DUE[0], 1, True), Check(DUE[1], DUE[1], 2, False), Check(DUE[2]))
    assert standing(made) == Standing(DUE[0], DUE[1], DUE[2])
    assert standing(()) == Standing(None, None, None)
