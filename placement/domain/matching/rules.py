"""The hard rules: what no fit outweighs. Unknown breaks no rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from placement.domain.matching.arrays import Array
from placement.domain.matching.features import Features
from placement.domain.matching.schedule import busy_block, busy_pairs, late_block, late_kinds, late_pairs
from placement.domain.matching.travel import far_block, far_pairs, rough_far_block
from placement.domain.matching.wishes import openings_of

#: About how many pairs are looked at together: bounds memory to some tens of megabytes.
PAIRS_A_BLOCK = 1 << 20


class HardRule(StrEnum):
    """In the order in which they are named when several fail."""

    EXCLUDED = "excluded"
    BANNED = "banned"
    DISTANCE = "distance"
    HOURS = "hours"
    SCHEDULE = "schedule"
    ACCOMMODATION = "accommodation"
    PLACES = "places"


RULES = tuple(HardRule)
#: From this share of pairs on, a whole block costs less than its pairs one by one.
DENSE = 0.15
_CHEAP = (HardRule.EXCLUDED, HardRule.BANNED, HardRule.HOURS, HardRule.ACCOMMODATION, HardRule.PLACES)


@dataclass(frozen=True, slots=True)
class Reasons:
    """For one person: how many openings each rule rules out first, and how many pass them all."""

    counts: dict[HardRule, int]
    passing: int


def failing(f: Features, rows: Array, rule: HardRule) -> Array:
    """bool (len(rows), m): where this rule fails, whatever the others say."""
    match rule:
        case HardRule.DISTANCE:
            return far_block(f.travel, rows)
        case HardRule.HOURS:
            return busy_block(f.times, rows)
        case HardRule.SCHEDULE:
            return late_block(f.times, rows)
        case HardRule.PLACES:
            return np.asarray(np.broadcast_to(f.places <= 0, (len(rows), len(f.openings))))
    found = np.zeros((len(rows), len(f.openings)), np.bool_)
    match rule:
        case HardRule.EXCLUDED:
            r, j, _ = openings_of(f.wishes, f.wishes.excluded, rows)
            found[r, j] = True
        case HardRule.BANNED:
            r, j, _ = f.banned.entries(rows)
            found[r, j] = True
        case HardRule.ACCOMMODATION:
            needy = np.flatnonzero(f.needs[rows].any(axis=1))
            found[needy] = f.needs[rows[needy]] @ f.lacks.T > 0
    return found


def failing_pairs(f: Features, i: Array, j: Array) -> Array:
    """bool (7, E): which of :data:`RULES` the pairs ``(i, j)`` fail."""
    found = np.zeros((len(RULES), len(i)), np.bool_)
    found[0, f.wishes.excluded.find(i, f.wishes.employer[j])[0]] = True
    found[1, f.banned.find(i, j)[0]] = True
    found[2] = far_pairs(f.travel, i, j)
    found[3] = busy_pairs(f.times, i, j)
    found[4] = late_pairs(f.times, i, j)
    found[5] = np.einsum("ea,ea->e", f.needs[i], f.lacks[j]) > 0
    found[6] = f.places[j] <= 0
    return found


def passing(f: Features, rows: Array, shared: Array) -> Array:
    """Ascending positions ``r * m + j`` of the pairs that pass all rules; ``shared`` of :mod:`schedule`."""
    stop, m = rough_far_block(f.travel, rows), max(1, len(f.openings))
    for rule in _CHEAP:
        stop |= failing(f, rows, rule)
    late = late_kinds(f.times, rows, shared)
    # The dear rules pair by pair for what is left, unless that is much.
    if np.count_nonzero(stop) < (1 - DENSE) * stop.size:
        stop |= far_block(f.travel, rows)
        stop |= late[:, f.times.kind]
        return np.flatnonzero(np.logical_not(stop, out=stop))
    at = np.flatnonzero(np.logical_not(stop, out=stop))
    r = at // m
    j = at - r * m
    kept = ~late[r, f.times.kind[j]]
    at, r, j = at[kept], r[kept], j[kept]
    return np.asarray(at[~far_pairs(f.travel, rows[r], j)])


def blocks(f: Features, rows: Array, pairs: int = PAIRS_A_BLOCK) -> Iterator[Array]:
    """``rows`` in consecutive parts, about ``pairs`` pairs at a time."""
    size = max(1, pairs // max(1, len(f.openings)))
    for first in range(0, len(rows), size):
        yield rows[first : first + size]


def reasons(f: Features, i: int) -> Reasons:
    """For person ``i`` the first failing rule of every opening, counted."""
    return reasons_many(f, np.array([i]))[0]


def reasons_many(f: Features, rows: Array) -> list[Reasons]:
    """The same for many people at once, in the order of ``rows``."""
    found: list[Reasons] = []
    for block in blocks(f, rows):
        left = np.ones((len(block), len(f.openings)), np.bool_)
        first = np.zeros((len(RULES), len(block)), np.int64)
        for k, rule in enumerate(RULES):
            fails = failing(f, block, rule) & left
            first[k] = np.count_nonzero(fails, axis=1)
            left ^= fails
        passing = np.count_nonzero(left, axis=1).tolist()
        for counts, number in zip(first.T.tolist(), passing, strict=True):
            named = {rule: count for rule, count in zip(RULES, counts, strict=True) if count}
            found.append(Reasons(named, number))
    return found


def failing_pair(f: Features, i: int, j: int) -> tuple[HardRule, ...]:
    """Every rule that person ``i`` and opening ``j`` fail, in their order."""
    fails = failing_pairs(f, np.array([i]), np.array([j]))[:, 0]
    return tuple(rule for rule, failed in zip(RULES, fails.tolist(), strict=True) if failed)
