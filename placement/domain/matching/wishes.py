"""The second factor: how much someone wishes for the tasks and the employer.

Rather not 0, no matter 2, gladly 3, very gladly 4 of 4, the mean over what was stated;
the employer counts as two tasks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from placement.domain.matching.arrays import Array, Rows, index, levels, points, ranges, sparse
from placement.domain.matching.parties import Opening, Person

EMPLOYER_COUNTS_AS = 2
_TOP_WISH = 4
#: Wish + 2 as stored → points; 0 is "not stated".
_WISH_POINTS = np.array([0, 0, 2, 3, 4])
#: Numbers up to here are looked up; all of them are exact in float32.
_TABLE = 1 << 16


@dataclass(frozen=True, slots=True)
class Wishes:
    """n people, m openings, K tasks, over employers in the order of their names.

    A pair's wishes are one whole number, ``stated × base + earned``, which points are looked up by.
    """

    task: Array  # float32, or float64 with very many tasks (n, K), base + points of a stated wish, else 0
    tasks: Array  # as task (m, K), 1 where the opening has the task
    base: int
    most: int  # wishes that can be stated about one opening
    employer: Array  # int64 (m,)
    by_employer: Array  # int64 (m,), openings in the order of their employers
    first: Array  # int64 (employers + 1,), where each employer's openings begin there
    employer_wish: Rows  # over employers: what the wish adds to a pair's number
    excluded: Rows  # over employers


def wish_arrays(people: Sequence[Person], openings: Sequence[Opening]) -> Wishes:
    """Wishes and exclusions; tasks and employers without an opening are left out."""
    tasks, employers = index(t for o in openings for t in o.tasks), index(o.employer for o in openings)
    most = EMPLOYER_COUNTS_AS + max((len(o.tasks) for o in openings), default=0)
    base = _TOP_WISH * most + 1
    exact = np.float32 if (most + 1) * base <= _TABLE else np.float64
    value = np.where(np.arange(5) > 0, base + _WISH_POINTS, 0)
    stated = levels(
        [[(tasks[t], w + 2) for t, w in p.task_wishes.items() if t in tasks] for p in people], len(tasks), 0
    )
    has = levels([[(tasks[t], 1) for t in o.tasks] for o in openings], len(tasks), 0)
    employer = np.array([employers[o.employer] for o in openings], np.int64)
    wishes = [
        (i, employers[e], EMPLOYER_COUNTS_AS * int(value[wish + 2]))
        for i, p in enumerate(people)
        for e, wish in p.employer_wishes.items()
        if e in employers
    ]
    excluded = [(i, employers[e], 1) for i, p in enumerate(people) for e in p.excluded_employers if e in employers]
    return Wishes(
        task=value[stated].astype(exact),
        tasks=has.astype(exact),
        base=base,
        most=most,
        employer=employer,
        by_employer=np.argsort(employer, kind="stable"),
        first=np.concatenate([[0], np.cumsum(np.bincount(employer, minlength=len(employers)))]),
        employer_wish=sparse(len(people), len(employers), wishes, exact),
        excluded=sparse(len(people), len(employers), excluded),
    )


def openings_of(w: Wishes, entries: Rows, rows: Array) -> tuple[Array, Array, Array]:
    """``(r, j, value)``: entries over employers as entries over their openings."""
    r, employer, value = entries.entries(rows)
    size = w.first[employer + 1] - w.first[employer]
    return np.repeat(r, size), w.by_employer[ranges(w.first[employer], size)], np.repeat(value, size)


def wishes_block(w: Wishes, rows: Array) -> Array:
    """(len(rows), m): the number of all pairs of these people, see :class:`Wishes`."""
    number = w.task[rows] @ w.tasks.T
    r, j, value = openings_of(w, w.employer_wish, rows)
    number[r, j] += value
    return np.asarray(number)


def wishes_pairs(w: Wishes, i: Array, j: Array) -> Array:
    """(E,): the number of the pairs ``(i, j)``."""
    number = np.einsum("ek,ek->e", w.task[i], w.tasks[j])
    at, value = w.employer_wish.find(i, w.employer[j])
    number[at] += value
    return np.asarray(number)


def wish_points(w: Wishes, number: Array, weight: int) -> Array:
    """int16: the points these numbers stand for."""
    whole, size = number.astype(np.intp), (w.most + 1) * w.base
    if size > _TABLE:
        return points(weight, whole % w.base, _TOP_WISH * (whole // w.base))
    every = np.arange(size)
    table = points(weight, every % w.base, _TOP_WISH * (every // w.base))
    return np.asarray(table.take(whole, mode="clip"))
