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


def stretches(mask: int) -> tuple[tuple[int, int, int], ...]:
    """The times in a mask as ``(weekday, start, end)`` in minutes of the day, from Monday on.

    ``end`` is above 0, at most 1,440, or at most ``start`` for the next day: a night stays
    one stretch, what lasts longer than a day is told day by day.
    """
    found: list[tuple[int, int, int]] = []
    for first, last in _runs(mask):
        if last - first <= QUARTERS_A_DAY:
            found.append(_stretch(first, last))
        else:
            cuts = [first, *range((first // QUARTERS_A_DAY + 1) * QUARTERS_A_DAY, last, QUARTERS_A_DAY), last]
            found += [_stretch(start, end) for start, end in zip(cuts, cuts[1:], strict=False)]
    return tuple(sorted(found))


def _stretch(first: int, last: int) -> tuple[int, int, int]:
    weekday, start = divmod(first % QUARTERS, QUARTERS_A_DAY)
    end = start + last - first
    return weekday, start * 15, (end if end <= QUARTERS_A_DAY else end - QUARTERS_A_DAY) * 15


def _runs(mask: int) -> list[tuple[int, int]]:
    """Quarters from … until of each run around the ring; the last may end past the week."""
    if mask == WHOLE_WEEK:
        return [(0, QUARTERS)]
    starts = [k for k in range(QUARTERS) if mask >> k & 1 and not mask >> (k - 1) % QUARTERS & 1]
    runs = []
    for start in starts:
        end = start
        while mask >> end % QUARTERS & 1:
            end += 1
        runs.append((start, end))
    return runs


def most_welcome(missing: int, beside: int, quarters: int) -> int:
    """So many ``quarters`` of ``missing``, or all, in as few stretches as possible.

    Where there is a choice, next to ``beside``; of a stretch needed in part the part next to it, else its beginning.
    """
    left, chosen = _runs(missing), 0
    while quarters > 0 and left:
        enough = [run for run in left if run[1] - run[0] >= quarters]
        if enough:
            first, last = run = min(enough, key=lambda run: (not _ends(run, beside), run[1] - run[0], run[0]))
        else:
            first, last = run = max(left, key=lambda run: (run[1] - run[0], -run[0]))
        left.remove(run)
        if last - first > quarters:
            late = _ends(run, beside) == 1
            first, last = (last - quarters, last) if late else (first, first + quarters)
        chosen |= _ring(first, last)
        quarters -= last - first
    return chosen


def _ends(run: tuple[int, int], beside: int) -> int:
    """2 where the time before a run is in ``beside``, else 1 where the time after it is, else 0."""
    if beside >> (run[0] - 1) % QUARTERS & 1:
        return 2
    return beside >> run[1] % QUARTERS & 1
