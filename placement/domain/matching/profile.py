"""The first factor: what an opening asks for against what a person can do.

Every trait asked for and known costs weight × (3 × levels asked beyond the ability, or
1 × levels left unused) of weight × 15; an unknown trait counts on neither side.

All sums are of small integers, exact in float32 in any order, so that the product of
matrices over a whole block and the sum pair by pair give the same bits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from placement.domain.matching.arrays import Array, levels, points, strips
from placement.domain.matching.parties import TOP_LEVEL, Opening, Person

#: One level asked for beyond the ability costs this many times a level left unused.
OVER = 3
_WORST = OVER * TOP_LEVEL
_PAIRS_AT_ONCE = 4096


@dataclass(frozen=True, slots=True)
class Profile:
    """n people, m openings, T traits that count for at least one opening."""

    ability: Array  # int8 (n, T), -1 unknown
    level: Array  # int8 (m, T)
    weight: Array  # int8 (m, T), 0 not asked for
    gain: Array  # float32 (m, 6 T), what "known" and each step reached earn


def profile_arrays(people: Sequence[Person], openings: Sequence[Opening], traits: Sequence[str]) -> Profile:
    """Abilities and requirements; the order of ``traits`` does not matter."""
    asked = {t for o in openings for t, wanted in o.requirements.items() if wanted.weight}
    at = {trait: t for t, trait in enumerate(trait for trait in traits if trait in asked)}
    lines = [[(at[t], r) for t, r in o.requirements.items() if r.weight] for o in openings]
    ability = levels([[(at[t], has) for t, has in p.abilities.items() if t in at] for p in people], len(at), -1)
    level = levels([[(t, wanted.level) for t, wanted in line] for line in lines], len(at), 0)
    weight = levels([[(t, wanted.weight) for t, wanted in line] for line in lines], len(at), 0)
    known = weight * (_WORST - OVER * level)
    steps = [weight * ((OVER + 1) * (level >= step) - 1) for step in range(1, TOP_LEVEL + 1)]
    return Profile(ability, level, weight, np.concatenate([known, *steps], axis=1).astype(np.float32))


def profile_block(p: Profile, rows: Array, weight: int) -> Array:
    """int16 (len(rows), m): points of all pairs of these people."""
    ability = p.ability[rows]
    known = (ability >= 0).astype(np.float32)
    steps = [(ability >= step).astype(np.float32) for step in range(1, TOP_LEVEL + 1)]
    earned, counts = np.concatenate([known, *steps], axis=1) @ p.gain.T, known @ p.weight.T.astype(np.float32)
    found = np.empty(earned.shape, np.int16)
    for strip in strips(*earned.shape):
        found[strip] = points(weight, earned[strip], counts[strip] * np.float32(_WORST))
    return found


def profile_pairs(p: Profile, i: Array, j: Array, weight: int) -> Array:
    """int16 (E,): points of the pairs ``(i, j)``."""
    found, ones = np.empty(len(i), np.int16), np.ones(p.ability.shape[1], np.float32)
    for first in range(0, len(i), _PAIRS_AT_ONCE):
        part = slice(first, first + _PAIRS_AT_ONCE)
        # Nothing here passes 5 × 15: all of it fits in 8 bits but the sums.
        has, counted = p.ability.take(i[part], axis=0), p.weight.take(j[part], axis=0)
        counted *= has >= 0
        gap = p.level.take(j[part], axis=0)
        gap -= has
        cost = np.maximum(OVER * gap, -gap)
        cost *= counted
        worst = _WORST * (counted.astype(np.float32) @ ones)
        found[part] = points(weight, worst - cost.astype(np.float32) @ ones, worst)
    return found
