"""Stable matching for programs in which the employers rank too: nobody has reason to look past the result.

Deferred acceptance with the people proposing (Gale and Shapley 1962; with places, the
hospitals/residents problem): of all stable matchings, everybody gets the best opening they
can have in any. Who is placed at all, and how many places each opening fills, is the same in
every stable matching (Roth 1986).
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappush, heapreplace

import numpy as np
from numpy.typing import ArrayLike

from placement.domain.matching.arrays import Array
from placement.domain.matching.edges import edges

#: With fewer people than this still proposing, going one by one is faster than arrays.
_FEW = 64


@dataclass(frozen=True, slots=True)
class _Ranks:
    """E pairs in the order in which people ask: person by person, best opening first.

    ``i``, ``j`` int64 (E,); ``rank`` int64 (E,): the place of the pair when sorted opening by
    opening, best person first, so that it also tells the openings apart; ``start`` int64
    (n + 1,): where each person's pairs begin; ``cap`` int64 (m,).
    """

    n: int
    m: int
    i: Array
    j: Array
    rank: Array
    start: Array
    cap: Array


def stable(
    n: int, m: int, i: ArrayLike, j: ArrayLike, by_person: ArrayLike, by_opening: ArrayLike, cap: ArrayLike
) -> Array:
    """int64 (n,): the opening of each person, −1 unplaced; the stable matching that is best for the people.

    ``n`` people, ``m`` openings; pairs ``(i, j)`` acceptable to both, each given once, with
    what the person (``by_person``) and the opening (``by_opening``) makes of it: whole numbers,
    higher is better, compared within one person or one opening only. Equal scores are told
    apart by index, the lower first. Malformed input raises ValueError naming the entry.
    """
    r = _ranks(n, m, i, j, by_person, by_opening, cap)
    at, end = r.start[:-1].copy(), r.start[1:]
    # Position of the pair each person holds, −1 none; rank a newcomer must beat, E + 1 while places are free.
    held = np.full(n, -1, np.int64)
    bar = np.where(r.cap > 0, len(r.i) + 1, -1)
    asking = np.flatnonzero(at < end)
    while len(asking) >= _FEW:
        _round(r, at, held, bar, asking)
        asking = np.flatnonzero((held < 0) & (at < end))
    _one_by_one(r, at, held, asking)
    x = np.full(n, -1, np.int64)
    x[held >= 0] = r.j[held[held >= 0]]
    return x


def blocking_pairs(
    n: int,
    m: int,
    i: ArrayLike,
    j: ArrayLike,
    by_person: ArrayLike,
    by_opening: ArrayLike,
    cap: ArrayLike,
    x: ArrayLike,
) -> Array:
    """int64 (k, 2): every pair (person, opening) that would both rather have each other, sorted.

    Arguments as of :func:`stable`, ``x`` as its result. The person is unplaced or likes the
    opening better than theirs; the opening has a free place or likes the person better than
    somebody it has. No such pair: ``x`` is stable. Raises ValueError if ``x`` is no matching.
    """
    r = _ranks(n, m, i, j, by_person, by_opening, cap)
    match = np.asarray(x)
    if match.shape != (n,) or match.dtype.kind not in "iu":
        raise ValueError(f"x: must hold {n} whole numbers")
    chosen = np.flatnonzero(r.j == match[r.i])
    held = np.full(n, len(r.i), np.int64)
    held[r.i[chosen]] = chosen
    bad = np.flatnonzero((held == len(r.i)) & (match != -1))
    if bad.size:
        raise ValueError(f"x[{bad[0]}]: {match[bad[0]]} is not among the pairs of person {bad[0]}")
    filled = np.bincount(r.j[chosen], minlength=m)
    if (filled > r.cap).any():
        over = int(np.flatnonzero(filled > r.cap)[0])
        raise ValueError(f"x: opening {over} is given more people than its {r.cap[over]} places")
    worst = np.full(m, -1, np.int64)
    np.maximum.at(worst, r.j[chosen], r.rank[chosen])
    worst[filled < r.cap] = len(r.i) + 1
    wanted = np.flatnonzero((np.arange(len(r.i)) < held[r.i]) & (r.rank < worst[r.j]))
    found = np.stack([r.i[wanted], r.j[wanted]], axis=1)
    return found[np.lexsort((found[:, 1], found[:, 0]))]


def _ranks(
    n: int, m: int, i: ArrayLike, j: ArrayLike, by_person: ArrayLike, by_opening: ArrayLike, cap: ArrayLike
) -> _Ranks:
    """Check the input and put it in order; arguments and errors as of :func:`stable`."""
    count = len(np.atleast_1d(np.asarray(i)))
    e = edges(n, m, i, j, np.arange(count), cap)
    if len(e.i) < count:
        twice = int(np.setdiff1d(np.arange(count), e.w)[0])
        raise ValueError(f"i, j: pair {twice} is given twice")
    liked, wanted = (_whole(s, name, count)[e.w] for s, name in ((by_person, "by_person"), (by_opening, "by_opening")))
    best_first = _order(e.i, liked)
    rank = np.empty(count, np.int64)
    rank[_order(e.j, wanted)] = np.arange(count)
    start = np.searchsorted(e.i, np.arange(n + 1))
    return _Ranks(n, m, e.i, e.j[best_first], rank[best_first], start, e.cap)


def _whole(values: ArrayLike, name: str, count: int) -> Array:
    array = np.asarray(values)
    if array.shape != (count,):
        raise ValueError(f"{name}: must hold {count} numbers, one for each pair")
    if count and array.dtype.kind != "i":
        raise ValueError(f"{name}: must hold whole numbers, not {array.dtype}")
    return array.astype(np.int64)


def _order(group: Array, score: Array) -> Array:
    """Positions sorted by group, the highest score first, equal ones as they are."""
    if not len(score):
        return np.zeros(0, np.int64)
    low, high = int(score.min()), int(score.max())
    if (int(group.max()) + 1) * (high - low + 1) >= 2**63:
        return np.lexsort((~score, group))
    # One key sorts several times faster than two.
    return np.argsort(group * (high - low + 1) + (high - score), kind="stable")


def _round(r: _Ranks, at: Array, held: Array, bar: Array, asking: Array) -> None:
    """Everybody asks their next opening at once; each opening keeps the best it was ever asked by."""
    asked = at[asking]
    at[asking] += 1
    asked = asked[r.rank[asked] < bar[r.j[asked]]]
    # Only where somebody new is let in: they and those who are there.
    touched = np.zeros(r.m, np.bool_)
    touched[r.j[asked]] = True
    there = held[held >= 0]
    rivals = np.concatenate([asked, there[touched[r.j[there]]]])
    rivals = rivals[np.argsort(r.rank[rivals])]
    opening = r.j[rivals]
    first = np.searchsorted(opening, opening)
    place = np.arange(len(rivals)) - first
    kept = place < r.cap[opening]
    held[r.i[rivals[~kept]]] = -1
    held[r.i[rivals[kept]]] = rivals[kept]
    last = kept & (place == r.cap[opening] - 1)
    bar[opening[last]] = r.rank[rivals[last]]


def _one_by_one(r: _Ranks, at: Array, held: Array, asking: Array) -> None:
    """The few who are left, each with those they push out, through plain numbers and heaps."""
    if not len(asking):
        return
    j, rank, end, cap = (values.tolist() for values in (r.j, r.rank, r.start[1:], r.cap))
    following, waiting, mine = at.tolist(), asking.tolist(), held.tolist()
    # For each opening the people it has, the one it likes least on top.
    there: list[list[tuple[int, int]]] = [[] for _ in cap]
    for person in np.flatnonzero(held >= 0).tolist():
        heappush(there[j[mine[person]]], (-rank[mine[person]], person))
    while waiting:
        person = waiting.pop()
        position = end[person]
        for position in range(following[person], end[person]):
            here, new = there[j[position]], (-rank[position], person)
            if len(here) < cap[j[position]]:
                heappush(here, new)
                mine[person] = position
                break
            if here and new > here[0]:
                _, pushed = heapreplace(here, new)
                mine[person], mine[pushed] = position, -1
                waiting.append(pushed)
                break
        following[person] = position + 1
    held[:] = mine
