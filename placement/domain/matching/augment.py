"""How many people can be placed at all, whatever the fit.

Grows a matching along augmenting paths, searched from everybody unplaced at once, level by
level (Berge 1957; Hopcroft and Karp 1973). scipy's ``maximum_bipartite_matching`` knows no
places and can take exponential time.
"""

from __future__ import annotations

import numpy as np

from placement.domain.matching.arrays import Array
from placement.domain.matching.edges import Edges


def most_placed(e: Edges, kept: Array, before: Array, enough: int) -> Array:
    """int64 (n,): openings that place the most people by the ``kept`` (bool (E,)) pairs; −1 unplaced.

    Starts from ``before`` (n,), a matching of any of the pairs, and stops once ``enough`` are placed.
    """
    i, j = e.i[kept], e.j[kept]
    x = np.full(e.n, -1, np.int64)
    still = before[i] == j
    x[i[still]] = j[still]
    start = np.searchsorted(i, np.arange(e.n + 1))
    while int((x >= 0).sum()) < enough:
        found, parent = _search(start, j, e.cap, x)
        if not len(found):
            break
        _turn(found, parent, x)
    return x


def _search(start: Array, j: Array, cap: Array, x: Array) -> tuple[Array, Array]:
    """Openings with a free place at the end of paths that share nothing, and who leads to each opening.

    Of the trees that grow from each person unplaced, one path each; nothing if nobody more can be placed.
    """
    m = len(cap)
    held = np.argsort(x, kind="stable")
    first = np.searchsorted(x[held], np.arange(m + 1))
    spare = np.diff(first) < cap
    parent, root = np.full(m, -1, np.int64), np.arange(len(x))
    people = np.flatnonzero(x < 0)
    while len(people):
        arcs, who = _spans(start, people)
        unseen = parent[j[arcs]] < 0
        openings, at = np.unique(j[arcs[unseen]], return_index=True)
        parent[openings] = who[unseen][at]
        ends = openings[spare[openings]]
        if len(ends):
            return ends[np.unique(root[parent[ends]], return_index=True)[1]], parent
        positions, opening = _spans(first, openings)
        people = held[positions]
        root[people] = root[parent[opening]]
    return np.zeros(0, np.int64), parent


def _turn(openings: Array, parent: Array, x: Array) -> None:
    """Along each path everybody moves one on, so that the person it began with is placed."""
    while len(openings):
        person = parent[openings]
        given_up = x[person]
        x[person] = openings
        openings = given_up[given_up >= 0]


def _spans(start: Array, rows: Array) -> tuple[Array, Array]:
    """Positions of everything in these rows, one row after another, and the row of each."""
    length = start[rows + 1] - start[rows]
    before = np.cumsum(length) - length
    positions = np.arange(int(length.sum())) + np.repeat(start[rows] - before, length)
    return positions, np.repeat(rows, length)
