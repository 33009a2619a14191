"""``flask work``: the worker by itself."""

from __future__ import annotations

import signal
from threading import Event
from typing import Any, Protocol

import click
from flask import current_app
from flask.cli import with_appcontext


class Runs(Protocol):
    """What ``app.py`` puts together as the worker."""

    def run(self, stop: Event, pause: float = ...) -> None: ...
    def once(self, stop: Event | None = ...) -> int: ...


def worker() -> Runs:
    found: Runs = current_app.extensions["placement_worker"]
    return found


@click.command("work")
@click.option("--once", is_flag=True, help="Do what is due now, then stop.")
@with_appcontext
def work(once: bool) -> None:
    """Send mails, seal the logs, tidy up, until told to stop."""
    if once:
        click.echo(f"{worker().once()} jobs done")
        return
    stop = Event()

    def _stop(_number: int, _frame: Any) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    worker().run(stop)
