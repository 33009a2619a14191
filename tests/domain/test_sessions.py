"""What holds for one-to-one sessions whatever is stored: packing, limits, days."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.domain.errors import Refused
from placement.domain.sessions import (
    AHEAD,
    CHECK_IN_OPEN,
    POINTS,
    CheckIn,
    ensure_check_in,
    ensure_plannable,
    is_deputy_on,
    may_check_in,
    pack_check_in,
    unpack_check_in,
)
from placement.domain.shifts import PlannedTime
from tests.clock import MONDAY

ANSWER = st.none() | st.integers(1, 5)
TODAY = date(2026, 11, 23)


@given(st.builds(CheckIn, heard=ANSWER, goals=ANSWER, way=ANSWER, useful=ANSWER, change=st.text(max_size=80)))
def test_answers_come_back_as_they_were_packed(answers: CheckIn) -> None:
    assert unpack_check_in(pack_check_in(answers)) == answers
    ensure_check_in(answers)


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("value", [0, 6])
def test_other_numbers_are_refused_at_their_point(point: str, value: int) -> None:
    with pytest.raises(Refused) as refused:
        ensure_check_in(CheckIn(**{point: value}))
    assert refused.value.field == point


@pytest.mark.parametrize(
    ("days", "start", "end", "field"),
    [
        (AHEAD.days + 1, time(10), time(11), "day"),
        (-61, time(10), time(11), "day"),
        (1, time(10), time(15), "end"),
    ],
)
def test_what_can_not_be_planned(days: int, start: time, end: time, field: str) -> None:
    with pytest.raises(Refused) as refused:
        ensure_plannable(PlannedTime(TODAY + timedelta(days=days), start, end, "Europe/Berlin"), TODAY)
    assert refused.value.field == field


def test_a_session_over_midnight_in_the_night_clocks_change_is_counted_in_real_time() -> None:
    """22:30 to 02:30 is four hours, and five when the clocks go back: then it is too long."""
    ensure_plannable(PlannedTime(date(2026, 11, 24), time(22, 30), time(2, 30), "Europe/Berlin"), TODAY)
    with pytest.raises(Refused):
        ensure_plannable(
            PlannedTime(date(2026, 10, 24), time(22, 30), time(2, 30), "Europe/Berlin", end_fold=1), date(2026, 10, 20)
        )


def test_the_check_in_is_open_from_the_start_for_a_week() -> None:
    over = MONDAY + timedelta(hours=1)
    assert not may_check_in(MONDAY, over, MONDAY - timedelta(minutes=1))
    assert may_check_in(MONDAY, over, MONDAY)
    assert may_check_in(MONDAY, over, over + CHECK_IN_OPEN)
    assert not may_check_in(MONDAY, over, over + CHECK_IN_OPEN + timedelta(minutes=1))


def test_a_deputy_on_the_first_and_the_last_day() -> None:
    first, last = TODAY, TODAY + timedelta(days=2)
    on = [is_deputy_on(TODAY + timedelta(days=day), first, last) for day in range(-1, 4)]
    assert on == [False, True, True, True, False]
    assert is_deputy_on(TODAY + timedelta(days=900), first, None)
