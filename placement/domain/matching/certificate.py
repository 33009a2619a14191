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

from placement.domain.matching.arrays import Array, ranges
from placement.domain.matching.candidates import candidates
from placement.domain.matching.edges import Edges, edges

_UNBOUNDED = np.iinfo(np.int64).max
#: About how many pairs are looked at together: bounds memory and stays in the cache.
_BLOCK = 1 << 17


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

    The prices are the lowest that prove it. Raises ValueError naming the entry if ``x`` is
    no matching at all: not a pair, or an opening past its capacity. ``optimal`` is False
    if something better exists.
    """
    e = edges(n, m, i, j, w, cap)
    return prove(e, x, candidates(e))


def prove(e: Edges, x: ArrayLike, likely: Array) -> Certificate:
    """:func:`certificate` of pairs already checked and sorted; it looks at the ``likely`` ones (positions) first."""
    held = _held(e, x)
    price = _lowest_prices(e, held, likely)
    surplus = _surplus(e, price)
    total, placed = sum(e.w[held.pair].tolist()), len(held.pair)
    # Python's own whole numbers: these sums may pass 64 bits.
    bound = sum(surplus.tolist()) + sum(a * b for a, b in zip(e.cap.tolist(), price.tolist(), strict=True))
    return Certificate(price, surplus, total, placed, bound == total + e.premium * placed)


def outbid(e: Edges, price: Array, surplus: Array) -> Array:
    """Positions of the pairs worth more than price and surplus cover; none proves the prices right."""
    found = []
    for low in range(0, len(e.i), _BLOCK):
        span = slice(low, low + _BLOCK)
        found.append(low + np.flatnonzero(e.w[span] + e.premium > surplus[e.i[span]] + price[e.j[span]]))
    return np.concatenate([np.zeros(0, np.int64), *found])


def _surplus(e: Edges, price: Array) -> Array:
    """int64 (n,): the most that is left of any pair's worth after its price, at least 0."""
    left = np.zeros(e.n, np.int64)
    if e.i.size:
        first = np.append(0, np.flatnonzero(e.i[1:] != e.i[:-1]) + 1)
        worth = e.w - price[e.j]
        left[e.i[first]] = np.maximum(0, np.maximum.reduceat(worth, first) + e.premium)
    return left


@dataclass(frozen=True, slots=True)
class _Held:
    """A matching: positions of its pairs, and per person opening (−1 none) and worth (0 none)."""

    pair: Array
    at: Array
    own: Array


def _held(e: Edges, x: ArrayLike) -> _Held:
    match = np.asarray(x)
    if match.shape != (e.n,) or match.dtype.kind not in "iu":
        raise ValueError(f"x: must hold {e.n} whole numbers")
    match = match.astype(np.int64)
    pair = np.flatnonzero(match[e.i] == e.j)
    at, own = np.full(e.n, -1, np.int64), np.zeros(e.n, np.int64)
    at[e.i[pair]], own[e.i[pair]] = e.j[pair], e.w[pair] + e.premium
    bad = np.flatnonzero(at != match)
    if bad.size:
        raise ValueError(f"x[{bad[0]}]: {match[bad[0]]} is not among the pairs of person {bad[0]}")
    over = np.flatnonzero(np.bincount(e.j[pair], minlength=e.m) > e.cap)
    if over.size:
        raise ValueError(f"x: opening {over[0]} is given more people than its {e.cap[over[0]]} places")
    return _Held(pair, at, own)


def _lowest_prices(e: Edges, held: _Held, pairs: Array) -> Array:
    """The lowest prices at which nobody would rather have another place.

    These pairs raise the prices first, then those that still outbid them. Stops as soon
    as a price passes what its opening can bear, since then something better exists.
    """
    opening = e.j[held.pair]
    bearable = np.full(e.m, _UNBOUNDED, np.int64)
    np.minimum.at(bearable, opening, e.w[held.pair] + e.premium)
    bearable[np.bincount(opening, minlength=e.m) < e.cap] = 0
    price = np.zeros(e.m, np.int64)
    while True:
        price = _raised(e, pairs, held, price, bearable)
        if (price > bearable).any():
            return price
        surplus = held.own.copy()
        surplus[held.at >= 0] -= price[held.at[held.at >= 0]]
        more = outbid(e, price, surplus)
        if not more.size:
            return price
        pairs = np.concatenate([pairs, more])


def _raised(e: Edges, pairs: Array, held: _Held, price: Array, bearable: Array) -> Array:
    """Longest paths over these pairs, beginning with ``price``.

    Who is unplaced prices every opening at their worth; who is placed carries the price
    of their own opening on, plus what the other would gain.
    """
    price = price.copy()
    source, target, gain = held.at[e.i[pairs]], e.j[pairs], e.w[pairs] + e.premium - held.own[e.i[pairs]]
    free = source < 0
    np.maximum.at(price, target[free], gain[free])
    order = np.argsort(source, kind="stable")[np.count_nonzero(free) :]
    source, target, gain = source[order], target[order], gain[order]
    start = np.searchsorted(source, np.arange(e.m + 1))
    moved = np.arange(e.m)
    while moved.size and not (price > bearable).any():
        arcs = ranges(start[moved], start[moved + 1] - start[moved])
        before = price.copy()
        np.maximum.at(price, target[arcs], before[source[arcs]] + gain[arcs])
        moved = np.flatnonzero(price > before)
    return price
