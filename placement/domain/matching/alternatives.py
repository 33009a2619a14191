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

from placement.domain.matching.arrays import Array
from placement.domain.matching.candidates import candidates
from placement.domain.matching.certificate import prove
from placement.domain.matching.edges import Edges, edges


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

    Nodes 0…m−1 are openings, m is "unplaced" and m + 1 "a place left free". Arc a of the
    reversed graph runs from ``head[a]`` to ``back.indices[a]`` and costs ``back.data[a]``;
    ``mover[a]`` is the person who goes from the latter to the former, −1 nobody.
    """

    e: Edges
    x: Array  # int64 (n,)
    reduced: Array  # int64 (E,), surplus + price − worth
    start: Array  # int64 (n + 1,), the pairs of each person
    back: csr_array
    head: Array
    mover: Array


def residual(n: int, m: int, i: ArrayLike, j: ArrayLike, w: ArrayLike, cap: ArrayLike, x: ArrayLike) -> Residual:
    """Prepare the best matching ``x``; arguments as in ``solve_pairs`` and ``certificate``.

    Raises ValueError naming the entry if the input is malformed or ``x`` no matching,
    and if ``x`` is not the best there is, since then the changes would mean nothing.
    """
    e = edges(n, m, i, j, w, cap)
    proof = prove(e, x, candidates(e))
    if not proof.optimal:
        raise ValueError("x: something better exists, so alternatives to it have no cost")
    match = np.asarray(x, np.int64)
    reduced = proof.surplus[e.i] + proof.price[e.j] - e.w - e.premium
    at = np.where(match < 0, m, match)
    load = np.bincount(at, minlength=m + 1)
    hub = _hub_arcs(e, at, load, proof.price, proof.surplus)
    moves = _move_arcs(e, at, load, hub, reduced)
    source, target, cost, mover = (np.concatenate(parts) for parts in zip(hub, moves, strict=True))
    kept = _useful(source, target, cost, m)
    source, target, cost, mover = source[kept], target[kept], cost[kept], mover[kept]
    order = np.argsort(target * (m + 2) + source, kind="stable")
    head = target[order]
    span = np.searchsorted(head, np.arange(m + 3))
    back = csr_array((cost[order].astype(np.float64), source[order], span), shape=(m + 2, m + 2))
    return Residual(e, match, reduced, np.searchsorted(e.i, np.arange(n + 1)), back, head, mover[order])


def alternatives(r: Residual, person: int, k: int = 5) -> tuple[Alternative, ...]:
    """The ``k`` other openings of ``person`` that cost the cohort least, cheapest first.

    Each is what solving again with that pair forced would give: the same people placed
    and the same total. Of several equally good arrangements the one with few moves is
    told; of equally good openings the first comes first.
    """
    openings, cost, away = _chains(r, person)
    order = np.lexsort((openings, cost))
    order = order[np.isfinite(cost[order]) & (openings[order] != r.x[person])][: max(0, k)]
    if not order.size:
        return ()
    toward = _fewest_moves(r, person, away)
    return tuple(_alternative(r, person, int(openings[at]), toward) for at in order)


def forced(r: Residual, person: int, opening: int) -> Alternative | None:
    """The same for one named opening; None if the two are no pair or the opening has no place at all."""
    openings, cost, away = _chains(r, person)
    at = np.flatnonzero(openings == opening)
    if not at.size or not np.isfinite(cost[at[0]]):
        return None
    if r.x[person] == opening:
        return Alternative(opening, 0, 0, ())
    return _alternative(r, person, opening, _fewest_moves(r, person, away))


def _hub_arcs(e: Edges, at: Array, load: Array, price: Array, surplus: Array) -> tuple[Array, Array, Array, Array]:
    """Arcs (source, target, cost, mover) without a pair: becoming unplaced, using a free place, leaving one."""
    unplaced, free = e.m, e.m + 1
    placed = np.flatnonzero(at < unplaced)
    # The person with the least to lose at each opening; of equals the first.
    order = placed[np.lexsort((placed, surplus[placed], at[placed]))]
    opening, first = np.unique(at[order], return_index=True)
    out = order[first]
    room = np.flatnonzero(load[: e.m] < e.cap)
    taken = np.flatnonzero(load)
    nobody = np.full(len(room) + 1 + len(taken), -1)
    return (
        np.concatenate([opening, room, [unplaced], np.full(len(taken), free)]),
        np.concatenate([np.full(len(out), unplaced), np.full(len(room) + 1, free), taken]),
        np.concatenate([surplus[out], np.zeros(len(room) + 1, np.int64), np.append(price, 0)[taken]]),
        np.concatenate([out, nobody]),
    )


def _move_arcs(
    e: Edges, at: Array, load: Array, hub: tuple[Array, Array, Array, Array], reduced: Array
) -> tuple[Array, Array, Array, Array]:
    """The cheapest move from one opening to another, where it may be on a cheapest chain.

    Most are not: somebody becoming unplaced and a place left free often cost less.
    """
    source, target, cost, _ = hub
    leave, enter = np.full(e.m + 2, np.inf), np.full(e.m + 2, np.inf)
    out, back = target >= e.m, source == e.m + 1
    np.minimum.at(leave, source[out], cost[out].astype(np.float64))
    np.minimum.at(enter, target[back], cost[back].astype(np.float64))
    kept = np.flatnonzero((reduced <= leave[at[e.i]] + enter[e.j]) & (at[e.i] != e.j) & (e.cap[e.j] > 0))
    source, target, cost, mover = at[e.i[kept]], e.j[kept], reduced[kept], e.i[kept]
    order = np.lexsort((mover, cost, source * e.m + target))
    code = (source * e.m + target)[order]
    order = order[np.append(True, code[1:] != code[:-1])] if order.size else order
    return source[order], target[order], cost[order], mover[order]


def _useful(source: Array, target: Array, cost: Array, m: int) -> Array:
    """Whether an arc may be on a cheapest chain: not if passing through the hub is cheaper."""
    graph = csr_array((cost.astype(np.float64), (source, target)), shape=(m + 2, m + 2))
    enter = dijkstra(graph, indices=m + 1)
    leave = dijkstra(graph.T.tocsr(), indices=m + 1)
    return np.asarray(cost <= leave[source] + enter[target])


def _chains(r: Residual, person: int) -> tuple[Array, Array, Array]:
    """The openings of a person, what each costs the cohort, and the cost from every node back to theirs."""
    if not 0 <= person < r.e.n:
        raise ValueError(f"person: is {person}, must be from 0 to {r.e.n - 1}")
    span = slice(int(r.start[person]), int(r.start[person + 1]))
    openings = r.e.j[span]
    away = np.asarray(dijkstra(r.back, indices=_node(r, person)))
    return openings, r.reduced[span] + away[openings], away


def _node(r: Residual, person: int) -> int:
    here = int(r.x[person])
    return here if here >= 0 else r.e.m


def _fewest_moves(r: Residual, person: int, away: Array) -> Array:
    """The next node on a cheapest chain from each node; of equally cheap chains one with the fewest people."""
    tail, size = r.back.indices, r.e.m + 2
    tight = np.flatnonzero((away[tail] == r.back.data + away[r.head]) & np.isfinite(away[tail]))
    start = np.searchsorted(r.head[tight], np.arange(size + 1))
    people = (r.mover[tight] >= 0).astype(np.float64)
    graph = csr_array((people, tail[tight], start), shape=(size, size))
    _, toward = dijkstra(graph, indices=_node(r, person), return_predecessors=True)
    return np.asarray(toward)


def _alternative(r: Residual, person: int, opening: int, toward: Array) -> Alternative:
    here = _node(r, person)
    moves, node = [Move(person, int(r.x[person]), opening)], opening
    while node != here:
        after = int(toward[node])
        mover = _mover(r, node, after)
        if mover >= 0:
            moves.append(Move(mover, int(r.x[mover]), after if after < r.e.m else -1))
        node = after
    placed = sum((move.after >= 0) - (move.before >= 0) for move in moves)
    total = sum(_weight(r, move.person, move.after) - _weight(r, move.person, move.before) for move in moves)
    return Alternative(opening, placed, total, tuple(moves))


def _mover(r: Residual, source: int, target: int) -> int:
    span = slice(r.back.indptr[target], r.back.indptr[target + 1])
    return int(r.mover[span][np.searchsorted(r.back.indices[span], source)])


def _weight(r: Residual, person: int, opening: int) -> int:
    if opening < 0:
        return 0
    span = slice(int(r.start[person]), int(r.start[person + 1]))
    return int(r.e.w[span][np.searchsorted(r.e.j[span], opening)])
