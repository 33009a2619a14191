"""A week as one number: 672 quarter-hours, one bit each.

Bit ``weekday * 96 + quarter`` is set where the quarter-hour belongs to the
week's pattern; Monday is 0, and the week is a ring: Sunday's last quarter is
followed by Monday's first. Availability and weekly shift patterns are stored
this way, so that "fits into" is a single bit operation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import time

QUARTERS_PER_DAY = 96
QUARTERS_PER_WEEK = 7 * QUARTERS_PER_DAY
BYTES = QUARTERS_PER_WEEK // 8
EMPTY_WEEK = 0
FULL_WEEK = (1 << QUARTERS_PER_WEEK) - 1


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of at most 24 hours in a week, in local time.

    ``weekday`` is the day it starts on, Monday 0. ``end <= start`` means it
    ends on the next day, so an end of 00:00 is midnight and equal times are a
    full 24 hours. Raises ValueError on a weekday outside 0-6.
    """

    weekday: int
    start: time
    end: time

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError(f"weekday {self.weekday} is not in 0..6")


def from_spans(spans: Iterable[Span]) -> int:
    """The week that holds all spans; overlapping ones merge. Raises ValueError on times off the quarter-hour."""
    mask = EMPTY_WEEK
    for span in spans:
        start = span.weekday * QUARTERS_PER_DAY + _quarter(span.start)
        length = (_quarter(span.end) - _quarter(span.start)) % QUARTERS_PER_DAY or QUARTERS_PER_DAY
        run = ((1 << length) - 1) << start
        mask |= (run & FULL_WEEK) | (run >> QUARTERS_PER_WEEK)
    return mask


def to_spans(mask: int) -> tuple[Span, ...]:
    """The week's maximal runs as spans, ordered by weekday and start.

    A run of up to 24 hours stays one span, over midnight too (from Sunday to
    Monday it starts on Sunday). A longer run is cut at each midnight, because
    that is how people read it: the full week is seven whole days.
    ``from_spans(to_spans(mask)) == mask`` for every mask.
    """
    _check(mask)
    return tuple(sorted(span for start, length in _runs(mask) for span in _cut(start, length)))


def hours(mask: int) -> float:
    """How many hours the week holds, 0-168."""
    _check(mask)
    return mask.bit_count() / 4


def covers(available: int, needed: int) -> bool:
    """Whether every needed quarter-hour is available."""
    _check(available)
    _check(needed)
    return needed & ~available == 0


def to_bytes(mask: int) -> bytes:
    """The stored form: 84 bytes, Monday first, lowest bit first."""
    _check(mask)
    return mask.to_bytes(BYTES, "little")


def from_bytes(data: bytes) -> int:
    """The inverse of :func:`to_bytes`. Raises ValueError unless there are exactly 84 bytes."""
    if len(data) != BYTES:
        raise ValueError(f"a week is {BYTES} bytes, not {len(data)}")
    return int.from_bytes(data, "little")


def _quarter(at: time) -> int:
    if at.minute % 15 or at.second or at.microsecond or at.tzinfo is not None:
        raise ValueError(f"{at} is not a local quarter-hour")
    return at.hour * 4 + at.minute // 15


def _time(quarter: int) -> time:
    within_day = quarter % QUARTERS_PER_DAY
    return time(within_day // 4, within_day % 4 * 15)


def _check(mask: int) -> None:
    if not 0 <= mask <= FULL_WEEK:
        raise ValueError("not a week")


def _runs(mask: int) -> Iterator[tuple[int, int]]:
    """(first quarter, length) of each maximal run on the ring."""
    if mask == FULL_WEEK:
        yield 0, QUARTERS_PER_WEEK
        return
    previous = (mask << 1 & FULL_WEEK) | (mask >> (QUARTERS_PER_WEEK - 1))
    starts = mask & ~previous
    while starts:
        first = (starts & -starts).bit_length() - 1
        starts &= starts - 1
        turned = mask >> first | mask << (QUARTERS_PER_WEEK - first)
        gap = ~turned & FULL_WEEK
        yield first, (gap & -gap).bit_length() - 1


def _cut(start: int, length: int) -> Iterator[Span]:
    if length <= QUARTERS_PER_DAY:
        yield _span(start, length)
        return
    while length:
        piece = min(QUARTERS_PER_DAY - start % QUARTERS_PER_DAY, length)
        yield _span(start, piece)
        start, length = start + piece, length - piece


def _span(start: int, length: int) -> Span:
    return Span(start // QUARTERS_PER_DAY % 7, _time(start), _time(start + length))
