"""``python -m benchmarks.torture_card``: 2,000 feedbacks from 32 phones, the server killed ten times in between.

The site runs as docs/deploy.md says, with its worker, on the loopback address alone: on SQLite ``flask serve``, on
PostgreSQL several processes behind one port. Exits with 1 if an acknowledged feedback is missing or there twice, if
what is kept is not what a rebuild comes to, if a log is not as it was sealed, if anything answers 500, or if somebody
waited longer than a second without a restart to blame.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from flask_migrate import upgrade

import config
from benchmarks.databases import postgres
from placement.app import create_app
from tests.application import dispose
from tests.clock import Clock
from tests.factories.make import Make
from tests.sink import listening
from tests.torture.run import Figures, Size, torture
from tests.torture.server import settings

#: Seconds.
LONGEST = 1.0


def main(arguments: list[str]) -> int:
    """Run it and print the figures, a line each."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.torture_card", description=__doc__)
    parser.add_argument("--phones", type=int, default=Size.phones)
    parser.add_argument("--feedbacks", type=int, default=Size.feedbacks)
    parser.add_argument("--kills", type=int, default=Size.kills)
    parser.add_argument("--pause", type=float, default=Size.pause, help="seconds between two answers; 0 is a flood")
    parser.add_argument("--only", choices=("sqlite", "postgresql"), help="one of both databases")
    asked = parser.parse_args(arguments)
    size = Size(asked.phones, asked.feedbacks, asked.kills, asked.pause)
    held = True
    if asked.only != "postgresql":
        with tempfile.TemporaryDirectory() as folder:
            held &= show("SQLite", run(f"sqlite:///{Path(folder) / 'torture.db'}", size))
    if asked.only != "sqlite":
        held &= on_postgres(size)
    return 0 if held else 1


def on_postgres(size: Size) -> bool:
    """The same on PostgreSQL; where there is none, that is said."""
    with postgres() as server:
        if isinstance(server, str):
            print(server)
            return True
        url = server.empty("torture_card")
        try:
            return show(server.name, run(url, size))
        finally:
            server.drop(url)


def run(database_url: str, size: Size) -> Figures:
    """The figures on one empty database, which is migrated first."""
    with listening() as (_sink, port), tempfile.TemporaryDirectory() as folder:
        environ = settings(database_url, port)
        app = create_app(config.load(environ))
        clock = Clock(datetime.now(UTC))
        work = replace(app.extensions["placement_work"], clock=clock)
        app.extensions["placement_work"] = work
        try:
            with app.app_context():
                upgrade()
            return torture(app, Make(work, clock), environ, Path(folder), size)
        finally:
            dispose(app)


def show(name: str, figures: Figures) -> bool:
    """Print the figures; whether they are as they should be."""
    milli = {"median wait": figures.median_wait, "p99 wait": figures.p99_wait, "longest wait": figures.longest_wait,
             "longest restart": figures.longest_restart}  # fmt: skip
    print(f"Feedback from {figures.phones} phones, the server killed again and again, {name}")
    for key, count in (
        ("acknowledged", figures.acknowledged), ("kills", figures.kills), ("requests", figures.requests),
        ("cut off", figures.cut_off), ("answered 503", figures.answered_503), ("a second", figures.rate),
        ("seconds", figures.seconds),
    ):  # fmt: skip
        print(f"  {key:<16}{count:>8.0f}")
    for key, seconds in milli.items():
        print(f"  {key:<16}{seconds * 1000:>8.0f} ms")
    print(f"  longest was     {figures.longest_was}; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for fault in figures.faults[:20]:
        print(f"  WRONG: {fault}")
    if figures.longest_wait > LONGEST:
        print(f"  TOO LONG: somebody waited {figures.longest_wait:.2f} s")
    return not figures.faults and figures.longest_wait <= LONGEST


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
