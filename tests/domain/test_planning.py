"""What stands in the way of a plan, and whose word on attendance counts."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from placement.domain.attendance import STAFF, actual_times, may_replace
from placement.domain.errors import Refused
from placement.domain.placements import PlacementState
from placement.domain.planning import ensure_plannable, shift_hints
from placement.domain.roles import Role
from placement.domain.shifts import PlannedTime
from placement.domain.week import Span, from_spans

MONDAYS = from_spans([Span(0, time(9), time(13))])
DAY = date(2026, 11, 23)


@pytest.mark.parametrize(("start", "end", "suits"), [(9, 13, True), (9, 14, False), (8, 12, False)])
def test_a_single_shift_has_hints_too(start: int, end: int, suits: bool) -> None:
    planned = PlannedTime(DAY, time(start), time(end), "Europe/Berlin")
    assert (shift_hints(planned, MONDAYS) == ()) is suits
    assert shift_hints(planned, None) == ()


def test_minutes_off_the_quarter_count_in_full() -> None:
    assert shift_hints(PlannedTime(DAY, time(9), time(9, 10), "Europe/Berlin"), MONDAYS) == ()
    assert shift_hints(PlannedTime(DAY, time(12, 50), time(13, 5), "Europe/Berlin"), MONDAYS)
    assert shift_hints(PlannedTime(DAY, time(23, 40), time(23, 55), "Europe/Berlin"), MONDAYS)


@pytest.mark.parametrize("state", PlacementState)
def test_only_accepted_and_active_are_planned(state: PlacementState) -> None:
    if state in (PlacementState.ACCEPTED, PlacementState.ACTIVE):
        ensure_plannable(state)
    else:
        with pytest.raises(Refused):
            ensure_plannable(state)


@pytest.mark.parametrize("role", Role)
def test_staff_outrank_everybody_else(role: Role) -> None:
    assert may_replace(role, None)
    assert may_replace(role, Role.SUPERVISOR) is (role is not Role.PARTICIPANT)
    assert may_replace(role, Role.PARTICIPANT)
    assert may_replace(role, Role.COORDINATOR) is (role in STAFF)


def test_real_times_in_the_doubled_hour_are_asked_about() -> None:
    planned = PlannedTime(date(2026, 10, 25), time(1), time(6), "Europe/Berlin")
    with pytest.raises(Refused) as asked:
        actual_times(planned, time(2, 30), time(6))
    assert asked.value.field == "actual_start_fold"
    first, _ = actual_times(planned, time(2, 30), time(6), start_fold=0)
    second, _ = actual_times(planned, time(2, 30), time(6), start_fold=1)
    assert second - first == timedelta(hours=1)


def test_real_times_that_are_longer_than_a_day_of_work() -> None:
    planned = PlannedTime(DAY, time(9), time(13), "Europe/Berlin")
    with pytest.raises(Refused) as refused:
        actual_times(planned, time(9), time(8))
    assert refused.value.field == "actual_end"
