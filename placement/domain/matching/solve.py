"""The best matching of people and openings: most people placed, then greatest total weight.

An assignment problem (Kuhn 1955). The likely pairs are solved first; their prices tell
which others would still do better, and those join until there are none: column generation
(Gilmore and Gomory 1961), so that most pairs are only looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from placement.domain.matching.alternatives import Alternative, Move, Residual, alternatives, forced, residual
from placement.domain.matching.arrays import Array
from placement.domain.matching.assign import assigned
from placement.domain.matching.candidates import candidates
from placement.domain.matching.certificate import Certificate, certificate, outbid, prove
from placement.domain.matching.edges import Edges, edges
from placement.domain.matching.stable import blocking_pairs, stable
from placement.domain.words import Say, say

__all__ = [
    "Alternative",
    "Certificate",
    "LockError",
    "Move",
    "Remaining",
    "Residual",
    "alternatives",
    "blocking_pairs",
    "certificate",
    "forced",
    "residual",
    "solve_pairs",
    "stable",
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
    tried = candidates(e)
    price, surplus = np.zeros(m, np.int64), np.zeros(n, np.int64)
    while True:
        part = replace(e, i=e.i[tried], j=e.j[tried], w=e.w[tried])
        x = assigned(part, price, surplus)
        proof = prove(part, x, np.arange(len(tried)))
        better = outbid(e, proof.price, proof.surplus)
        better = better[e.cap[e.j[better]] > 0]
        if not better.size:
            return x
        tried = np.union1d(tried, better)
        # Whoever loses their place to a better pair gains less from it than that pair brings.
        gain = int((e.w[better] + e.premium - proof.price[e.j[better]] - proof.surplus[e.i[better]]).max())
        price, surplus = np.maximum(0, proof.price - gain), np.maximum(0, proof.surplus - gain)


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
    x, left = np.full(n, -1, np.int64), e.cap.copy()
    for k, (person, opening) in enumerate(locks):
        if not (0 <= person < n and 0 <= opening < m):
            raise ValueError(f"locks[{k}]: ({person}, {opening}) is no person and opening")
        if k not in overridden and not _is_pair(e, person, opening):
            raise LockError(k, say("This pair breaks a rule and cannot be kept."))
        if x[person] >= 0:
            raise LockError(k, say("This person is kept at more than one opening."))
        if left[opening] == 0:
            raise LockError(k, say("More pairs are kept at this opening than it has free places."))
        x[person] = opening
        left[opening] -= 1
    free = x[e.i] < 0
    return Remaining(e.i[free], e.j[free], e.w[free], left, x)


def _is_pair(e: Edges, person: int, opening: int) -> bool:
    """Pairs are sorted: two searches, no set of millions of pairs."""
    first, end = np.searchsorted(e.i, [person, person + 1])
    at = int(first + np.searchsorted(e.j[first:end], opening))
    return at < end and bool(e.j[at] == opening)
