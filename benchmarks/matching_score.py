"""``python -m benchmarks.matching_score``: scoring every factor and hard rule against blocked NumPy, and its memory.

The baseline is the better of two plain versions (``matching_plain``): everything for all pairs,
or the factors for the pairs that pass only. Both give the same bits as the engine, or the
benchmark fails. Each case runs in a process of its own with one thread; the two take turns, the
best time of each counts. What is not timed: turning the problem into arrays, on either side.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
import scipy.sparse.csgraph  # noqa: F401  # what the app has loaded anyway; counted as the floor of memory

from benchmarks.matching_cohort import cohort
from benchmarks.matching_plain import plain_arrays, plain_blocks
from placement.domain.matching.options import options, people_for
from placement.domain.matching.rules import blocks, reasons_many
from placement.domain.matching.score import prepare, score_all, score_block

#: How many times faster than the better plain version, and how many megabytes at most beyond the imports.
REQUIRED, MEGABYTES = 4.0, 200


@dataclass(frozen=True, slots=True)
class Case:
    """``reach`` in kilometers sets how many openings pass; None: all. ``both``: also the plain version that loses."""

    name: str
    people: int
    openings: int
    reach: float | None
    rounds: int
    both: bool = True


FULL = (
    Case("2,000 × 1,200, few pass", 2_000, 1_200, 55, 3),
    Case("2,000 × 1,200, all pass", 2_000, 1_200, None, 3),
    Case("10,000 × 6,000, few pass", 10_000, 6_000, 19.2, 1),
    Case("10,000 × 6,000, all pass", 10_000, 6_000, None, 1, both=False),
)
QUICK = (Case("500 × 300, few pass", 500, 300, 60, 3), Case("500 × 300, all pass", 500, 300, None, 3))


def run(quick: bool = False) -> list[str]:
    """Measure and print; returns what is not as it should be. The quick sizes are for a look: no ratio is asked."""
    wrong = _times(QUICK if quick else FULL, quick)
    wrong += _memory((QUICK if quick else FULL)[-2:], quick)
    found = _child("extras", (QUICK if quick else FULL)[-2])
    print(f"\nReasons for {found['left_out']:,} people left out: {found['reasons']:.2f} s")
    print(
        f"1,000 people, 600 openings, question to answer: every opening for one person"
        f" {found['options'] * 1000:.0f} ms, every person for one opening {found['people'] * 1000:.0f} ms"
    )
    return wrong


def _times(cases: Iterable[Case], quick: bool) -> list[str]:
    wrong = []
    print("\nScoring, CPU seconds, one core")
    print("| | pairs that pass, a person | to arrays | scored | plain, all pairs | plain, rules first | times faster |")
    print("|---|---|---|---|---|---|---|")
    for case in cases:
        found = _child("times", case)
        plain = [found[name] for name in ("whole", "first") if name in found]
        times = min(plain) / found["ours"]
        first = f"{found['first']:.2f}" if "first" in found else "–"
        print(
            f"| {case.name} | {found['pairs'] / case.people:.0f} | {found['prepare']:.2f} | {found['ours']:.3f} "
            f"| {found['whole']:.2f} | {first} | {times:.1f} |",
            flush=True,
        )
        if found["differ"]:
            wrong.append(f"score, {case.name}: {found['differ']} values differ from the plain version")
        if not quick and times < REQUIRED:
            wrong.append(f"score, {case.name}: {times:.1f} times faster than plain NumPy, {REQUIRED:g} are required")
    return wrong


def _memory(cases: Iterable[Case], quick: bool) -> list[str]:
    wrong = []
    print("\nPeak memory of a process, MB (imports: NumPy, SciPy and the benchmark alone)")
    print("| | imports | with the problem as Python objects | scored | beyond the imports |\n|---|---|---|---|---|")
    for case in cases:
        found = _child("memory", case)
        extra = found["peak"] - found["imports"]
        kept = "kept" if case.reach else "block by block"
        columns = (found["imports"], found["problem"], found["peak"], extra)
        print(f"| {case.name}, {kept} | {' | '.join(f'{column:.0f}' for column in columns)} |")
        if not quick and extra >= MEGABYTES:
            wrong.append(f"score, {case.name}: {extra:.0f} MB beyond the imports, {MEGABYTES} are allowed")
    return wrong


def _child(task: str, case: Case) -> dict[str, Any]:
    settings = json.dumps([case.name, case.people, case.openings, case.reach, case.rounds, case.both])
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.matching_score", "--child", task, settings],
        check=True, capture_output=True, text=True, env=os.environ | threads, cwd=Path(__file__).parent.parent,
    )  # fmt: skip
    return dict(json.loads(done.stdout))


def _child_times(case: Case) -> dict[str, Any]:
    problem = cohort(case.people, case.openings, case.reach)
    prepare_time, f = _timed(lambda: prepare(problem))
    a = plain_arrays(problem)
    best: dict[str, float] = {}
    differ = pairs = 0
    for _ in range(case.rounds):
        for name, rules_first in (("whole", False), ("first", True))[: 2 if case.both else 1]:
            plain = plain_blocks(a, rules_first)
            took = {"ours": 0.0, name: 0.0}
            pairs = 0
            for rows in blocks(f, np.arange(case.people)):
                seconds, mine = _timed(partial(score_block, f, rows))
                took["ours"] += seconds
                seconds, theirs = _timed(partial(next, plain))
                took[name] += seconds
                pairs += len(mine[0])
                differ += sum(_differ(one, other) for one, other in zip(mine, theirs, strict=True))
            for key, seconds in took.items():
                best[key] = min(best.get(key, seconds), seconds)
    return {**best, "prepare": prepare_time, "pairs": pairs, "differ": differ}


def _differ(one: Any, other: Any) -> int:
    return int(np.count_nonzero(one != other)) if one.shape == other.shape else max(one.size, other.size)


def _child_memory(case: Case) -> dict[str, Any]:
    imports = _peak()
    problem = cohort(case.people, case.openings, case.reach)
    with_problem = _peak()
    f = prepare(problem)
    if case.reach is None:
        # All pairs pass: kept, they alone are 20 bytes each. Looked at as a solver does, block by block.
        for rows in blocks(f, np.arange(case.people)):
            score_block(f, rows)
    else:
        score_all(f)
    return {"imports": imports, "problem": with_problem, "peak": _peak()}


def _child_extras(case: Case) -> dict[str, Any]:
    f = prepare(cohort(case.people, case.openings, case.reach))
    rows = np.arange(0, case.people, 5)[: case.people * 2 // 5]
    rows = np.unique(np.concatenate([rows, rows + 1]))
    cohort_of = cohort(1_000, 600, 30)
    seconds = [min(_timed(work)[0] for _ in range(3)) for work in (
        lambda: reasons_many(f, rows), lambda: options(cohort_of, "p00005"), lambda: people_for(cohort_of, "o00005"),
    )]  # fmt: skip
    return dict(zip(("reasons", "options", "people"), seconds, strict=True)) | {"left_out": len(rows)}


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = process_time()
    result = work()
    return process_time() - start, result


def _peak() -> float:
    """Megabytes this process has held at most (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")) / 1024


_TASKS = {"times": _child_times, "memory": _child_memory, "extras": _child_extras}


if __name__ == "__main__":
    parser = ArgumentParser(prog="benchmarks.matching_score", description="Scoring against blocked NumPy.")
    parser.add_argument("--quick", action="store_true", help="small cohorts, no ratio required")
    parser.add_argument("--child", nargs=2, metavar=("TASK", "CASE"), help="one measurement, for the benchmark itself")
    given = parser.parse_args()
    if given.child:
        print(json.dumps(_TASKS[given.child[0]](Case(*json.loads(given.child[1])))))
        sys.exit(0)
    faults = run(given.quick)
    print("\n".join(faults))
    sys.exit(1 if faults else 0)
