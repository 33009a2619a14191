"""The week as a ring of quarter-hours."""

from __future__ import annotations

import pytest

from placement.domain.matching.week import QUARTERS, WHOLE_WEEK, availability_mask, hours, pattern_mask


def bits(mask):
    return [k for k in range(QUARTERS) if mask >> k & 1]


def test_monday_begins_at_bit_zero():
    assert bits(pattern_mask(0, 0, 30)) == [0, 1]
    assert bits(pattern_mask(2, 60, 75)) == [2 * 96 + 4]


def test_patterns_round_outward_and_availability_inward():
    assert bits(pattern_mask(0, 10, 40)) == [0, 1, 2]
    assert bits(availability_mask(0, 10, 40)) == [1]
    assert availability_mask(0, 1, 29) == 0


def test_sunday_midnight_goes_on_into_monday():
    assert bits(pattern_mask(6, 23 * 60 + 45, 15)) == [0, QUARTERS - 1]
    assert bits(pattern_mask(6, 23 * 60 + 45, 24 * 60)) == [QUARTERS - 1]
    assert bits(pattern_mask(3, 23 * 60 + 45, 0)) == [4 * 96 - 1]


def test_seven_days_make_the_week():
    whole = 0
    for day in range(7):
        whole |= availability_mask(day, 0, 24 * 60)
    assert whole == WHOLE_WEEK
    assert hours(whole) == 168


@pytest.mark.parametrize("args", [(7, 0, 60), (-1, 0, 60), (0, 60, 60), (0, 1440, 60), (0, 0, 1441), (0, -1, 60)])
def test_impossible_times_are_refused(args):
    with pytest.raises(ValueError, match="must be"):
        pattern_mask(*args)
