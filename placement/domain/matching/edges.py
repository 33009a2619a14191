"""Checks and the one form of what the solver is given: pairs sorted, each only once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from placement.domain.matching.arrays import Array

#: All sums inside the solver stay whole numbers that float64 holds exactly.
EXACT = 2**53


@dataclass(frozen=True, slots=True)
class Edges:
    """``i``, ``j``, ``w`` int64 (E,), sorted by (i, j), no pair twice; ``cap`` int64 (m,).

    ``premium`` is what placing one more person is worth: more than any gain in weight.
    """

    n: int
    m: int
    i: Array
    j: Array
    w: Array
    cap: Array
    premium: int


def edges(n: int, m: int, i: ArrayLike, j: ArrayLike, w: ArrayLike, cap: ArrayLike) -> Edges:
    """Check and sort (fast where sorted already); of pairs given twice the highest weight counts.

    Raises ValueError naming the entry for anything malformed, and when the weights are
    too large to stay exact (about 10^10 at 100,000 people).
    """
    if n < 0 or m < 0:
        raise ValueError(f"n, m: must not be negative, are {n}, {m}")
    ii, jj, ww, cc = (_whole(values, name) for values, name in ((i, "i"), (j, "j"), (w, "w"), (cap, "cap")))
    for values, name in ((jj, "j"), (ww, "w")):
        if len(values) != len(ii):
            raise ValueError(f"{name}: has {len(values)} entries, i has {len(ii)}")
    if len(cc) != m:
        raise ValueError(f"cap: has {len(cc)} entries, there are {m} openings")
    _within(ii, "i", n)
    _within(jj, "j", m)
    _within(ww, "w", None)
    _within(cc, "cap", None)
    highest = int(ww.max(initial=0))
    premium = 1 + min(n, sum(cc.tolist())) * highest
    if 8 * (premium + highest) >= EXACT:
        raise ValueError(f"w[{int(ww.argmax())}]: {highest} is too large to stay exact with {n} people")
    ii, jj, ww = _each_once(ii, jj, ww)
    return Edges(n, m, ii, jj, ww, cc, premium)


def _each_once(i: Array, j: Array, w: Array) -> tuple[Array, Array, Array]:
    """Sorted by (i, j), each pair once with its highest weight; the very arrays if they are so already."""
    if not _ascending(i, j, strictly=False):
        order = _order(i, j)
        i, j, w = i[order], j[order], w[order]
    if _ascending(i, j, strictly=True):
        return i, j, w
    first = np.flatnonzero(np.append(True, (i[1:] != i[:-1]) | (j[1:] != j[:-1])))
    return i[first], j[first], np.maximum.reduceat(w, first)


def _ascending(i: Array, j: Array, *, strictly: bool) -> bool:
    later = j[1:] > j[:-1] if strictly else j[1:] >= j[:-1]
    return bool(((i[1:] > i[:-1]) | ((i[1:] == i[:-1]) & later)).all())


def _order(i: Array, j: Array) -> Array:
    """What sorts by (i, j): a radix sort, 16 bits at a time, the least significant first."""
    order = np.arange(len(i))
    for values in (j, i):
        for shift in range(0, int(values.max(initial=0)).bit_length(), 16):
            digit = (values[order] >> shift).astype(np.uint16)
            order = order[np.argsort(digit, kind="stable")]
    return order


def _whole(values: ArrayLike, name: str) -> Array:
    array = np.asarray(values)
    if array.ndim != 1:
        raise ValueError(f"{name}: must be a list of numbers")
    if array.size == 0:
        return np.zeros(0, np.int64)
    if array.dtype.kind == "f":
        bad = np.flatnonzero(~(np.isfinite(array) & (array == np.rint(array)) & (np.abs(array) < EXACT)))
        if bad.size:
            raise ValueError(f"{name}[{bad[0]}]: {array[bad[0]]} is not a whole number")
    elif array.dtype.kind == "u" and (array > np.iinfo(np.int64).max).any():
        raise ValueError(f"{name}[{int(array.argmax())}]: {array.max()} is too large")
    elif array.dtype.kind not in "iu":
        raise ValueError(f"{name}: must hold whole numbers, not {array.dtype}")
    return array.astype(np.int64, copy=False)


def _within(values: Array, name: str, end: int | None) -> None:
    if values.size == 0 or (values.min() >= 0 and (end is None or values.max() < end)):
        return
    bad = np.flatnonzero((values < 0) | (values >= end if end is not None else False))
    allowed = "must not be negative" if end is None else f"must be from 0 to {end - 1}"
    raise ValueError(f"{name}[{bad[0]}]: is {values[bad[0]]}, {allowed}")
