"""Killed in the middle of what phones send, the site has everything it acknowledged, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import config
from placement.app import create_app
from tests.application import dispose
from tests.clock import Clock
from tests.databases import Databases
from tests.factories.make import Make
from tests.sink import listening
from tests.torture.phones import Asked
from tests.torture.run import Size, torture, undisturbed
from tests.torture.server import settings


def test_everything_acknowledged_is_there_once(databases: Databases, migrated: str, tmp_path: Path) -> None:
    """``make torture`` does it at full length: 32 phones, 2,000 feedbacks, ten kills."""
    url = databases.create(template=migrated)
    with listening() as (_sink, port):
        environ = settings(url, port)
        app = create_app(config.load(environ))
        # The site that is killed goes by the real clock.
        clock = Clock(datetime.now(UTC))
        work = replace(app.extensions["placement_work"], clock=clock)
        app.extensions["placement_work"] = work
        try:
            figures = torture(app, Make(work, clock), environ, tmp_path, Size(6, 30, 1, pause=0))
        finally:
            dispose(app)
            databases.drop(url)
    assert figures.faults == ()
    assert figures.acknowledged == 30


def test_only_what_met_a_restart_is_excused() -> None:
    downs = [(10.0, 12.0), (20.0, 21.0)]
    met = [Asked("x", 9.0, 10.5, None), Asked("x", 11.0, 13.0, 200), Asked("x", 19.0, 22.0, 200)]
    calm = [Asked("x", 8.0, 9.9, 200), Asked("x", 12.1, 19.9, 200), Asked("x", 21.5, 22.0, 200)]
    assert undisturbed([*met, *calm], downs) == calm
