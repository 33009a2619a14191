from __future__ import annotations

from datetime import UTC, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.domain.week import (
    EMPTY_WEEK,
    FULL_WEEK,
    QUARTERS_PER_DAY,
    QUARTERS_PER_WEEK,
    Span,
    covers,
    from_bytes,
    from_spans,
    hours,
    to_bytes,
    to_spans,
)

quarters = st.integers(0, QUARTERS_PER_DAY - 1).map(lambda q: time(q // 4, q % 4 * 15))
spans = st.builds(Span, weekday=st.integers(0, 6), start=quarters, end=quarters)
#: Both scattered quarters and the long runs people really have.
weeks = st.integers(0, FULL_WEEK) | st.lists(spans, max_size=9).map(from_spans) | st.sampled_from([0, FULL_WEEK])


def bits(*quarter: int) -> int:
    return sum(1 << q for q in quarter)


def test_a_bit_is_weekday_times_96_plus_quarter() -> None:
    assert from_spans([Span(2, time(1, 15), time(1, 45))]) == bits(2 * 96 + 5, 2 * 96 + 6)


@given(weeks)
def test_spans_round_trip(mask: int) -> None:
    assert from_spans(to_spans(mask)) == mask


@given(weeks)
def test_bytes_round_trip(mask: int) -> None:
    data = to_bytes(mask)
    assert len(data) == 84
    assert from_bytes(data) == mask


@given(weeks)
def test_spans_are_ordered_and_add_up(mask: int) -> None:
    found = to_spans(mask)
    assert list(found) == sorted(set(found))
    assert sum(hours(from_spans([span])) for span in found) == hours(mask)


def run_length(mask: int, quarter: int) -> int:
    """Length of the run around a set quarter, at most the whole week."""

    def reach(step: int) -> int:
        return next(
            (k for k in range(QUARTERS_PER_WEEK) if not mask >> (quarter + step * k) % QUARTERS_PER_WEEK & 1), 672
        )

    return min(reach(1) + reach(-1) - 1, QUARTERS_PER_WEEK)


@given(weeks)
def test_only_midnight_in_a_run_longer_than_a_day_parts_two_spans(mask: int) -> None:
    for span in to_spans(mask):
        start = span.weekday * QUARTERS_PER_DAY + span.start.hour * 4 + span.start.minute // 15
        if mask >> (start - 1) % QUARTERS_PER_WEEK & 1:
            assert span.start == time(0)
            assert run_length(mask, start) > QUARTERS_PER_DAY


@given(st.lists(spans, max_size=9))
def test_order_and_repetition_of_spans_do_not_matter(given_spans: list[Span]) -> None:
    assert from_spans(given_spans) == from_spans(list(reversed(given_spans)) + given_spans)


@given(weeks, weeks)
def test_covers_is_inclusion(available: int, needed: int) -> None:
    assert covers(available | needed, needed)
    assert covers(available, needed) == (available | needed == available)


def test_a_night_stays_one_span_on_its_first_day() -> None:
    night = Span(4, time(22), time(6))
    assert to_spans(from_spans([night])) == (night,)
    assert hours(from_spans([night])) == 8


def test_sunday_night_wraps_to_monday() -> None:
    night = Span(6, time(23), time(1))
    mask = from_spans([night])
    assert mask == bits(*range(4), *range(668, 672))
    assert to_spans(mask) == (night,)


def test_an_end_of_midnight_ends_the_day() -> None:
    evening = Span(0, time(20), time(0))
    assert hours(from_spans([evening])) == 4
    assert to_spans(from_spans([evening])) == (evening,)


def test_equal_times_are_24_hours_and_stay_one_span() -> None:
    span = Span(6, time(8), time(8))
    assert hours(from_spans([span])) == 24
    assert to_spans(from_spans([span])) == (span,)


def test_touching_spans_become_one() -> None:
    assert to_spans(from_spans([Span(1, time(8), time(12)), Span(1, time(12), time(13, 30))])) == (
        Span(1, time(8), time(13, 30)),
    )


def test_a_run_longer_than_a_day_is_cut_at_midnights() -> None:
    mask = from_spans([Span(5, time(8), time(0)), Span(6, time(0), time(0)), Span(0, time(0), time(6))])
    assert to_spans(mask) == (
        Span(0, time(0), time(6)),
        Span(5, time(8), time(0)),
        Span(6, time(0), time(0)),
    )


def test_the_full_week_is_seven_whole_days() -> None:
    assert to_spans(FULL_WEEK) == tuple(Span(day, time(0), time(0)) for day in range(7))
    assert hours(FULL_WEEK) == 168


def test_the_empty_week() -> None:
    assert from_spans([]) == EMPTY_WEEK
    assert to_spans(EMPTY_WEEK) == ()
    assert hours(EMPTY_WEEK) == 0


@pytest.mark.parametrize("start", [time(8, 10), time(8, 15, 1), time(8, 15, 0, 1), time(8, tzinfo=UTC)])
def test_times_off_the_quarter_hour_are_refused(start: time) -> None:
    with pytest.raises(ValueError, match="quarter-hour"):
        from_spans([Span(0, start, time(9))])


@pytest.mark.parametrize("weekday", [-1, 7])
def test_a_weekday_outside_the_week_is_refused(weekday: int) -> None:
    with pytest.raises(ValueError, match="weekday"):
        Span(weekday, time(8), time(9))


@pytest.mark.parametrize("mask", [-1, FULL_WEEK + 1])
def test_numbers_that_are_no_week_are_refused(mask: int) -> None:
    for read in (to_spans, hours, to_bytes):
        with pytest.raises(ValueError, match="not a week"):
            read(mask)


@pytest.mark.parametrize("length", [0, 83, 85])
def test_bytes_of_another_length_are_refused(length: int) -> None:
    with pytest.raises(ValueError, match="84 bytes"):
        from_bytes(bytes(length))
