"""A week as a mask of 672 quarter-hours: bit ``weekday * 96 + quarter``, Monday = 0.

The week is a ring: a shift over Sunday midnight goes on at bit 0. Patterns round
outward (a shift from 8:05 needs the quarter from 8:00), availability inward, so
that nobody is planned into minutes they did not offer.
"""

from __future__ import annotations

QUARTERS_A_DAY = 96
QUARTERS = 7 * QUARTERS_A_DAY
WHOLE_WEEK = (1 << QUARTERS) - 1
MINUTES_A_DAY = 24 * 60


def pattern_mask(weekday: int, start: int, end: int) -> int:
    """The quarters a shift touches. Minutes of the day; ``end`` ≤ ``start`` means the next day."""
    first, last = _span(weekday, start, end)
    return _ring(first // 15, -(-last // 15))


def availability_mask(weekday: int, start: int, end: int) -> int:
    """The quarters that lie wholly within the time offered; see :func:`pattern_mask`."""
    first, last = _span(weekday, start, end)
    return _ring(-(-first // 15), last // 15)


def hours(mask: int) -> float:
    """Hours a week in a mask."""
    return mask.bit_count() / 4


def _span(weekday: int, start: int, end: int) -> tuple[int, int]:
    if not 0 <= weekday <= 6:
        raise ValueError("weekday: must be from 0 (Monday) to 6 (Sunday)")
    if not 0 <= start < MINUTES_A_DAY or not 0 <= end <= MINUTES_A_DAY or start == end:
        raise ValueError("start, end: must be minutes of a day, and differ")
    first = weekday * MINUTES_A_DAY + start
    return first, weekday * MINUTES_A_DAY + end + (MINUTES_A_DAY if end <= start else 0)


def _ring(first: int, last: int) -> int:
    if last <= first:
        return 0
    bits = ((1 << (last - first)) - 1) << first
    return (bits & WHOLE_WEEK) | (bits >> QUARTERS)
