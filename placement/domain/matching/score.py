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
from placement.domain.matching.rules import PAIRS_A_BLOCK, HardRule, Reasons, allowed, blocks, reasons
from placement.domain.matching.schedule import schedule_block, schedule_pairs
from placement.domain.matching.travel import travel_block, travel_pairs
from placement.domain.matching.wishes import wishes_block, wishes_pairs

__all__ = [
    "Features",
    "HardRule",
    "Reasons",
    "Scored",
    "fit_block",
    "prepare",
    "reasons",
    "score_all",
    "score_block",
    "score_pairs",
]

#: From this share of pairs that pass, a whole block costs less than its pairs one by one.
_DENSE = 0.15


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
    """Every pair that passes the hard rules, scored block by block: 20 bytes a pair."""
    found = [score_block(f, rows) for rows in blocks(f, np.arange(len(f.people)), pairs)]
    columns = list(zip(*(found or [score_block(f, np.arange(0))]), strict=True))
    found.clear()
    # The last column first, each let go once it is joined: pieces and whole are never all there at once.
    parts, fit, j, i = (np.concatenate(columns.pop()) for _ in range(4))
    return Scored(i, j, fit, parts)


def score_block(f: Features, rows: Array) -> tuple[Array, Array, Array, Array]:
    """``(i, j, fit, parts)`` as in :class:`Scored` for the people ``rows`` (indices)."""
    at, m = np.flatnonzero(ok := allowed(f, rows)), max(1, len(f.openings))
    r = at // m
    i, j = rows[r], at - r * m
    if len(at) < _DENSE * ok.size:
        parts = _pair_parts(f, i, j)
    else:
        parts = _block_parts(f, rows).reshape(4, -1)
        parts = parts if len(at) == ok.size else parts[:, at]
    return i.astype(np.int32), j.astype(np.int32), parts.sum(axis=0, dtype=np.int32), parts.T


def fit_block(f: Features, rows: Array) -> Array:
    """int16 (len(rows), m): the fit of all pairs of these people, −1 where a hard rule stands against it.

    For looking at all pairs without keeping them: parts are not told.
    """
    ok = allowed(f, rows)
    if np.count_nonzero(ok) >= _DENSE * ok.size:
        fit = _block_parts(f, rows).sum(axis=0, dtype=np.int16)
        fit[~ok] = -1
        return np.asarray(fit)
    fit = np.full(ok.shape, -1, np.int16)
    r, j = np.nonzero(ok)
    fit[r, j] = _pair_parts(f, rows[r], j).sum(axis=0, dtype=np.int16)
    return fit


def score_pairs(f: Features, i: Array, j: Array) -> Array:
    """Parts int16 (E, 4) of the pairs ``(i, j)``, whether or not they pass the hard rules."""
    return _pair_parts(f, i, j).T


def _pair_parts(f: Features, i: Array, j: Array) -> Array:
    w, parts = f.settings.weights, np.empty((4, len(i)), np.int16)
    parts[0] = profile_pairs(f.profile, i, j, w.profile)
    parts[1] = wishes_pairs(f.wishes, i, j, w.wishes)
    parts[2] = travel_pairs(f.travel, i, j, w.travel)
    parts[3] = schedule_pairs(f.times, i, j, w.schedule)
    return parts


def _block_parts(f: Features, rows: Array) -> Array:
    w, parts = f.settings.weights, np.empty((4, len(rows), len(f.openings)), np.int16)
    parts[0] = profile_block(f.profile, rows, w.profile)
    parts[1] = wishes_block(f.wishes, rows, w.wishes)
    parts[2] = travel_block(f.travel, rows, w.travel)
    parts[3] = schedule_block(f.times, rows, w.schedule)[:, f.times.kind]
    return parts
