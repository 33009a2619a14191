"""Pages and feedback, on each kind of database."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from random import Random

from benchmarks import measure, report, writes
from benchmarks.databases import Kind, Sqlite, postgres
from benchmarks.site import open_site

SIZES = ("small", "large")


def run(quick: bool = False, sqlite_only: bool = False, rounds: int | None = None) -> list[str]:
    """Measure and print; returns what breaks the budget. ``quick``: the small demo only, fewer rounds."""
    sizes = SIZES[:1] if quick else SIZES
    rounds = rounds or (30 if quick else 60)
    wrong = _kind(Sqlite(), sizes, rounds)
    if sqlite_only:
        return wrong
    with postgres() as server:
        if isinstance(server, str):
            print(f"\nPostgreSQL left out. {server}")
            return wrong
        return wrong + _kind(server, sizes, rounds)


def _kind(kind: Kind, sizes: tuple[str, ...], rounds: int) -> list[str]:
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
        opened, chance = writes.forms(sites[size]), Random(3)
        crowds = [writes.crowd(sites[size], opened, threads, 8 * rounds, chance) for threads in (8, 32)]
        report.writes(kind.name, size, crowds)
    return wrong + writes.faults(kind.name, crowds)
