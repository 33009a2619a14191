"""The fourth factor, and the rules of hours and schedule: an opening's week against a person's.

Weeks are masks of 672 quarters. Openings of one pattern and demand are of one *kind*;
quarters that every kind has or lacks together are counted as one *span*. A whole block
is then a product of small matrices of whole numbers, exact in float32.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from placement.domain.matching.arrays import Array, points
from placement.domain.matching.parties import Opening, Person
from placement.domain.matching.week import QUARTERS

WEEK_WORDS = -(-QUARTERS // 64)
_NO_LIMIT = np.iinfo(np.int16).max


@dataclass(frozen=True, slots=True)
class Times:
    """n people, m openings of Q kinds, K spans."""

    hours_limit: Array  # int16 (n,) quarters a week
    asked_hours: Array  # int16 (m,) quarters within the person's weekly hours
    week: Array  # uint64 (n, 11)
    week_known: Array  # bool (n,)
    kind: Array  # int64 (m,)
    pattern: Array  # uint64 (Q, 11)
    size: Array  # int16 (Q,) quarters
    asked: Array  # int16 (Q,) quarters within the person's availability
    quarters: Array  # int64, quarters of any pattern, span by span
    span: Array  # int64 (K,), where each span begins among them
    inside: Array  # float32 (Q, K), 1 where a kind has a span


def time_arrays(people: Sequence[Person], openings: Sequence[Opening]) -> Times:
    """Weeks, hours and what openings ask of them."""
    asked = [_asked(o) for o in openings]
    demand = [(o.pattern, min(need, o.pattern.bit_count())) for o, need in zip(openings, asked, strict=True)]
    kinds = {wanted: q for q, wanted in enumerate(sorted(set(demand)))}
    pattern = _words(mask for mask, _ in kinds)
    quarters, span, inside = _spans(_bits(pattern))
    limits = [_NO_LIMIT if p.weekly_hours_limit is None else quarters_down(p.weekly_hours_limit) for p in people]
    return Times(
        hours_limit=np.array(limits, np.int16),
        asked_hours=np.array(asked, np.int16),
        week=_words(p.availability or 0 for p in people),
        week_known=np.array([p.availability is not None for p in people], np.bool_),
        kind=np.array([kinds[wanted] for wanted in demand], np.int64),
        pattern=pattern,
        size=np.array([mask.bit_count() for mask, _ in kinds], np.int16),
        asked=np.array([need for _, need in kinds], np.int16),
        quarters=quarters,
        span=span,
        inside=inside,
    )


def busy_block(t: Times, rows: Array) -> Array:
    """bool (len(rows), m): where more hours are asked for than these people can work."""
    return np.asarray(t.asked_hours > t.hours_limit[rows, None])


def late_block(t: Times, rows: Array) -> Array:
    """bool (len(rows), m): where too little of the week overlaps."""
    return np.asarray(late_kinds(t, rows, shared_block(t, rows))[:, t.kind])


def late_kinds(t: Times, rows: Array, shared: Array) -> Array:
    """bool (len(rows), Q): the same by kind of opening; ``shared`` as :func:`shared_block` gives it."""
    return np.asarray(t.week_known[rows, None] & (shared < t.asked))


def schedule_kinds(t: Times, rows: Array, shared: Array, weight: int) -> Array:
    """int16 (len(rows), Q): points of these people with each kind of opening."""
    return points(weight, shared, np.where(t.week_known[rows, None], t.size, 0))


def shared_block(t: Times, rows: Array) -> Array:
    """float32 (len(rows), Q): quarters of each kind within the availability."""
    if not len(t.span):
        return np.zeros((len(rows), len(t.size)), np.float32)
    free = np.add.reduceat(_bits(t.week[rows])[:, t.quarters], t.span, axis=1, dtype=np.uint16)
    return np.asarray(free.astype(np.float32) @ t.inside.T)


def busy_pairs(t: Times, i: Array, j: Array) -> Array:
    """bool (E,), as :func:`busy_block`."""
    return np.asarray(t.asked_hours[j] > t.hours_limit[i])


def late_pairs(t: Times, i: Array, j: Array) -> Array:
    """bool (E,), as :func:`late_block`."""
    return np.asarray(t.week_known[i] & (overlap(t, i, j) < t.asked[t.kind[j]]))


def schedule_pairs(t: Times, i: Array, j: Array, shared: Array, weight: int) -> Array:
    """int16 (E,): points of the pairs ``(i, j)`` of which so many quarters overlap."""
    return points(weight, shared, np.where(t.week_known[i], t.size[t.kind[j]], 0))


def overlap(t: Times, i: Array, j: Array) -> Array:
    """int64 (E,): quarters of the opening's pattern within the person's availability."""
    total = np.zeros(len(i), np.int64)
    for word in range(WEEK_WORDS):
        total += np.bitwise_count(t.week[i, word] & t.pattern[t.kind[j], word])
    return total


def quarters_down(hours: float) -> int:
    """Whole quarters within these hours."""
    return math.floor(hours * 4 + 1e-9)


def _asked(opening: Opening) -> int:
    least = opening.minimum_weekly_hours
    return opening.pattern.bit_count() if least is None else math.ceil(least * 4 - 1e-9)


def _spans(bits: Array) -> tuple[Array, Array, Array]:
    columns = np.packbits(bits, axis=0).T
    groups: dict[bytes, list[int]] = {}
    for quarter in np.flatnonzero(bits.any(axis=0)).tolist():
        groups.setdefault(columns[quarter].tobytes(), []).append(quarter)
    members = list(groups.values())
    size = [len(group) for group in members]
    quarters = np.array([quarter for group in members for quarter in group], np.int64)
    inside = bits[:, [group[0] for group in members]].astype(np.float32)
    return quarters, np.cumsum(size, dtype=np.int64) - size, inside


def _bits(words: Array) -> Array:
    return np.unpackbits(words.astype("<u8", copy=False).view(np.uint8), axis=1, count=QUARTERS, bitorder="little")


def _words(masks: Iterable[int]) -> Array:
    packed = b"".join(mask.to_bytes(WEEK_WORDS * 8, "little") for mask in masks)
    return np.frombuffer(packed, "<u8").astype(np.uint64).reshape(-1, WEEK_WORDS)
