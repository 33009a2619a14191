"""The week as a ring of quarter-hours."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placement.domain.matching.week import (
    QUARTERS,
    WHOLE_WEEK,
    hours,
    most_welcome,
    pattern_mask,
    stretches,
)


def bits(mask):
    return [k for k in range(QUARTERS) if mask >> k & 1]


def test_monday_begins_at_bit_zero():
    assert bits(pattern_mask(0, 0, 30)) == [0, 1]
    assert bits(pattern_mask(2, 60, 75)) == [2 * 96 + 4]


def test_patterns_round_outward():
    assert bits(pattern_mask(0, 10, 40)) == [0, 1, 2]


def test_sunday_midnight_goes_on_into_monday():
    assert bits(pattern_mask(6, 23 * 60 + 45, 15)) == [0, QUARTERS - 1]
    assert bits(pattern_mask(6, 23 * 60 + 45, 24 * 60)) == [QUARTERS - 1]
    assert bits(pattern_mask(3, 23 * 60 + 45, 0)) == [4 * 96 - 1]


def test_seven_days_make_the_week():
    whole = 0
    for day in range(7):
        whole |= pattern_mask(day, 0, 24 * 60)
    assert whole == WHOLE_WEEK
    assert hours(whole) == 168


@pytest.mark.parametrize("args", [(7, 0, 60), (-1, 0, 60), (0, 60, 60), (0, 1440, 60), (0, 0, 1441), (0, -1, 60)])
def test_impossible_times_are_refused(args):
    with pytest.raises(ValueError, match="must be"):
        pattern_mask(*args)


def test_stretches_read_back_what_was_put_in():
    assert stretches(0) == ()
    assert stretches(pattern_mask(2, 480, 720) | pattern_mask(0, 495, 510)) == ((0, 495, 510), (2, 480, 720))
    assert stretches(pattern_mask(6, 22 * 60, 120)) == ((6, 22 * 60, 120),)
    assert stretches(pattern_mask(1, 600, 0)) == ((1, 600, 1440),)
    assert stretches(pattern_mask(3, 600, 480) | pattern_mask(4, 480, 600)) == ((3, 600, 600),)


def test_what_lasts_longer_than_a_day_is_told_by_day():
    long = pattern_mask(5, 600, 0) | pattern_mask(6, 0, 1440) | pattern_mask(0, 0, 60)
    assert stretches(long) == ((0, 0, 60), (5, 600, 1440), (6, 0, 1440))
    assert stretches(WHOLE_WEEK) == tuple((day, 0, 1440) for day in range(7))


@settings(deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 95), st.integers(0, 96)), max_size=6))
def test_stretches_make_the_mask_again(shifts):
    mask = 0
    for day, start, end in shifts:
        if start != end:
            mask |= pattern_mask(day, start * 15, end * 15)
    again = 0
    for day, start, end in stretches(mask):
        again |= pattern_mask(day, start, end) if start != end else pattern_mask(day, start, start or 1440)
        again |= pattern_mask(day, start, 0) | pattern_mask((day + 1) % 7, 0, end) if start == end != 0 else 0
    assert again == mask


@settings(deadline=None, derandomize=True)
@given(st.integers(0, 10**9), st.integers(0, 40))
def test_most_welcome_takes_what_is_asked_or_all_there_is(seed, quarters):
    rng = random.Random(seed)
    missing = beside = 0
    for _ in range(rng.randint(0, 5)):
        day, start = rng.randrange(7), rng.randrange(96) * 15
        missing |= pattern_mask(day, start, (start + 15 * rng.randint(1, 20)) % 1440)
        beside |= pattern_mask(day, (start + 15 * rng.randint(-9, 25)) % 1440, (start + 15 * 40) % 1440 or 15)
    missing &= ~beside
    chosen = most_welcome(missing, beside, quarters)
    assert chosen & ~missing == 0
    assert chosen.bit_count() == min(quarters, missing.bit_count())


def test_of_stretches_that_are_enough_the_one_beside_then_the_shortest_is_chosen():
    long, short = pattern_mask(0, 480, 720), pattern_mask(3, 480, 600)
    assert most_welcome(long | short, 0, 4) == pattern_mask(3, 480, 540)
    assert most_welcome(long | short, pattern_mask(0, 720, 780), 4) == pattern_mask(0, 660, 720)
    assert most_welcome(long | short, pattern_mask(0, 420, 480), 4) == pattern_mask(0, 480, 540)
    assert most_welcome(long | short, 0, 18) == long | pattern_mask(3, 480, 510)
