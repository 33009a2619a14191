"""Periods, release, and what days of ratings say at both ends."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.domain.errors import Refused
from placement.domain.reports import (
    MOST_DAYS,
    Course,
    Period,
    ReleaseState,
    change_over,
    course,
    days_of,
    release_state,
)

TODAY = date(2026, 11, 23)
AT = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("period", "days"),
    [(Period.FOUR_WEEKS, 28), (Period.THREE_MONTHS, 91), (Period.HALF_YEAR, 182), (Period.YEAR, 364)],
)
def test_periods_end_today(period: Period, days: int) -> None:
    first, last = days_of(period, TODAY, date(1999, 1, 1), date(1999, 1, 2))
    assert (last, (last - first).days + 1) == (TODAY, days)


def test_chosen_days_stay_and_the_last_is_today_if_none_is_said() -> None:
    first = TODAY - timedelta(days=9)
    assert days_of(Period.DAYS, TODAY, first, first) == (first, first)
    assert days_of(Period.DAYS, TODAY, first) == (first, TODAY)
    assert days_of(Period.DAYS, TODAY, TODAY - timedelta(days=MOST_DAYS - 1))[1] == TODAY


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (None, TODAY, "first_day"),
        (TODAY, TODAY + timedelta(days=1), "last_day"),
        (TODAY, TODAY - timedelta(days=1), "last_day"),
        (TODAY - timedelta(days=MOST_DAYS), TODAY, "first_day"),
    ],
)
def test_days_nobody_can_report_on(first: date | None, last: date, field: str) -> None:
    with pytest.raises(Refused) as refused:
        days_of(Period.DAYS, TODAY, first, last)
    assert refused.value.field == field


def test_release_taking_back_and_once_more() -> None:
    assert release_state(None, None) is ReleaseState.WAITING
    assert release_state(AT, None) is ReleaseState.RELEASED
    assert release_state(AT, AT) is ReleaseState.TAKEN_BACK


def test_both_ends_of_a_course() -> None:
    assert course([2, 4, 3, 6, 5, 6, 6]) == Course(times=7, alone=3, start=3.0, now=6.0, apart=True)
    assert course([6]) == Course(times=1, alone=1, start=6.0, now=6.0, apart=False)


@given(st.lists(st.integers(0, 6), min_size=1, max_size=40))
def test_looked_at_backwards_the_ends_change_places(ranks: list[int]) -> None:
    forth, back = course(ranks), course(ranks[::-1])
    assert (forth.start, forth.now) == (back.now, back.start)
    assert (forth.times, forth.alone, forth.apart) == (back.times, back.alone, len(ranks) >= 6)


def test_change_compares_only_what_was_rated_at_both_ends() -> None:
    grown, kept, short = course([2, 2, 2, 6, 6, 6]), course([6] * 6), course([2, 6])
    found = change_over([grown, kept, short], TODAY)
    assert found is not None
    assert (found.tasks, found.alone_then, found.alone_now, found.less_help, found.at_start) == (2, 1, 2, 1, True)
    assert change_over([short], TODAY) is None
