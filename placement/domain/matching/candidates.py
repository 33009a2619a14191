"""Which pairs a best matching is likely to use: those near the best of each person at fair prices.

The prices come from spreading people over openings, the more the better the fit, until
no opening is asked for beyond its places (entropic transport, Cuturi 2013); the spreading
narrows in steps. They are guesses: whoever uses the candidates checks all pairs afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.sparse import csr_array

from placement.domain.matching.arrays import Array
from placement.domain.matching.edges import Edges

#: About how many pairs are looked at together: bounds memory and stays in the cache.
_BLOCK = 1 << 17
#: How widely people are spread at first, in shares of the usual distance from somebody's best pair to their mean one.
_WIDEST = 0.2
#: How often prices are adjusted in the first, long step and in each later one.
_ROUNDS = (5, 12)
#: Pairs up to so many widths below the best count: e^-8 of a person is little.
_REACH = 5.0
#: Being left out is so many usual distances worse than the best pair.
_LEFT_OUT = 2.0
#: Candidates for each person at most, on average: more slow the solver, fewer help it.
_MOST = 12
#: Openings with fewer candidates get those nearest to coming: none should be left over because nobody likes it best.
_LEAST = 8
#: So few pairs are simply all tried.
_FEW = 10_000


def candidates(e: Edges) -> Array:
    """Positions (k,) of the pairs worth trying first, increasing: all where that is little work.

    Pairs at openings without any place are never among them.
    """
    some = e.cap > 0
    if some.all():
        return _likely(e.i, e.j, e.w, e)
    usable = np.flatnonzero(some[e.j])
    return np.asarray(usable[_likely(e.i[usable], e.j[usable], e.w[usable], e)])


def _likely(i: Array, j: Array, w: Array, e: Edges) -> Array:
    """Positions among these pairs of ``e``, all at openings with places."""
    if len(i) <= max(_FEW, _MOST * e.n):
        return np.arange(len(i))
    start = np.concatenate([[0], np.flatnonzero(i[1:] != i[:-1]) + 1, [len(i)]])
    price, width = _prices(start, j, w, e.cap)
    near, below, best = _near(start, j, w, price, 2 * _REACH * width)
    near = near[_nearest(near, below, width, _MOST * e.n)]
    few = np.flatnonzero((np.bincount(j[near], minlength=e.m) < _LEAST)[j])
    below = np.repeat(best, np.diff(start))[few] - w[few] + price[j[few]]
    kept = np.zeros(len(i), np.bool_)
    kept[near] = kept[few[_first_of_each(j[few], below)]] = True
    return np.flatnonzero(kept)


def _prices(start: Array, j: Array, w: Array, cap: Array) -> tuple[Array, float]:
    """Guessed price (m,) of a place at each opening, and how far off the guesses may be."""
    best = np.maximum.reduceat(w, start[:-1])
    usual = max(1.0, float(np.median(best - np.add.reduceat(w, start[:-1]) / np.diff(start))))
    left_out = float(np.median(best)) - _LEFT_OUT * usual
    price, scarce = np.zeros(len(cap)), int(np.minimum(cap, np.bincount(j, minlength=len(cap))).sum()) < len(best)
    widths = _widths(start, w, usual)
    for step, width in enumerate(widths):
        near, below, best = _near(start, j, w, price, _REACH * width)
        row = np.searchsorted(near, start)
        kernel = csr_array((np.exp(-below / width), j[near].astype(np.int32), row), shape=(len(best), len(cap)))
        out = np.exp(np.clip((left_out - best) / width, -600, 600))
        price = _spread(kernel, out, price / width, cap, _ROUNDS[min(step, 1)], high=scarce and step == 0) * width
    return price, widths[-1]


def _widths(start: Array, w: Array, usual: float) -> list[float]:
    """How widely people are spread, step by step: in the end about as far as from their best pair to the third.

    ``usual``: the distance to their mean pair. It says little where most pairs are poor.
    """
    people = np.unique(np.linspace(0, len(start) - 2, 200).astype(np.int64))
    rows = [np.sort(w[start[k] : start[k + 1]])[::-1][:9] for k in people]
    near = float(np.median([row[0] - row[-1] for row in rows]))
    widths = [_WIDEST * usual]
    last = min(_WIDEST / 3, max(near / usual / 3, _WIDEST / 50)) * usual
    while widths[-1] > last:
        widths.append(max(last, widths[-1] / 4))
    return widths


def _spread(kernel: csr_array, out: Array, price: Array, cap: Array, rounds: int, *, high: bool) -> Array:
    """Better prices, in widths: crowded openings dearer, others cheaper, none below 0.

    People (rows) are spread as ``a · kernel · b``: each row sums to 1 with being left
    out (``out``), each column to at most ``cap``. ``high``: begin from prices at which
    everybody would as soon be left out, since most prices will end up near there.
    """
    columns, most = kernel.T, np.exp(np.minimum(price, 600))
    a, b = 1 / out, np.ones(len(cap))
    for step in range(rounds):
        if step or not high:
            a = 1 / (kernel @ b + out)
        b = np.minimum(most, cap / np.maximum(columns @ a, 1e-280))
    return np.asarray(price - np.log(np.maximum(b, 1e-280)))


def _near(start: Array, j: Array, w: Array, price: Array, reach: float) -> tuple[Array, Array, Array]:
    """Positions of the pairs within ``reach`` of the person's best, how far below it each is, and that best."""
    found, distances, bests = [], [], []
    for low, high in _blocks(start):
        span = slice(start[low], start[high])
        worth = w[span] - price[j[span]]
        best = np.maximum.reduceat(worth, start[low:high] - start[low])
        below = np.repeat(best, np.diff(start[low : high + 1])) - worth
        kept = np.flatnonzero(below < reach)
        found.append(kept + start[low])
        distances.append(below[kept])
        bests.append(best)
    return np.concatenate(found), np.concatenate(distances), np.concatenate(bests)


def _blocks(start: Array) -> Iterator[tuple[int, int]]:
    """Spans of people with about ``_BLOCK`` pairs each."""
    low, end = 0, len(start) - 1
    while low < end:
        high = max(low + 1, int(np.searchsorted(start, start[low] + _BLOCK, side="right")) - 1)
        yield low, high
        low = high


def _nearest(near: Array, below: Array, width: float, most: int) -> Array:
    """Positions of at most ``most`` nearest; among many equally near a fixed scattering decides."""
    if len(near) <= most:
        return np.arange(len(near))
    scattered = below + width * np.modf(near * 0.6180339887498949)[0]
    return np.flatnonzero(scattered < np.partition(scattered, most)[most])


def _first_of_each(group: Array, rank: Array) -> Array:
    """Positions of the ``_LEAST`` lowest-ranked of each group."""
    order = np.lexsort((rank, group))
    first = np.flatnonzero(np.diff(group[order], prepend=-1))
    place = np.arange(len(order)) - np.repeat(first, np.diff(np.append(first, len(order))))
    return order[place < _LEAST]
