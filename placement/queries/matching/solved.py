"""A stored run as arrays again, for questions about other openings.

What a run was asked never changes, so the last few are kept in memory by the run's own public id. Whoever finds one
there must not look at it before that run was read from the database within the actor's scope.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

import numpy as np

from placement.domain.matching.arrays import Array
from placement.domain.matching.choices import Standing, stand
from placement.domain.matching.features import Features
from placement.domain.matching.modes import Asked
from placement.domain.matching.problem import Problem
from placement.domain.matching.run import lay_out
from placement.domain.proposals import Mark

#: Pairs looked at, and pairs that may be formed, up to which a page works out what other openings cost.
MOST_LOOKED_AT, MOST_PAIRS = 60_000_000, 3_000_000
#: Pairs that may be formed, kept in memory over all runs (about 100 bytes each), and runs.
_KEPT_PAIRS, _KEPT_RUNS = 4_000_000, 8

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Solved:
    """A run's problem; ``features`` and every pair that may be formed are None when there are too many of them."""

    problem: Problem
    features: Features | None
    asked: Asked | None
    person: dict[str, int]
    opening: dict[str, int]

    @property
    def size(self) -> int:
        return 1 if self.asked is None else max(1, len(self.asked.i))


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a person of the run is, by public ids; ``held``: kept by hand."""

    person: str
    opening: str | None
    held: bool


class _Memory:
    """The last runs looked at, and how each stands with its marks."""

    def __init__(self) -> None:
        self._runs: OrderedDict[str, tuple[Solved, int | None, Standing | None]] = OrderedDict()
        self._lock = Lock()

    def get(self, run: str) -> tuple[Solved, int | None, Standing | None] | None:
        with self._lock:
            found = self._runs.get(run)
            if found is not None:
                self._runs.move_to_end(run)
            return found

    def put(self, run: str, solved: Solved, version: int | None = None, standing: Standing | None = None) -> None:
        with self._lock:
            self._runs[run] = (solved, version, standing)
            self._runs.move_to_end(run)
            while len(self._runs) > 1 and (
                len(self._runs) > _KEPT_RUNS or sum(kept[0].size for kept in self._runs.values()) > _KEPT_PAIRS
            ):
                self._runs.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._runs.clear()


memory = _Memory()


def remembered(run: str) -> Solved | None:
    """What is in memory of this run, so that its problem need not be read again."""
    found = memory.get(run)
    return None if found is None else found[0]


def laid_out(run: str, problem: Any) -> Solved:
    """The run with this public id from its problem as JSON; kept in memory from now on."""
    made = _lay_out(Problem.from_json(problem))
    memory.put(run, made)
    return made


def standing(run: str, version: int, what: Solved, placed: Iterable[Placed], bans: Collection[Pair]) -> Standing | None:
    """The run as it stands at this version: without the pairs in ``bans``. None when it is too large."""
    if what.features is None or what.asked is None:
        return None
    found = memory.get(run)
    if found is not None and found[1] == version and found[2] is not None:
        return found[2]
    gone = _codes(what, bans)
    asked = _without(what.asked, gone) if gone.size else what.asked
    stored, held = np.full(len(what.person), -1, np.int64), np.full(len(what.person), -1, np.int64)
    for one in placed:
        i, j = what.person.get(one.person), what.opening.get(one.opening or "")
        if i is None or j is None or i * what.asked.m + j in gone:
            continue
        stored[i] = j
        if one.held:
            held[i] = j
    made = stand(what.features, asked, held, stored)
    memory.put(run, what, version, made)
    return made


def is_held(mark: Mark) -> bool:
    return mark is not Mark.FREE


def _lay_out(problem: Problem) -> Solved:
    people = {key: k for k, key in enumerate(sorted(person.key for person in problem.people))}
    openings = {key: k for k, key in enumerate(sorted(opening.key for opening in problem.openings))}
    if len(people) * len(openings) > MOST_LOOKED_AT:
        return Solved(problem, None, None, people, openings)
    board = lay_out(replace(problem, locks=(), overrides=()))
    if len(board.asked.i) > MOST_PAIRS:
        return Solved(problem, None, None, people, openings)
    return Solved(problem, board.features, board.asked, people, openings)


def _without(asked: Asked, gone: Array) -> Asked:
    kept = ~np.isin(asked.i.astype(np.int64) * asked.m + asked.j, gone)
    fields = {name: getattr(asked, name)[kept] for name in ("i", "j", "fit", "parts", "named")}
    return replace(asked, **fields)


def _codes(what: Solved, pairs: Collection[Pair]) -> Array:
    m = len(what.opening)
    known = [(what.person.get(person), what.opening.get(opening)) for person, opening in pairs]
    return np.array(sorted(i * m + j for i, j in known if i is not None and j is not None), np.int64)
