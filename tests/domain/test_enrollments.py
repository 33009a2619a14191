"""The way through the program: stages, what is delivered, and when somebody is asked again."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from placement.domain.enrollments import (
    FOLLOW_UPS,
    Delivered,
    Stage,
    Unit,
    delivered,
    follow_up_quarter,
    next_follow_up,
    share_used,
    stage_of,
)

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
WORKED = st.lists(st.tuples(DAYS, st.integers(0, 600)), max_size=40)


def test_stages() -> None:
    day = date(2026, 5, 1)
    assert stage_of(None, None) is Stage.WAITING
    assert stage_of(day, None) is Stage.ENTERED
    assert stage_of(day, day) is Stage.LEFT
    assert stage_of(None, day) is Stage.LEFT


@given(WORKED, DAYS, st.integers(0, 900), st.integers(0, 900))
def test_what_is_delivered_adds_up(worked: list[tuple[date, int]], first: date, one: int, two: int) -> None:
    middle, last = first + timedelta(days=one), first + timedelta(days=one + two + 1)
    left, right = delivered(worked, first, middle), delivered(worked, middle + timedelta(days=1), last)
    whole = delivered(worked, first, last)
    assert (whole.minutes, whole.days) == (left.minutes + right.minutes, left.days + right.days)


def test_units_count_hours_or_days() -> None:
    day = date(2026, 5, 1)
    given_ = delivered([(day, 90), (day, 30), (day + timedelta(days=1), 60), (day + timedelta(days=2), 0)], day, day)
    assert given_ == Delivered(120, 1)
    assert given_.units(Unit.HOURS) == 2
    assert given_.units(Unit.DAYS) == 1
    assert share_used(given_, Unit.HOURS, 2.5) == 8000
    assert share_used(given_, Unit.DAYS, 2) == 5000


def test_follow_ups_are_counted_from_the_quarter_after_the_exit() -> None:
    exited = date(2026, 3, 31)
    assert follow_up_quarter(exited, 1).first == date(2026, 4, 1)
    assert follow_up_quarter(date(2026, 4, 1), 1).first == date(2026, 7, 1)
    assert follow_up_quarter(exited, 4).last == date(2027, 3, 31)
    assert next_follow_up(exited, set()) == (1, date(2026, 4, 1))
    assert next_follow_up(exited, {1, 3}) == (2, date(2026, 7, 1))
    assert next_follow_up(exited, set(FOLLOW_UPS)) is None
    assert next_follow_up(None, set()) is None
