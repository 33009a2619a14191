"""``python -m benchmarks.torture_mail``: 500 mails by a worker that is killed 20 times, on SQLite and on PostgreSQL.

Only the loopback address is used. Exits with 1 if a mail is missing, or comes more often than kills explain.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from flask_migrate import upgrade

from benchmarks.databases import postgres
from tests.application import build_app, dispose
from tests.clock import Clock
from tests.factories.make import Make
from tests.mail_torture import Figures, torture
from tests.sink import listening


def main(arguments: list[str]) -> int:
    """Run it and print the figures, a line each."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.torture_mail", description=__doc__)
    parser.add_argument("--mails", type=int, default=500)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--only", choices=("sqlite", "postgresql"), help="one of both databases")
    asked = parser.parse_args(arguments)
    held = True
    if asked.only != "postgresql":
        with tempfile.TemporaryDirectory() as folder:
            held &= show("SQLite", run(f"sqlite:///{Path(folder) / 'torture.db'}", asked.mails, asked.kills))
    if asked.only != "sqlite":
        held &= on_postgres(asked.mails, asked.kills)
    return 0 if held else 1


def on_postgres(mails: int, kills: int) -> bool:
    """The same on PostgreSQL; where there is none, that is said."""
    with postgres() as server:
        if isinstance(server, str):
            print(server)
            return True
        url = server.empty("torture")
        try:
            return show(server.name, run(url, mails, kills))
        finally:
            server.drop(url)


def run(database_url: str, mails: int, kills: int) -> Figures:
    """The figures on one empty database, which is migrated first."""
    clock = Clock()
    app = build_app(database_url, clock)
    try:
        with app.app_context():
            upgrade()
        make = Make(app.extensions["placement_work"], clock)
        with listening() as (sink, port):
            return torture(make, database_url, sink, port, mails, kills)
    finally:
        dispose(app)


def show(name: str, figures: Figures) -> bool:
    """Print the figures; whether they are as they should be.

    None missing, and at most one double for each kill, the same mail under the same Message-ID.
    """
    print(f"Mail, the worker killed again and again, {name}")
    for key, value in asdict(figures).items():
        print(f"  {key.replace('_', ' '):<14}{value:>8.0f}")
    nothing = (figures.missing, figures.foreign, figures.unlike, figures.unfinished)
    return not any(nothing) and figures.doubles <= figures.kills and figures.most_of_one <= 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
