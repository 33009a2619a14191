"""``python -m benchmarks``: what each page costs, in statements and in multiples of the cheapest honest page."""

from __future__ import annotations

import argparse
import logging
import sys
from contextlib import ExitStack
from random import Random

from benchmarks import measure, report, writes
from benchmarks.databases import Kind, Sqlite, postgres
from benchmarks.site import open_site

SIZES = ("small", "large")


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description="Cost of each page. See benchmarks/README.md.")
    parser.add_argument("--quick", action="store_true", help="the small demo only, fewer rounds")
    parser.add_argument("--sqlite", action="store_true", help="leave PostgreSQL out")
    parser.add_argument("--rounds", type=int, help="requests of each page (default 60, quick 30)")
    return parser.parse_args(given)


def run(kind: Kind, sizes: tuple[str, ...], rounds: int) -> list[str]:
    """Measure one kind of database and print it; returns what breaks the budget."""
    urls = {}
    for size in sizes:
        print(f"{kind.name}: {size} demo …", file=sys.stderr)
        urls[size] = kind.filled(size)
    with ExitStack() as stack:
        copies = {}
        for size, url in urls.items():
            copies[size] = kind.copy(url, size)
            stack.callback(kind.drop, copies[size])
        sites = {size: open_site(url, stack) for size, url in copies.items()}
        found = measure.measure(sites, rounds)
        report.pages(kind.name, found)
        wrong = measure.faults(kind.name, found)
        size = sizes[-1]
        opened, chance = writes.forms(sites[size]), Random(1)
        single = writes.alone(sites[size], opened, 2 * rounds, chance)
        crowds = [writes.crowd(sites[size], opened, threads, 8 * rounds, chance) for threads in (8, 32)]
        report.writes(kind.name, size, single, crowds)
    return wrong + writes.faults(kind.name, single, crowds)


def main(given: list[str] | None = None) -> int:
    """0 when every page keeps to its budget, else 1."""
    wanted = arguments(given)
    logging.disable(logging.INFO)
    sizes = SIZES[:1] if wanted.quick else SIZES
    rounds = wanted.rounds or (30 if wanted.quick else 60)
    wrong = run(Sqlite(), sizes, rounds)
    if not wanted.sqlite:
        with postgres() as server:
            if isinstance(server, str):
                print(f"\nPostgreSQL left out. {server}")
            else:
                wrong += run(server, sizes, rounds)
    print("\n" + ("\n".join(["Over budget:", *wrong]) if wrong else "Every page keeps to its budget."))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
