"""The best matching by exactly the pairs given, by scipy's shortest augmenting paths (Jonker and Volgenant 1987).

Prices that are nearly right make the search several times faster: what a place costs is
taken off beforehand, so that most people find theirs at once.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from placement.domain.matching.arrays import Array, ranges
from placement.domain.matching.edges import Edges


def assigned(e: Edges, price: Array, surplus: Array) -> Array:
    """int64 (n,): the opening of each person, −1 unplaced; most people first, then most weight.

    ``price`` int64 (m,) and ``surplus`` int64 (n,), both ≥ 0, are guesses of those in
    :class:`~placement.domain.matching.certificate.Certificate`; bad ones cost only time.
    """
    worth = e.w + e.premium
    roomy = e.cap >= np.bincount(e.j, minlength=e.m)
    base, x = _fallback(e, roomy[e.j], worth)
    gain = worth - base[e.i]
    row, place, gain, owner = _expanded(e, ~roomy[e.j] & (e.cap[e.j] > 0) & (gain > 0), gain)
    if e.n <= len(owner):
        person, taken = _best(row, place, gain, e.n, price[owner])
    else:
        taken, person = _best(place, row, gain, len(owner), np.maximum(0, surplus - base))
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
    place = ranges((np.cumsum(size) - size)[e.j[at]], times)
    at = np.repeat(at, times)
    return e.i[at], place, gain[at], np.repeat(np.arange(e.m), size)


def _best(row: Array, column: Array, gain: Array, rows: int, charge: Array) -> tuple[Array, Array]:
    """Rows and columns matched for the greatest total gain; fastest with the fewer as rows.

    ``charge`` (columns,) ≥ 0 is what a column costs on top. Charging for columns that end
    up matched changes every total alike, but leaving a charged one free would look too
    good: if that happens, all charges are waived.
    """
    if rows == 0:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    matched, at = _cheapest(row, column, charge[column] - gain, rows, len(charge))
    if np.count_nonzero(charge) > np.count_nonzero(charge[at]):
        matched, at = _cheapest(row, column, -gain, rows, len(charge))
    return matched, at


def _cheapest(row: Array, column: Array, cost: Array, rows: int, columns: int) -> tuple[Array, Array]:
    """Rows and columns matched for the least total cost; a row may stay free, which costs nothing.

    A private column for each row stands for that: whoever cannot be matched is settled at once.
    """
    least = np.zeros(rows, np.int64)
    np.minimum.at(least, row, cost)
    # scipy takes a stored 0 for no pair at all, so costs begin at 1.
    cost = np.concatenate([cost - least[row], -least]).astype(np.float64) + 1
    row, column = np.concatenate([row, np.arange(rows)]), np.concatenate([column, columns + np.arange(rows)])
    matrix = csr_array((cost, (row, column)), shape=(rows, columns + rows))
    matched, at = min_weight_full_bipartite_matching(matrix)
    real = at < columns
    return matched[real], at[real]
