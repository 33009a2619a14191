"""The best matching of people and openings: most people placed, then greatest total weight.

An assignment problem (Kuhn 1955), solved by shortest augmenting paths on sparse pairs
(Jonker and Volgenant 1987, as in scipy).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from placement.domain.matching.alternatives import Alternative, Move, Residual, alternatives, forced, residual
from placement.domain.matching.certificate import Certificate, certificate
from placement.domain.matching.edges import Edges, edges
from placement.domain.matching.features import Array
from placement.domain.words import Say, say

__all__ = [
    "Alternative",
    "Certificate",
    "LockError",
    "Move",
    "Remaining",
    "Residual",
    "alternatives",
    "certificate",
    "forced",
    "residual",
    "solve_pairs",
    "with_locks",
]


class LockError(ValueError):
    """A locked pair that cannot hold. ``lock`` is its position among the locks, ``reason`` says why."""

    def __init__(self, lock: int, reason: Say) -> None:
        super().__init__(f"locks[{lock}]: {reason.msgid % dict(reason.params)}")
        self.lock = lock
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Remaining:
    """What is left to solve once locks are set aside: same indices, fewer pairs and places.

    ``x`` int64 (n,) holds the locked openings, −1 elsewhere.
    """

    i: Array
    j: Array
    w: Array
    cap: Array
    x: Array


def solve_pairs(n: int, m: int, i: ArrayLike, j: ArrayLike, w: ArrayLike, cap: ArrayLike) -> Array:
    """int64 (n,): the opening of each person, −1 unplaced.

    ``n`` people, ``m`` openings; pairs ``(i, j)`` that may be formed with whole weights
    ``w`` ≥ 0 (fit in basis points, exact up to 10^10); capacities ``cap`` (m,). Of a pair
    given twice the highest weight counts. The answer depends on the indices only, never
    on the order of the pairs. Malformed input raises ValueError naming the entry.
    """
    e = edges(n, m, i, j, w, cap)
    worth = e.w + e.premium
    roomy = e.cap >= np.bincount(e.j, minlength=m)
    base, x = _fallback(e, roomy[e.j], worth)
    gain = worth - base[e.i]
    row, place, gain, owner = _expanded(e, ~roomy[e.j] & (e.cap[e.j] > 0) & (gain > 0), gain)
    if n <= len(owner):
        person, taken = _best(row, place, gain, n, len(owner))
    else:
        taken, person = _best(place, row, gain, len(owner), n)
    x[person] = owner[taken]
    return x


def _fallback(e: Edges, roomy: Array, worth: Array) -> tuple[Array, Array]:
    """Worth (n,) and opening (n,) of what each person can always have; 0 and −1 where nothing.

    An opening with room for everyone who may come needs no places of its own: the best
    of them is simply what the person falls back on.
    """
    base, opening = np.zeros(e.n, np.int64), np.full(e.n, -1, np.int64)
    at = np.flatnonzero(roomy)
    at = at[np.lexsort((e.j[at], -worth[at], e.i[at]))]
    person, first = np.unique(e.i[at], return_index=True)
    base[person], opening[person] = worth[at[first]], e.j[at[first]]
    return base, opening


def _expanded(e: Edges, kept: Array, gain: Array) -> tuple[Array, Array, Array, Array]:
    """Person, place and gain of the kept pairs with one column per place, and the opening of each place."""
    at = np.flatnonzero(kept)
    size = np.minimum(e.cap, np.bincount(e.j[at], minlength=e.m))
    times = size[e.j[at]]
    copy = np.arange(int(times.sum())) - np.repeat(np.cumsum(times) - times, times)
    at = np.repeat(at, times)
    first = np.cumsum(size) - size
    return e.i[at], first[e.j[at]] + copy, gain[at], np.repeat(np.arange(e.m), size)


def _best(row: Array, column: Array, gain: Array, rows: int, columns: int) -> tuple[Array, Array]:
    """Rows and columns matched for the greatest total gain; fastest with the fewer as rows.

    A private column for each row stands for "not matched": whoever cannot be is settled at once.
    """
    if rows == 0:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    top = int(gain.max(initial=0)) + 1
    cost = np.concatenate([top - gain, np.full(rows, top, np.int64)]).astype(np.float64)
    row, column = np.concatenate([row, np.arange(rows)]), np.concatenate([column, columns + np.arange(rows)])
    matrix = csr_array((cost, (row, column)), shape=(rows, columns + rows))
    matched, at = min_weight_full_bipartite_matching(matrix)
    real = at < columns
    return matched[real], at[real]


def with_locks(
    n: int,
    m: int,
    i: ArrayLike,
    j: ArrayLike,
    w: ArrayLike,
    cap: ArrayLike,
    locks: Sequence[tuple[int, int]],
    overridden: Collection[int] = (),
) -> Remaining:
    """Set the locked pairs (person, opening) aside: each leaves the problem and takes a place.

    ``overridden``: positions of locks that hold although they are not among the pairs.
    Raises LockError if another lock is not among the pairs, if any holds a person twice or
    takes more places than there are, and ValueError for indices out of range.
    """
    e = edges(n, m, i, j, w, cap)
    pairs = set(zip(e.i.tolist(), e.j.tolist(), strict=True)) if locks else set()
    x, left = np.full(n, -1, np.int64), e.cap.copy()
    for k, (person, opening) in enumerate(locks):
        if not (0 <= person < n and 0 <= opening < m):
            raise ValueError(f"locks[{k}]: ({person}, {opening}) is no person and opening")
        if (person, opening) not in pairs and k not in overridden:
            raise LockError(k, say("This pair breaks a rule and cannot be kept."))
        if x[person] >= 0:
            raise LockError(k, say("This person is kept at more than one opening."))
        if left[opening] == 0:
            raise LockError(k, say("More pairs are kept at this opening than it has free places."))
        x[person] = opening
        left[opening] -= 1
    free = x[e.i] < 0
    return Remaining(e.i[free], e.j[free], e.w[free], left, x)
