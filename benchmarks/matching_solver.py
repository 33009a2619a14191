"""``python -m benchmarks.matching_solver``: the solver and its proof against a dense one, alternatives against solving
again, and what two rules of thumb would lose.

Pairs and fits come from the engine's own scoring of an invented cohort; only the places
differ. Each measurement runs in a process of its own with one thread and counts CPU time.
Dense: scipy's ``linear_sum_assignment`` on one column a place, built as leanly as it
accepts (filling it is not timed). Both must agree on people placed and total fit.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from benchmarks.matching_cohort import cohort
from placement.domain.matching.alternatives import alternatives, residual
from placement.domain.matching.score import prepare, score_all
from placement.domain.matching.solve import certificate, solve_pairs, with_locks

#: How many times faster and leaner than dense, and how many times faster alternatives are than solving again.
FASTER, LEANER, AT_ONCE = 4.0, 10.0, 100.0
#: Shares of openings with 1, 2 and 3 places.
PLACES = {"ample": (0.2, 0.5, 0.3), "tight": (0.5, 0.33, 0.17), "scarce": (0.85, 0.1, 0.05)}
#: People, openings, and the kilometers that leave about 160 openings to each person.
FULL, QUICK = (10_000, 6_000, 19.2), (1_000, 600, 55.0)
ROUNDS = 3


def run(quick: bool = False) -> list[str]:
    """Measure and print; returns what is not as it should be. Quick: a small cohort, no ratio is asked."""
    wrong = []
    size = QUICK if quick else FULL
    with TemporaryDirectory() as folder:
        file = str(Path(folder, "pairs.npz"))
        pairs = _child("pairs", file, size)["pairs"]
        found = {
            places: {task: _child(task, file, places) for task in ("ours", "dense", "again", "plain")}
            for places in PLACES
        }
    print(f"\nMatching {size[0]:,} people and {size[1]:,} openings, {pairs / size[0]:.0f} feasible openings each")
    _print_solver(found)
    _print_again(found)
    _print_plain(found)
    for places, row in found.items():
        wrong += [f"matching, {places}: {words}" for words in _faults(row, quick)]
    return wrong


def _faults(row: dict[str, Any], quick: bool) -> list[str]:
    ours, dense, again = row["ours"], row["dense"], row["again"]
    wrong = []
    if not ours["optimal"] or (ours["placed"], ours["total"]) != (dense["placed"], dense["total"]):
        wrong.append("the result is not the best")
    if again["differ"]:
        wrong.append(f"{again['differ']} alternatives differ from solving again")
    for words, ratio, required in (
        ("times faster than dense", _faster(row), FASTER),
        ("times less memory than dense", _leaner(row), LEANER),
        ("times faster alternatives than solving again", again["solve"] / again["one"], AT_ONCE),
    ):
        if not quick and ratio < required:
            wrong.append(f"{ratio:.1f} {words}, {required:g} are required")
    return wrong


def _faster(row: dict[str, Any]) -> float:
    return float(row["dense"]["solve"] / (row["ours"]["solve"] + row["ours"]["proof"]))


def _leaner(row: dict[str, Any]) -> float:
    return float(row["dense"]["extra"] / max(1, row["ours"]["extra"]))


def _print_solver(found: dict[str, Any]) -> None:
    print("\nCPU seconds on one core; MB at the peak: the whole process, and on top of imports and pairs")
    print("| places | solved | proof | dense | times faster | MB | dense | on top | dense | times leaner |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for places, row in found.items():
        ours, dense = row["ours"], row["dense"]
        print(
            f"| {places}, {ours['places']:,} | {ours['solve']:.2f} | {ours['proof']:.2f} | {dense['solve']:.2f} "
            f"| {_faster(row):.1f} | {ours['peak']:.0f} | {dense['peak']:.0f} | {ours['extra']:.0f} "
            f"| {dense['extra']:.0f} | {_leaner(row):.0f} |"
        )


def _print_again(found: dict[str, Any]) -> None:
    print("\nFive alternatives for one person, against solving again with one pair forced (without proof)")
    print("| places | prepared once, s | five alternatives, ms | solving again, ms | times faster |")
    print("|---|---|---|---|---|")
    for places, row in found.items():
        again = row["again"]
        print(
            f"| {places} | {again['prepared']:.2f} | {again['one'] * 1000:.2f} | {again['solve'] * 1000:.0f} "
            f"| {again['solve'] / again['one']:.0f} |"
        )


def _print_plain(found: dict[str, Any]) -> None:
    print("\nPeople placed and total fit: the best against two rules of thumb")
    print("| places | best | sort all pairs | fewest options first |\n|---|---|---|---|")
    for places, row in found.items():
        placed, total = row["ours"]["placed"], row["ours"]["total"]
        cells = [
            f"{row['plain'][rule][0]:,} ({row['plain'][rule][0] - placed:+,}), "
            f"fit {100 * (row['plain'][rule][1] / total - 1):+.1f} %"
            for rule in ("sorted", "fewest")
        ]
        print(f"| {places} | {placed:,}, fit {total:,} | {' | '.join(cells)} |")


def _child(task: str, file: str, given: Any) -> dict[str, Any]:
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.matching_solver", "--child", task, file, json.dumps(given)],
        check=True, stdout=subprocess.PIPE, text=True, env=os.environ | threads, cwd=Path(__file__).parent.parent,
    )  # fmt: skip
    return dict(json.loads(done.stdout))


def _child_pairs(file: str, size: tuple[int, int, float]) -> dict[str, Any]:
    scored = score_all(prepare(cohort(*size)))
    np.savez(file, n=size[0], m=size[1], i=scored.i, j=scored.j, w=scored.fit)
    return {"pairs": len(scored.i)}


def _loaded(file: str, places: str) -> tuple[Any, ...]:
    """Arguments of ``solve_pairs``."""
    with np.load(file) as kept:
        n, m = int(kept["n"]), int(kept["m"])
        i, j, w = (kept[name].astype(np.int64) for name in "ijw")
    return n, m, i, j, w, np.random.default_rng(1).choice([1, 2, 3], m, p=PLACES[places])


def _child_ours(file: str, places: str) -> dict[str, Any]:
    args = _loaded(file, places)
    before, solve, proof = _memory("VmRSS:"), [], []
    for _ in range(ROUNDS):
        seconds, x = _timed(lambda: solve_pairs(*args))
        solve.append(seconds)
        seconds, shown = _timed(lambda: certificate(*args, x))  # noqa: B023  # called at once
        proof.append(seconds)
    peak = _memory("VmHWM:")
    return {
        "solve": min(solve), "proof": min(proof), "peak": peak, "extra": peak - before, "places": int(args[5].sum()),
        "placed": shown.placed, "total": shown.total, "optimal": shown.optimal,
    }  # fmt: skip


def _child_dense(file: str, places: str) -> dict[str, Any]:
    n, m, i, j, w, cap = _loaded(file, places)
    before, first = _memory("VmRSS:"), np.cumsum(cap) - cap
    premium = 1 + n * int(w.max())
    cost = np.zeros((n, int(cap.sum())))
    for copy in range(3):
        at = np.flatnonzero(cap[j] > copy)
        cost[i[at], first[j[at]] + copy] = -(w[at] + premium)
    seconds, (person, place) = _timed(lambda: linear_sum_assignment(cost))
    worth = -cost[person, place]
    placed, peak = int((worth > 0).sum()), _memory("VmHWM:")
    total = int(worth.sum()) - premium * placed
    return {"solve": seconds, "peak": peak, "extra": peak - before, "placed": placed, "total": total}


def _child_again(file: str, places: str) -> dict[str, Any]:
    args = _loaded(file, places)
    n, m = args[:2]
    x = solve_pairs(*args)
    prepared, r = _timed(lambda: residual(*args, x))
    now = certificate(*args, x)
    people = range(0, n, max(1, n // 60))
    times = [_timed(lambda: alternatives(r, person, 5))[0] for person in people]  # noqa: B023  # called at once
    solve, differ = [], 0
    for person in people[:3]:
        told = alternatives(r, person, 5)[-1]
        rest = with_locks(*args, [(person, told.opening)])
        seconds, again = _timed(lambda: solve_pairs(n, m, rest.i, rest.j, rest.w, rest.cap))  # noqa: B023
        solve.append(seconds)
        after = certificate(*args, np.where(rest.x >= 0, rest.x, again))
        differ += (after.placed - now.placed, after.total - now.total) != (told.placed, told.total)
    return {"prepared": prepared, "one": median(times), "solve": min(solve), "differ": int(differ)}


def _child_plain(file: str, places: str) -> dict[str, Any]:
    """People placed and total: all pairs by fit; and person by person, who has the fewest options first."""
    n, _, i, j, w, cap = _loaded(file, places)
    options = np.bincount(i, minlength=n)[i]
    orders = {"sorted": np.lexsort((j, i, -w)), "fewest": np.lexsort((j, -w, i, options))}
    return {rule: _taken(i[order], j[order], w[order], cap) for rule, order in orders.items()}


def _taken(i: Any, j: Any, w: Any, cap: Any) -> tuple[int, int]:
    left, placed, total = cap.tolist(), set(), 0
    for person, opening, weight in zip(i.tolist(), j.tolist(), w.tolist(), strict=True):
        if left[opening] and person not in placed:
            left[opening] -= 1
            placed.add(person)
            total += weight
    return len(placed), total


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = process_time()
    result = work()
    return process_time() - start, result


def _memory(field: str) -> float:
    """Megabytes this process holds now (VmRSS) or has held at most (VmHWM); Linux."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(field)) / 1024


_TASKS: dict[str, Callable[..., dict[str, Any]]] = {
    "pairs": _child_pairs, "ours": _child_ours, "dense": _child_dense, "again": _child_again, "plain": _child_plain,
}  # fmt: skip


if __name__ == "__main__":
    parser = ArgumentParser(prog="benchmarks.matching_solver", description="The solver against a dense one.")
    parser.add_argument("--quick", action="store_true", help="a small cohort, no ratio required")
    parser.add_argument("--child", nargs=3, metavar=("TASK", "FILE", "GIVEN"), help="for the benchmark itself")
    given = parser.parse_args()
    if given.child:
        print(json.dumps(_TASKS[given.child[0]](given.child[1], json.loads(given.child[2]))))
        sys.exit(0)
    faults = run(given.quick)
    print("\n".join(faults))
    sys.exit(1 if faults else 0)
