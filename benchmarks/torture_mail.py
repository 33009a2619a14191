"""``python -m benchmarks.torture_mail``: 500 mails by a worker that is killed 20 times, on a database of its own.

Only the loopback address is used. Exits with 1 if a mail is missing, or comes more often than kills explain.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from flask_migrate import upgrade

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
    parser.add_argument("--database-url", help="an empty PostgreSQL database; SQLite in a temporary folder otherwise")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        url = asked.database_url or f"sqlite:///{Path(folder) / 'torture.db'}"
        figures = run(url, asked.mails, asked.kills)
    for name, value in asdict(figures).items():
        print(
            f"{name.replace('_', ' '):<14}{value:.1f}" if name == "seconds" else f"{name.replace('_', ' '):<14}{value}"
        )
    return 0 if holds(figures) else 1


def run(database_url: str, mails: int, kills: int) -> Figures:
    """The figures on one database, which is migrated first."""
    clock = Clock()
    app = build_app(database_url, clock)
    try:
        with app.app_context():
            upgrade()
        make = Make(app.extensions["placement_work"], clock)
        with listening() as (sink, port):
            return torture(make, app.config["SQLALCHEMY_DATABASE_URI"], sink, port, mails, kills)
    finally:
        dispose(app)


def holds(figures: Figures) -> bool:
    """None missing, and at most one double for each kill, the same mail under the same Message-ID."""
    nothing = (figures.missing, figures.foreign, figures.unlike, figures.unfinished)
    return not any(nothing) and figures.doubles <= figures.kills and figures.most_of_one <= 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
