"""Quarters: every day lies in exactly one, and they follow each other without a gap."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from placement.domain.quarters import Quarter, quarter_of

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@given(DAYS)
def test_a_day_lies_in_its_quarter(day: date) -> None:
    quarter = quarter_of(day)
    assert quarter.first <= day <= quarter.last
    assert quarter_of(quarter.first) == quarter_of(quarter.last) == quarter


@given(DAYS, st.integers(-80, 80), st.integers(-80, 80))
def test_quarters_follow_each_other(day: date, one: int, two: int) -> None:
    quarter = quarter_of(day)
    assert quarter.plus(one).plus(two) == quarter.plus(one + two)
    assert quarter.plus(1).first == quarter.last + timedelta(days=1)
    assert (quarter.plus(one) > quarter) == (one > 0)


def test_edges() -> None:
    assert quarter_of(date(2026, 3, 31)) == Quarter(2026, 1)
    assert quarter_of(date(2026, 4, 1)) == Quarter(2026, 2)
    assert Quarter(2026, 4).plus(1) == Quarter(2027, 1)
    assert Quarter(2024, 1).last == date(2024, 3, 31)
