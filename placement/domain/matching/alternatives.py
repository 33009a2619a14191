"""What another opening for one person would cost everybody, exactly, without solving again.

Sending somebody elsewhere moves one chain of people, from that opening back to the one
they left: the cheapest cycle of the residual network (Ahuja, Magnanti and Orlin 1993,
chapter 9). With the prices of the proof all costs are ≥ 0, so one run of Dijkstra's
algorithm finds the cheapest chain from every opening at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from placement.domain.matching.arcs import arcs_of
from placement.domain.matching.arrays import Array
from placement.domain.matching.candidates import candidates
from placement.domain.matching.certificate import prove
from placement.domain.matching.edges import EXACT, Edges, edges


@dataclass(frozen=True, slots=True)
class Move:
    """``person`` goes from opening ``before`` to ``after``; −1 is unplaced."""

    person: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Alternative:
    """One person at ``opening`` and everybody else arranged as well as possible.

    ``placed`` and ``total``: exact change for the cohort, in people placed and in weight.
    ``moves``: everybody whose opening changes, the person first.
    """

    opening: int
    placed: int
    total: int
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Residual:
    """A best matching prepared for :func:`alternatives`; built by :func:`residual`.

    Nodes 0…m−1 are openings, m is "unplaced" and m + 1 "a place left free". Row t of
    ``back`` holds the arcs that run to t, in order of their sources.
    """

    e: Edges
    x: Array  # int64 (n,)
    price: Array  # int64 (m,)
    surplus: Array  # int64 (n,)
    start: Array  # int64 (n + 1,), the pairs of each person
    back: csr_array
    arc: Array  # int64 per arc: target · (m + 2) + source, ascending
    mover: Array  # int64 per arc: who goes from source to target, −1 nobody
    scale: int  # costs in ``back`` are multiplied by it, to leave room for counting moves


def residual(n: int, m: int, i: ArrayLike, j: ArrayLike, w: ArrayLike, cap: ArrayLike, x: ArrayLike) -> Residual:
    """Prepare the best matching ``x``; arguments as in ``solve_pairs`` and ``certificate``.

    Raises ValueError naming the entry if the input is malformed or ``x`` no matching,
    and if ``x`` is not the best there is, since then the changes would mean nothing.
    """
    e = edges(n, m, i, j, w, cap)
    likely = candidates(e)
    proof = prove(e, x, likely)
    if not proof.optimal:
        raise ValueError("x: something better exists, so alternatives to it have no cost")
    match = np.asarray(x, np.int64)
    arcs = arcs_of(e, match, proof.price, proof.surplus, likely)
    span = np.searchsorted(arcs.target, np.arange(m + 3))
    scale = _scale(e)
    cost = arcs.cost * scale + (arcs.mover >= 0 if scale > 1 else 0)
    back = csr_array((cost.astype(np.float64), arcs.source, span), shape=(m + 2, m + 2))
    return Residual(
        e=e,
        x=match,
        price=proof.price,
        surplus=proof.surplus,
        start=np.searchsorted(e.i, np.arange(n + 1)),
        back=back,
        arc=arcs.target * (m + 2) + arcs.source,
        mover=arcs.mover,
        scale=scale,
    )


def alternatives(r: Residual, person: int, k: int = 5) -> tuple[Alternative, ...]:
    """The ``k`` other openings of ``person`` that cost the cohort least, cheapest first.

    Each is what solving again with that pair forced would give: the same people placed
    and the same total. Of several equally good arrangements one with the fewest moves is
    told (unless weights are so heavy that moves cannot be counted along exactly), of
    equally good openings the first comes first.
    """
    openings, cost, toward = _chains(r, person)
    order = np.lexsort((openings, cost))
    order = order[openings[order] != r.x[person]][: max(0, k)]
    return tuple(_alternative(r, person, int(openings[at]), int(cost[at]), toward) for at in order)


def forced(r: Residual, person: int, opening: int) -> Alternative | None:
    """The same for one named opening; None if the two are no pair or the opening has no place at all."""
    openings, cost, toward = _chains(r, person)
    at = np.flatnonzero(openings == opening)
    if not at.size:
        return None
    if r.x[person] == opening:
        return Alternative(opening, 0, 0, ())
    return _alternative(r, person, opening, int(cost[at[0]]), toward)


def _scale(e: Edges) -> int:
    """More than the moves of any chain; 1 where costs multiplied by that would not be exact."""
    most = e.m + 2
    return most if 4 * most * (e.premium + int(e.w.max(initial=0))) < EXACT else 1


def _chains(r: Residual, person: int) -> tuple[Array, Array, Array]:
    """The openings with places of a person, what each costs the cohort in worth, and where chains lead from each node.

    From every opening with places there is a chain: somebody there may become unplaced.
    """
    if not 0 <= person < r.e.n:
        raise ValueError(f"person: is {person}, must be from 0 to {r.e.n - 1}")
    at = np.arange(int(r.start[person]), int(r.start[person + 1]))
    at = at[r.e.cap[r.e.j[at]] > 0]
    openings = r.e.j[at]
    own = r.surplus[person] + r.price[openings] - r.e.w[at] - r.e.premium
    chain, toward = dijkstra(r.back, indices=_node(r, person), return_predecessors=True)
    return openings, own + chain[openings].astype(np.int64) // r.scale, np.asarray(toward)


def _node(r: Residual, person: int) -> int:
    here = int(r.x[person])
    return here if here >= 0 else r.e.m


def _alternative(r: Residual, person: int, opening: int, cost: int, toward: Array) -> Alternative:
    nodes, here = [opening], _node(r, person)
    while nodes[-1] != here:
        nodes.append(int(toward[nodes[-1]]))
    path = np.array(nodes)
    movers = r.mover[np.searchsorted(r.arc, path[1:] * (r.e.m + 2) + path[:-1])]
    moved = np.flatnonzero(movers >= 0)
    people = np.append(person, movers[moved])
    before, after = r.x[people], np.append(opening, path[1:][moved])
    after[after == r.e.m] = -1
    placed = int((after >= 0).sum() - (before >= 0).sum())
    moves = map(Move, people.tolist(), before.tolist(), after.tolist())
    return Alternative(opening, placed, -cost - r.e.premium * placed, tuple(moves))
