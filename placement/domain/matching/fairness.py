"""Two ways to share out what a cohort loses, both with the most people placed first.

Least shortfall: somebody far from a full fit weighs more than several a little short of it.
Max-min: the one who gets the least gets as much as anybody in that place can.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from placement.domain.matching.arrays import Array
from placement.domain.matching.augment import most_placed
from placement.domain.matching.certificate import certificate
from placement.domain.matching.edges import Edges, edges
from placement.domain.matching.problem import WHOLE
from placement.domain.matching.solve import solve_pairs


def shortfall_weights(fit: ArrayLike) -> Array:
    """int64: 10^8 − (10^4 − fit)² for fits in basis points; ValueError for what is no fit.

    With the same number of people placed, the greatest total of these weights is the least
    sum of squared shortfalls, exactly: Σ over the placed of (1 − fit)² = placed − total / 10^8.
    """
    values = np.asarray(fit)
    whole = values.astype(np.int64)
    bad = np.flatnonzero((whole != values) | (whole < 0) | (whole > WHOLE))
    if bad.size:
        raise ValueError(f"fit[{bad[0]}]: {values[bad[0]]} is not a whole number from 0 to {WHOLE}")
    return np.asarray(WHOLE * WHOLE - (WHOLE - whole) ** 2)


def max_min(n: int, m: int, i: ArrayLike, j: ArrayLike, w: ArrayLike, cap: ArrayLike) -> Array:
    """Place the most people, then raise the lowest weight among them, then the total weight.

    Arguments, result and errors as of ``solve_pairs``. Searches the distinct weights by
    halves: a threshold is possible if the pairs from it on still place as many.
    """
    e = edges(n, m, i, j, w, cap)
    x = most_placed(e, np.ones(len(e.i), np.bool_), np.full(n, -1, np.int64), n)
    placed = int((x >= 0).sum())
    if not placed:
        return x
    levels = np.unique(e.w)
    # Possible at `low`; at `end` not.
    low, end = _level(levels, e, x), int(np.searchsorted(levels, _ceiling(e, placed), "right"))
    while low + 1 < end:
        half = (low + end) // 2
        found = most_placed(e, e.w >= levels[half], x, placed)
        if int((found >= 0).sum()) == placed:
            # What was found may do better than what was asked for.
            x, low = found, _level(levels, e, found)
        else:
            end = half
    kept = e.w >= levels[low]
    return solve_pairs(n, m, e.i[kept], e.j[kept], e.w[kept], e.cap)


def is_max_min(n: int, m: int, i: ArrayLike, j: ArrayLike, w: ArrayLike, cap: ArrayLike, x: ArrayLike) -> bool:
    """Whether ``x`` keeps what :func:`max_min` promises, proved by prices from the raw input.

    Nobody more can be placed by any pairs; the pairs above its lowest weight place fewer; and
    among the pairs from there on no matching places as many with a greater total.
    """
    e = edges(n, m, i, j, w, cap)
    nothing = np.zeros_like(e.w)
    most = certificate(n, m, e.i, e.j, nothing, e.cap, x)
    if not most.placed:
        return most.optimal
    match = np.asarray(x)
    worst = e.w[match[e.i] == e.j].min()
    allowed, higher = e.w >= worst, e.w > worst
    best = certificate(n, m, e.i[allowed], e.j[allowed], e.w[allowed], e.cap, match)
    beyond = most_placed(e, higher, match, most.placed)
    fewer = certificate(n, m, e.i[higher], e.j[higher], nothing[higher], e.cap, beyond)
    return most.optimal and best.optimal and fewer.optimal and fewer.placed < most.placed


def _level(levels: Array, e: Edges, x: Array) -> int:
    """The lowest weight of the matching, as a position among the levels."""
    return int(np.searchsorted(levels, e.w[x[e.i] == e.j].min()))


def _ceiling(e: Edges, placed: int) -> int:
    """No threshold above can place so many: fewer people have any pair from there on."""
    best = np.full(e.n, -1, np.int64)
    np.maximum.at(best, e.i, e.w)
    return int(np.sort(best)[-placed])
