"""How well each person fits each opening: 0 to 10,000 basis points in four parts.

Each factor is a share from 0 to 1 of its weight, rounded once; the parts sum to the
fit exactly. Where nothing is known a factor earns half: neither for nor against.

* profile: every trait asked for and known costs weight × (3 × levels asked beyond the
  ability, or 1 × levels left unused) of weight × 15; unknown traits count on neither side.
* wishes: rather not 0, no matter 2, gladly 3, very gladly 4 of 4, the mean over what was
  stated; the employer counts as two tasks.
* travel: falls evenly from the doorstep to the person's limit (25 km without one).
* schedule: the share of the opening's week within the person's availability.

Sums are of small integers, exact in float32 in any order; only one division and one
rounding follow. So results do not depend on how people are split into blocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from placement.domain.matching.features import OVER, Array, Features, prepare, thermometer
from placement.domain.matching.rules import HardRule, Reasons, overlap, passing, reasons, squared_km

__all__ = [
    "Features",
    "HardRule",
    "Reasons",
    "Scored",
    "blocks",
    "prepare",
    "reasons",
    "score_all",
    "score_block",
    "score_pairs",
]

#: About how many pairs are looked at together: bounds memory to some tens of megabytes.
PAIRS_A_BLOCK = 1 << 20
EMPLOYER_COUNTS_AS = 2
_TOP_WISH = 4
#: Wish + 2 as stored → points; 0 is "not stated".
_WISH_POINTS = np.array([0, 0, 2, 3, 4], np.float32)


@dataclass(frozen=True, slots=True)
class Scored:
    """E pairs that pass every hard rule, in order of (i, j).

    ``i``, ``j``, ``fit`` int32 (E,); ``parts`` int16 (E, 4): profile, wishes, travel, schedule.
    """

    i: Array
    j: Array
    fit: Array
    parts: Array


def blocks(f: Features, pairs: int = PAIRS_A_BLOCK) -> Iterator[Array]:
    """All people as consecutive rows, about ``pairs`` pairs at a time."""
    size = max(1, pairs // max(1, len(f.openings)))
    for start in range(0, len(f.people), size):
        yield np.arange(start, min(start + size, len(f.people)))


def score_all(f: Features, pairs: int = PAIRS_A_BLOCK) -> Scored:
    """Every pair that passes the hard rules, scored block by block."""
    found = [score_block(f, rows) for rows in blocks(f, pairs)] or [score_block(f, np.arange(0))]
    return Scored(*(np.concatenate([block[part] for block in found]) for part in range(4)))


def score_block(f: Features, rows: Array) -> tuple[Array, Array, Array, Array]:
    """``(i, j, fit, parts)`` as in :class:`Scored` for the people ``rows`` (indices)."""
    r, j = passing(f, rows)
    parts = _parts(f, rows, r, j)
    return rows[r].astype(np.int32), j.astype(np.int32), parts.sum(axis=1, dtype=np.int32), parts


def score_pairs(f: Features, i: Array, j: Array) -> Array:
    """Parts int16 (E, 4) of the pairs ``(i, j)``, whether or not they pass the hard rules."""
    rows, r = np.unique(i, return_inverse=True)
    return _parts(f, rows, r, j)


def _parts(f: Features, rows: Array, r: Array, j: Array) -> Array:
    w, i = f.settings.weights, rows[r]
    near = f.near[i]
    km = np.minimum(np.sqrt(squared_km(f, i, j)), near)
    shared = np.where(f.week_known[i], overlap(f, i, j), 0)
    week = np.where(f.week_known[i], f.pattern_size[j], 0)
    known = ~np.isnan(km)
    return np.stack(
        [
            _points(w.profile, *_profile(f, rows, r, j)),
            _points(w.wishes, *_wishes(f, rows, r, j)),
            _points(w.travel, np.where(known, near - km, 0), np.where(known, near, 0)),
            _points(w.schedule, shared, week),
        ],
        axis=1,
    )


def _points(weight: int, earned: Array, of: Array) -> Array:
    """``weight × earned / of`` rounded once; half the weight where ``of`` is 0."""
    nothing = of == 0
    points = np.where(nothing, weight, weight * earned.astype(np.float64)) / np.where(nothing, 2, of)
    return np.rint(points).astype(np.int16)


def _profile(f: Features, rows: Array, r: Array, j: Array) -> tuple[Array, Array]:
    ability = f.ability[rows]
    known, reached = ability >= 0, thermometer(ability)
    short = np.tile(known, 5) & ~reached
    # One product counts both costs: steps asked for and not reached, steps reached and not asked for.
    cost = np.concatenate([OVER * short.astype(np.float32), reached.astype(np.float32)], axis=1) @ f.demand.T
    worst = 5 * OVER * (known.astype(np.float32) @ f.requirement_weight.T)
    return (worst - cost)[r, j], worst[r, j]


def _wishes(f: Features, rows: Array, r: Array, j: Array) -> tuple[Array, Array]:
    wish = f.task_wish[rows]
    earned = _WISH_POINTS[wish] @ f.tasks.T
    stated = (wish > 0).astype(np.float32) @ f.tasks.T
    employer = f.employer_wish.dense(rows)[:, f.employer]
    earned += EMPLOYER_COUNTS_AS * _WISH_POINTS[employer]
    stated += np.float32(EMPLOYER_COUNTS_AS) * (employer > 0)
    return earned[r, j], _TOP_WISH * stated[r, j]
