"""The hard rules: what no fit outweighs. Unknown breaks no rule."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from placement.domain.matching.features import WEEK_WORDS, Array, Features


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


@dataclass(frozen=True, slots=True)
class Reasons:
    """For one person: ``first`` int8 (m,), index into RULES of the first failing rule or −1 where all pass."""

    first: Array
    counts: dict[HardRule, int]
    passing: int


def squared_km(f: Features, i: Array, j: Array) -> Array:
    """Square of the straight chord between person and opening, km²; nan where a position is unknown.

    ``i`` and ``j`` broadcast against each other. Only single multiplications and
    additions, so that every element is the same in whatever block it is computed.
    """
    total = (f.person_at[i, 0] - f.opening_at[j, 0]) ** 2
    for axis in (1, 2):
        total += (f.person_at[i, axis] - f.opening_at[j, axis]) ** 2
    return np.asarray(total)


def overlap(f: Features, i: Array, j: Array) -> Array:
    """Quarters of the opening's pattern within the person's availability; ``i`` and ``j`` broadcast."""
    total = np.zeros(np.broadcast_shapes(i.shape, j.shape), np.int64)
    for word in range(WEEK_WORDS):
        total += np.bitwise_count(f.week[i, word] & f.pattern[j, word])
    return total


def late(f: Features, i: Array, j: Array) -> Array:
    """Whether too little of the week overlaps; ``i`` and ``j`` broadcast."""
    return np.asarray(f.week_known[i] & (overlap(f, i, j) < f.asked_overlap[j]))


def failing(f: Features, rows: Array, rule: HardRule) -> Array:
    """bool (len(rows), m): where this rule fails, whatever the others say."""
    i, j = rows[:, None], np.arange(len(f.openings))[None, :]
    if rule is HardRule.EXCLUDED:
        return f.excluded.dense(rows)[:, f.employer] > 0
    if rule is HardRule.BANNED:
        return f.banned.dense(rows) > 0
    if rule is HardRule.DISTANCE:
        return np.asarray(squared_km(f, i, j) > f.reach[i])
    if rule is HardRule.HOURS:
        return np.asarray(f.asked_hours[j] > f.hours_limit[i])
    if rule is HardRule.SCHEDULE:
        return late(f, i, j)
    if rule is HardRule.ACCOMMODATION:
        return np.asarray(f.needs[rows] @ f.lacks.T > 0)
    return np.asarray(np.broadcast_to(f.places <= 0, (len(rows), len(f.openings))))


def passing(f: Features, rows: Array) -> tuple[Array, Array]:
    """Positions ``(r, j)`` into ``rows`` and the openings of every pair that passes all rules."""
    stop = np.zeros((len(rows), len(f.openings)), np.bool_)
    for rule in RULES:
        if rule is not HardRule.SCHEDULE:
            stop |= failing(f, rows, rule)
    r, j = np.nonzero(~stop)
    # The week is by far the dearest rule: only for what is left.
    kept = ~late(f, rows[r], j)
    return r[kept], j[kept]


def reasons(f: Features, i: int) -> Reasons:
    """For person ``i`` the first failing rule of every opening, counted."""
    rows = np.array([i])
    first = np.full(len(f.openings), -1, np.int8)
    for k, rule in enumerate(RULES):
        first[(first < 0) & failing(f, rows, rule)[0]] = k
    found = np.bincount(first + 1, minlength=len(RULES) + 1).tolist()
    counts = {rule: count for rule, count in zip(RULES, found[1:], strict=True) if count}
    return Reasons(first, counts, found[0])


def failing_pair(f: Features, i: int, j: int) -> tuple[HardRule, ...]:
    """Every rule that person ``i`` and opening ``j`` fail, in their order."""
    rows = np.array([i])
    return tuple(rule for rule in RULES if failing(f, rows, rule)[0, j])
