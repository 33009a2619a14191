"""Who could move where in a best matching, and what that costs at its prices: the arcs of the residual network.

Few of the millions of possible moves are ever part of a cheapest chain: where becoming
unplaced, using a free place or leaving one costs less, the move is left out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from placement.domain.matching.arrays import Array
from placement.domain.matching.edges import Edges

#: About how many pairs are looked at together: bounds memory and stays in the cache.
_BLOCK = 1 << 17


@dataclass(frozen=True, slots=True)
class Arcs:
    """Arcs int64 (k,) between openings 0…m−1, m "unplaced" and m + 1 "a place left free".

    ``cost`` ≥ 0; ``mover``: the person who goes from source to target, −1 nobody.
    """

    source: Array
    target: Array
    cost: Array
    mover: Array

    def at(self, positions: Array) -> Arcs:
        return Arcs(self.source[positions], self.target[positions], self.cost[positions], self.mover[positions])


def arcs_of(e: Edges, x: Array, price: Array, surplus: Array, likely: Array) -> Arcs:
    """All arcs that may be on a cheapest chain, sorted by (target, source), each once with its first cheapest mover.

    ``x``, ``price`` and ``surplus`` as proved best; ``likely``: positions of pairs among which most are found.
    """
    place = np.where(x < 0, e.m, x)
    hub = _hub_arcs(e, place, price, surplus)
    some = _cheapest(_joined(hub, _moves(e, place, price, surplus, likely)), e.m)
    leave, enter = _detours(some, e.m)
    useful = [
        low + _useful(e, place, price, surplus, slice(low, low + _BLOCK), leave, enter)
        for low in range(0, len(e.i), _BLOCK)
    ]
    every = np.concatenate([np.zeros(0, np.int64), *useful])
    arcs = _cheapest(_joined(hub, _moves(e, place, price, surplus, every)), e.m)
    leave, enter = _detours(arcs, e.m)
    return arcs.at(np.flatnonzero(arcs.cost <= leave[arcs.source] + enter[arcs.target]))


def _hub_arcs(e: Edges, place: Array, price: Array, surplus: Array) -> Arcs:
    """Becoming unplaced, using a free place, leaving one free."""
    unplaced, free = e.m, e.m + 1
    load = np.bincount(place, minlength=e.m + 1)
    placed = np.flatnonzero(place < unplaced)
    room, taken = np.flatnonzero(load[: e.m] < e.cap), np.flatnonzero(load)
    nobody = np.full(len(room) + 1 + len(taken), -1)
    return Arcs(
        np.concatenate([place[placed], room, [unplaced], np.full(len(taken), free)]),
        np.concatenate([np.full(len(placed), unplaced), np.full(len(room) + 1, free), taken]),
        np.concatenate([surplus[placed], np.zeros(len(room) + 1, np.int64), np.append(price, 0)[taken]]),
        np.concatenate([placed, nobody]),
    )


def _moves(e: Edges, place: Array, price: Array, surplus: Array, pairs: Array) -> Arcs:
    """Going to the opening of each of these pairs, unless it is their own or has no place."""
    pairs = pairs[(place[e.i[pairs]] != e.j[pairs]) & (e.cap[e.j[pairs]] > 0)]
    i, j = e.i[pairs], e.j[pairs]
    return Arcs(place[i], j, surplus[i] + price[j] - e.w[pairs] - e.premium, i)


def _useful(e: Edges, place: Array, price: Array, surplus: Array, span: slice, leave: Array, enter: Array) -> Array:
    """Positions within the span of the pairs that cost no more than passing through free places."""
    i, j = e.i[span], e.j[span]
    cost = surplus[i] + price[j] - e.w[span] - e.premium
    return np.flatnonzero(cost <= leave[place[i]] + enter[j])


def _joined(one: Arcs, other: Arcs) -> Arcs:
    return Arcs(
        np.concatenate([one.source, other.source]),
        np.concatenate([one.target, other.target]),
        np.concatenate([one.cost, other.cost]),
        np.concatenate([one.mover, other.mover]),
    )


def _cheapest(arcs: Arcs, m: int) -> Arcs:
    """Sorted by (target, source), of several between the same two only the cheapest, by the first person."""
    code = arcs.target * (m + 2) + arcs.source
    order = np.lexsort((arcs.mover, arcs.cost, code))
    code = code[order]
    return arcs.at(order[np.append(True, code[1:] != code[:-1])])


def _detours(arcs: Arcs, m: int) -> tuple[Array, Array]:
    """float64 (m + 2,) each: cost from every node to a place left free, and from there to every node."""
    back = csr_array((arcs.cost.astype(np.float64), (arcs.target, arcs.source)), shape=(m + 2, m + 2))
    return np.asarray(dijkstra(back, indices=m + 1)), np.asarray(dijkstra(back.T.tocsr(), indices=m + 1))
