"""The matching engine against what one would use instead. Each part also runs alone: ``-m benchmarks.matching_…``."""

from __future__ import annotations

import sys

from benchmarks import matching_score, matching_solver, matching_stable

PARTS = {"solver": matching_solver.run, "scoring": matching_score.run, "stable matching": matching_stable.run}


def run(quick: bool = False) -> list[str]:
    """Measure and print; returns what is not as it should be. ``quick``: small sizes, no ratio is asked."""
    wrong = []
    for name, part in PARTS.items():
        print(f"matching: {name} …", file=sys.stderr)
        wrong += part(quick)
    return wrong
