"""Killed in the middle of mails, the worker loses none, and at most one comes twice for each time."""

from __future__ import annotations

from flask import Flask

from tests.factories.make import Make
from tests.mail_torture import torture
from tests.sink import listening


def test_nothing_is_missing_and_little_comes_twice(app: Flask, make: Make) -> None:
    """``python -m benchmarks.torture_mail`` does it at full length: 500 mails, 20 kills."""
    with listening() as (sink, port):
        figures = torture(make, app.config["SQLALCHEMY_DATABASE_URI"], sink, port, mails=40, kills=2)
    assert figures.missing == figures.foreign == figures.unlike == figures.unfinished == 0
    assert figures.doubles <= figures.kills
    assert figures.most_of_one <= 2
