"""Proof that a matching is the best: prices that leave nobody a better place to pay for.

Every opening has a price per place and every person a surplus, both whole numbers ≥ 0.
If surplus + price covers each pair's worth (weight + premium for placing), no matching
can be worth more than all surpluses and prices together; a matching worth exactly that
is therefore best (linear programming duality, Kuhn 1955; Shapley and Shubik 1971).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from placement.domain.matching.edges import Edges, edges
from placement.domain.matching.features import Array

_UNBOUNDED = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Certificate:
    """``price`` int64 (m,), ``surplus`` int64 (n,), total weight, people placed, and whether it is proved best."""

    price: Array
    surplus: Array
    total: int
    placed: int
    optimal: bool


def certificate(n: int, m: int, i: ArrayLike, j: ArrayLike, w: ArrayLike, cap: ArrayLike, x: ArrayLike) -> Certificate:
    """Check the matching ``x`` (as from ``solve_pairs``) against the raw input.

    Raises ValueError naming the entry if ``x`` is no matching at all: not a pair, or
    an opening past its capacity. ``optimal`` is False if something better exists.
    """
    return prove(edges(n, m, i, j, w, cap), x)


def prove(e: Edges, x: ArrayLike) -> Certificate:
    """:func:`certificate` of pairs already checked and sorted."""
    chosen = _chosen(e, x)
    worth = e.w + e.premium
    price = _prices(e, worth, chosen)
    left = np.zeros(e.n, np.int64)
    np.maximum.at(left, e.i, worth - price[e.j])
    total, placed = sum(e.w[chosen].tolist()), len(chosen)
    # Python's own whole numbers: these sums may pass 64 bits.
    bound = sum(left.tolist()) + sum(a * b for a, b in zip(e.cap.tolist(), price.tolist(), strict=True))
    return Certificate(price, left, total, placed, bound == total + e.premium * placed)


def _chosen(e: Edges, x: ArrayLike) -> Array:
    """Positions of the pairs of ``x`` among the edges."""
    match = np.asarray(x)
    if match.shape != (e.n,) or match.dtype.kind not in "iu":
        raise ValueError(f"x: must hold {e.n} whole numbers")
    match = match.astype(np.int64)
    chosen = np.flatnonzero(match[e.i] == e.j)
    found = np.full(e.n, -1, np.int64)
    found[e.i[chosen]] = e.j[chosen]
    bad = np.flatnonzero(found != match)
    if bad.size:
        raise ValueError(f"x[{bad[0]}]: {match[bad[0]]} is not among the pairs of person {bad[0]}")
    over = np.flatnonzero(np.bincount(found[found >= 0], minlength=e.m) > e.cap)
    if over.size:
        raise ValueError(f"x: opening {over[0]} is given more people than its {e.cap[over[0]]} places")
    return chosen


def _prices(e: Edges, worth: Array, chosen: Array) -> Array:
    """The lowest prices at which nobody would rather have another place.

    Longest paths: who is unplaced prices every opening at their worth; who is placed
    carries the price of their own opening on, plus what the other would gain. Stops as
    soon as a price passes its bound, since then something better exists.
    """
    own = np.full(e.n, _UNBOUNDED, np.int64)
    own[e.i[chosen]] = worth[chosen]
    at = np.full(e.n, -1, np.int64)
    at[e.i[chosen]] = e.j[chosen]
    bound = np.full(e.m, _UNBOUNDED, np.int64)
    np.minimum.at(bound, e.j[chosen], worth[chosen])
    bound[np.bincount(e.j[chosen], minlength=e.m) < e.cap] = 0
    price = np.zeros(e.m, np.int64)
    free = at[e.i] < 0
    np.maximum.at(price, e.j[free], worth[free])
    source, target, gain = _arcs(at[e.i], e.j, worth - own[e.i], e.m)
    start = np.searchsorted(source, np.arange(e.m + 1))
    moved = np.arange(e.m)
    for _ in range(e.m + 1):
        if not moved.size or (price > bound).any():
            break
        arcs = _spans(start[moved], start[moved + 1])
        before = price.copy()
        np.maximum.at(price, target[arcs], before[source[arcs]] + gain[arcs])
        moved = np.flatnonzero(price > before)
    return price


def _arcs(source: Array, target: Array, gain: Array, m: int) -> tuple[Array, Array, Array]:
    """Only the highest gain from one opening to another, sorted by source."""
    kept = (source >= 0) & (source != target)
    source, target, gain = source[kept], target[kept], gain[kept]
    order = np.lexsort((-gain, target, source))
    source, target, gain = source[order], target[order], gain[order]
    first = np.ones(len(source), np.bool_)
    first[1:] = (source[1:] != source[:-1]) | (target[1:] != target[:-1])
    return source[first], target[first], gain[first]


def _spans(start: Array, end: Array) -> Array:
    """All positions of the half-open spans, one after another."""
    length = end - start
    before = np.cumsum(length) - length
    return np.asarray(np.arange(int(length.sum())) + np.repeat(start - before, length))
