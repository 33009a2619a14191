"""Arrays shared by the factors of a fit: sparse rows, strips of a block, points rounded once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

#: Pairs worked on at once within a block: their arrays stay in the processor's cache.
PAIRS_A_STRIP = 1 << 16


@dataclass(frozen=True, slots=True)
class Rows:
    """Sparse values per person: row ``i`` holds ``columns[start[i]:start[i + 1]]``, in order.

    ``codes`` int64: ``i * width + column`` of every entry, ascending.
    """

    start: Array
    columns: Array
    values: Array
    codes: Array
    width: int

    def entries(self, rows: Array) -> tuple[Array, Array, Array]:
        """``(r, column, value)`` of all entries of ``rows``; ``r`` is the position within ``rows``."""
        size = self.start[rows + 1] - self.start[rows]
        at = ranges(self.start[rows], size)
        return np.repeat(np.arange(len(rows)), size), self.columns[at], self.values[at]

    def dense(self, rows: Array) -> Array:
        """(len(rows), width): the values of these rows, 0 elsewhere."""
        block = np.zeros((len(rows), self.width), self.values.dtype)
        r, column, value = self.entries(rows)
        block[r, column] = value
        return block

    def find(self, i: Array, j: Array) -> tuple[Array, Array]:
        """``(at, value)``: which of the pairs ``(i, j)`` have an entry, and its value."""
        if not len(self.codes):
            return np.zeros(0, np.intp), self.values
        wanted = i.astype(np.int64) * self.width + j
        place = np.minimum(np.searchsorted(self.codes, wanted), len(self.codes) - 1)
        at = np.flatnonzero(self.codes[place] == wanted)
        return at, self.values[place[at]]


def sparse(n: int, width: int, entries: Sequence[tuple[int, int, float]], dtype: type = np.int8) -> Rows:
    """Rows of ``(i, column, value)``, each pair once, in any order."""
    i, j, v = np.array(sorted(entries), np.float64).reshape(-1, 3).T
    row, column = i.astype(np.int64), j.astype(np.int64)
    start = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=n))])
    return Rows(start, column, v.astype(dtype), row * width + column, width)


def ranges(start: Array, size: Array) -> Array:
    """All of ``start[k], start[k] + 1, … start[k] + size[k] - 1``, one after the other."""
    before = np.cumsum(size) - size
    return np.asarray(np.arange(int(size.sum())) + np.repeat(start - before, size))


def strips(rows: int, columns: int, pairs: int = PAIRS_A_STRIP) -> Iterator[slice]:
    """Consecutive rows, about ``pairs`` pairs at a time."""
    size = max(1, pairs // max(1, columns))
    for first in range(0, rows, size):
        yield slice(first, min(first + size, rows))


def points(weight: int, earned: Array, of: Array) -> Array:
    """int16: ``weight × earned / of`` rounded once; half the weight where ``of`` is 0. The two broadcast."""
    share = earned.astype(np.float64)
    share *= weight
    nothing = of == 0
    if nothing.any():
        of = np.where(nothing, 2, of)
        share[np.broadcast_to(nothing, share.shape)] = weight
    share /= of
    np.rint(share, out=share)
    return np.asarray(share.astype(np.int16))


def index(keys: Iterable[str]) -> dict[str, int]:
    """Key → position, in the order of the keys."""
    return {key: k for k, key in enumerate(sorted(set(keys)))}


def levels(lines: Sequence[Iterable[tuple[int, int]]], width: int, missing: int) -> Array:
    """int8 (len(lines), width) from ``(column, value)`` per line, ``missing`` elsewhere."""
    table = np.full((len(lines), width), missing, np.int8)
    found = [(k, column, value) for k, line in enumerate(lines) for column, value in line]
    if found:
        k, column, value = np.array(found, np.int64).T
        table[k, column] = value
    return table
