"""``python -m benchmarks.matching_stable``: stable matching against PyPI ``matching``, from preferences to the answer.

Both get the same market and come to the same matching, or the benchmark fails. Preferences are
partly common (well-known openings, able people) and partly one's own, as real ones are. What is
not timed: writing the preferences down in the form each takes, arrays here, dictionaries there.
"""

from __future__ import annotations

import sys
import threading
import warnings
from argparse import ArgumentParser
from dataclasses import dataclass
from time import process_time
from typing import Any

import numpy as np
from matching.games import HospitalResident
from numpy.typing import NDArray

from placement.domain.matching.stable import blocking_pairs, stable

#: How many times faster ours has to be at the full size.
REQUIRED = 50.0
#: People, openings, openings acceptable to each person.
FULL, QUICK = (2000, 1200, 160), (500, 300, 60)
ROUNDS = 5

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Market:
    """Arguments of ``stable.stable``; no two scores of one person or one opening are equal."""

    n: int
    m: int
    i: Array
    j: Array
    by_person: Array
    by_opening: Array
    cap: Array


@dataclass(frozen=True, slots=True)
class Figures:
    """CPU seconds; ``theirs`` is ``built`` (objects from dictionaries) plus ``solved``."""

    ours: float
    checked: float
    built: float
    solved: float
    placed: int
    same: bool
    blocking: int

    @property
    def times(self) -> float:
        return (self.built + self.solved) / self.ours


def market(n: int, m: int, each: int, seed: int = 1) -> Market:
    """``n`` people who accept ``each`` of ``m`` openings, with about as many places as people."""
    rng = np.random.default_rng(seed)
    i = np.repeat(np.arange(n), each)
    j = np.concatenate([np.sort(rng.choice(m, each, replace=False)) for _ in range(n)])
    known, able = rng.integers(0, 5_000, m), rng.integers(0, 5_000, n)
    # The position of the pair at the end keeps scores apart.
    by_person = (rng.integers(0, 10_000, len(i)) + known[j]) * len(i) + rng.permutation(len(i))
    by_opening = (rng.integers(0, 10_000, len(i)) + able[i]) * len(i) + rng.permutation(len(i))
    return Market(n, m, i, j, by_person, by_opening, rng.integers(1, 3, m))


def measure(asked: Market) -> Figures:
    args = (asked.n, asked.m, asked.i, asked.j, asked.by_person, asked.by_opening, asked.cap)
    times = []
    for _ in range(ROUNDS):
        start = process_time()
        x = stable(*args)
        times.append(process_time() - start)
    start = process_time()
    blocking = len(blocking_pairs(*args, x))
    checked = process_time() - start
    other, built, solved = _theirs(asked)
    return Figures(min(times), checked, built, solved, int((x >= 0).sum()), bool((x == other).all()), blocking)


def _theirs(asked: Market) -> tuple[Array, float, float]:
    wishes = _ranked(asked.n, asked.i, asked.j, asked.by_person)
    choices = {b: people for b, people in _ranked(asked.m, asked.j, asked.i, asked.by_opening).items() if people}
    places = {b: int(asked.cap[b]) for b in choices}
    start = process_time()
    game = HospitalResident.create_from_dictionaries(wishes, choices, places)
    between = process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = game.solve(optimal="resident")
    end = process_time()
    x = np.full(asked.n, -1)
    for opening, people in found.items():
        for person in people:
            x[person.name] = opening.name
    return x, between - start, end - between


def _ranked(count: int, one: Array, other: Array, score: Array) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {k: [] for k in range(count)}
    order = np.lexsort((-score, one))
    for k, best in zip(one[order].tolist(), other[order].tolist(), strict=True):
        found[k].append(best)
    return found


def run(quick: bool = False) -> list[str]:
    """Measure and print; returns what is not as it should be. The quick size is for a look: no ratio is asked."""
    size = QUICK if quick else FULL
    found = _deep(lambda: measure(market(*size)))
    print(f"\nStable matching, {size[0]:,} people × {size[1]:,} openings, {size[2]} acceptable to each")
    print("| | CPU s |\n|---|---|")
    for name, seconds in (
        ("stable.stable", found.ours),
        ("stable.blocking_pairs (the check)", found.checked),
        ("PyPI matching: objects from dictionaries", found.built),
        ("PyPI matching: solve", found.solved),
    ):
        print(f"| {name} | {seconds:.3f} |")
    print(
        f"\n{found.placed:,} placed; {found.times:.0f} times faster" + ("" if quick else f" (required: {REQUIRED:g})")
    )
    wrong = [] if found.same else ["stable: the two do not come to the same matching"]
    if found.blocking:
        wrong.append(f"stable: {found.blocking} blocking pairs are left")
    if not quick and found.times < REQUIRED:
        wrong.append(f"stable: {found.times:.0f} times faster than PyPI matching, {REQUIRED:g} are required")
    return wrong


def _deep(work: Any) -> Any:
    """Runs it with a deep stack: the other library copies its objects by recursion along all of them."""
    results: list[Any] = []
    limit, size = sys.getrecursionlimit(), threading.stack_size(1 << 29)
    sys.setrecursionlimit(1_000_000)
    try:
        thread = threading.Thread(target=lambda: results.append(work()))
        thread.start()
        thread.join()
    finally:
        sys.setrecursionlimit(limit)
        threading.stack_size(size)
    return results[0]


if __name__ == "__main__":
    parser = ArgumentParser(prog="benchmarks.matching_stable", description="Stable matching against PyPI matching.")
    parser.add_argument("--quick", action="store_true", help="a small market, no ratio required")
    faults = run(parser.parse_args().quick)
    print("\n".join(faults))
    sys.exit(1 if faults else 0)
