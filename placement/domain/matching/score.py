"""How well each person fits each opening: 0 to 10,000 basis points in four parts.

Each factor is a share from 0 to 1 of its weight, rounded once; the parts sum to the
fit exactly. Where nothing is known a factor earns half: neither for nor against. What
each factor counts stands in :mod:`profile`, :mod:`wishes`, :mod:`travel`, :mod:`schedule`.

Sums are of small integers, exact in float32 in any order; only one division and one
rounding follow. So results do not depend on how people are split into blocks, nor on
whether a block is computed whole (many pairs pass) or pair by pair (few do).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from placement.domain.matching.arrays import Array
from placement.domain.matching.features import Features, prepare
from placement.domain.matching.profile import profile_block, profile_pairs
from placement.domain.matching.rules import DENSE, PAIRS_A_BLOCK, HardRule, Reasons, blocks, passing, reasons
from placement.domain.matching.schedule import overlap, schedule_kinds, schedule_pairs, shared_block
from placement.domain.matching.travel import travel_block, travel_pairs
from placement.domain.matching.wishes import wish_points, wishes_block, wishes_pairs

__all__ = [
    "Features",
    "HardRule",
    "Reasons",
    "Scored",
    "TooManyPairsError",
    "fit_block",
    "prepare",
    "reasons",
    "score_all",
    "score_block",
    "score_pairs",
]

#: More possible pairs than this are not kept at once: solving them takes about 100 bytes each.
MOST_PAIRS = 10_000_000
_PAIRS_AT_ONCE = 1 << 17


class TooManyPairsError(RuntimeError):
    """More pairs are possible than can be kept at once."""


@dataclass(frozen=True, slots=True)
class Scored:
    """E pairs that pass every hard rule, in order of (i, j).

    ``i``, ``j``, ``fit`` int32 (E,); ``parts`` int16 (E, 4): profile, wishes, travel, schedule.
    """

    i: Array
    j: Array
    fit: Array
    parts: Array


def score_all(f: Features, pairs: int = PAIRS_A_BLOCK) -> Scored:
    """Every pair that passes the hard rules, scored block by block: 20 bytes a pair.

    Raises TooManyPairsError past :data:`MOST_PAIRS`.
    """
    found, kept = [], 0
    for rows in blocks(f, np.arange(len(f.people)), pairs):
        found.append(score_block(f, rows))
        kept += len(found[-1][0])
        if kept > MOST_PAIRS:
            raise TooManyPairsError(f"more than {MOST_PAIRS} pairs are possible")
    columns = list(zip(*(found or [score_block(f, np.arange(0))]), strict=True))
    found.clear()
    # The last column first, each let go once it is joined: pieces and whole are never all there at once.
    parts, fit, j, i = (np.concatenate(columns.pop()) for _ in range(4))
    return Scored(i, j, fit, parts)


def score_block(f: Features, rows: Array) -> tuple[Array, Array, Array, Array]:
    """``(i, j, fit, parts)`` as in :class:`Scored` for the people ``rows`` (indices)."""
    at, parts = _score(f, rows)
    r = at // max(1, len(f.openings))
    j = at - r * len(f.openings)
    return rows[r].astype(np.int32), j.astype(np.int32), parts.sum(axis=0, dtype=np.int32), parts.T


def fit_block(f: Features, rows: Array) -> Array:
    """int16 (len(rows), m): the fit of all pairs of these people, −1 where a hard rule stands against it.

    For looking at all pairs without keeping them: parts are not told.
    """
    fit = np.full((len(rows), len(f.openings)), -1, np.int16)
    at, parts = _score(f, rows)
    fit.reshape(-1)[at] = parts.sum(axis=0, dtype=np.int16)
    return fit


def score_pairs(f: Features, i: Array, j: Array) -> Array:
    """Parts int16 (E, 4) of the pairs ``(i, j)``, whether or not they pass the hard rules."""
    parts = np.empty((4, len(i)), np.int16)
    for first in range(0, len(i), _PAIRS_AT_ONCE):
        part = slice(first, first + _PAIRS_AT_ONCE)
        k, o = i[part], j[part]
        _pair_parts(f, k, o, overlap(f.times, k, o), wishes_pairs(f.wishes, k, o), parts[:, part])
    return parts.T


def _score(f: Features, rows: Array) -> tuple[Array, Array]:
    """Positions as of :func:`passing`, and int16 (4, E) parts."""
    shared, m = shared_block(f.times, rows), max(1, len(f.openings))
    at = passing(f, rows, shared)
    size = len(rows) * m
    if len(at) >= DENSE * size:
        parts = _block_parts(f, rows, shared).reshape(4, -1)
        return at, parts if len(at) == size else parts[:, at]
    parts = np.empty((4, len(at)), np.int16)
    if len(at):
        r = at // m
        j = at - r * m
        wish = wishes_block(f.wishes, rows).reshape(-1)[at]
        _pair_parts(f, rows[r], j, shared[r, f.times.kind[j]], wish, parts)
    return at, parts


def _pair_parts(f: Features, i: Array, j: Array, shared: Array, wish: Array, parts: Array) -> None:
    w = f.settings.weights
    parts[0] = profile_pairs(f.profile, i, j, w.profile)
    parts[1] = wish_points(f.wishes, wish, w.wishes)
    parts[2] = travel_pairs(f.travel, i, j, w.travel)
    parts[3] = schedule_pairs(f.times, i, j, shared, w.schedule)


def _block_parts(f: Features, rows: Array, shared: Array) -> Array:
    w, parts = f.settings.weights, np.empty((4, len(rows), len(f.openings)), np.int16)
    parts[0] = profile_block(f.profile, rows, w.profile)
    parts[1] = wish_points(f.wishes, wishes_block(f.wishes, rows), w.wishes)
    parts[2] = travel_block(f.travel, rows, w.travel)
    parts[3] = schedule_kinds(f.times, rows, shared, w.schedule)[:, f.times.kind]
    return parts
