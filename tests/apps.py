"""Applications for tests, lent like the databases behind them: building one costs more than most tests do.

An application stays with its database and goes to the next test as it was built. One that a test changed beyond its
settings and extensions (a route, a filter, a hook) or left a transaction open in is thrown away instead.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from placement.adapters.mail import FileMailer
from placement.app import utc_now
from placement.extensions import db
from placement.usecases.transaction import Work
from placement.worker.worker import Worker
from tests.clock import Clock
from tests.databases import Databases

#: What a connection may have been told for the rest of its life.
_FORGET = "RESET ALL; CLOSE ALL; UNLISTEN *; DISCARD TEMP; SELECT pg_advisory_unlock_all()"
#: Where a Flask application keeps what was hung into it.
_PARTS = (
    "before_request_funcs", "after_request_funcs", "teardown_request_funcs", "teardown_appcontext_funcs",
    "template_context_processors", "error_handler_spec", "url_value_preprocessors", "url_default_functions",
    "view_functions", "blueprints", "shell_context_processors",
)  # fmt: skip

Build = Callable[[str], Flask]


@dataclass(frozen=True)
class _AsBuilt:
    app: Flask
    #: The logger is the process's own, where a test may have left another handler.
    log: logging.StreamHandler[Any]
    config: dict[str, Any]
    extensions: dict[str, Any]
    shape: object


class Apps:
    """Lends applications on databases of one kind."""

    def __init__(self, databases: Databases, build: Build) -> None:
        """``build(url)`` makes an application on the database at ``url``."""
        self._databases = databases
        self._build = build
        self._built: dict[str, _AsBuilt] = {}

    def lend(self, template: str, clock: Clock, outbox: Path) -> Flask:
        """An application on a database that is as the one at the URL ``template``."""
        url = self._databases.lend(template)
        if url not in self._built:
            app = self._build(url)
            (log,) = app.logger.handlers
            assert isinstance(log, logging.StreamHandler)
            self._built[url] = _AsBuilt(app, log, dict(app.config), dict(app.extensions), shape(app))
        built = self._built[url]
        app = built.app
        built.log.setStream(sys.stderr)
        app.logger.handlers = [built.log]
        work: Work = app.extensions["placement_work"]
        app.extensions["placement_work"] = replace(work, clock=clock)
        app.extensions["placement_worker"] = Worker(app)
        app.extensions["placement_mailer"] = FileMailer(outbox, "placement@localhost", utc_now)
        return app

    def take_back(self, app: Flask) -> None:
        """Take one from :meth:`lend` back, whatever was done with it."""
        url, built = next((url, built) for url, built in self._built.items() if built.app is app)
        with app.app_context():
            engine = db.engine
        usable = shape(app) == built.shape and settle(engine)
        if not usable:
            engine.dispose()
            del self._built[url]
        app.config.clear()
        app.config.update(built.config)
        app.extensions.clear()
        app.extensions.update(built.extensions)
        if not self._databases.take_back(url) and usable:
            engine.dispose()
            del self._built[url]

    def close(self) -> None:
        """Close every connection."""
        for built in self._built.values():
            with built.app.app_context():
                db.engine.dispose()
        self._built.clear()


def shape(app: Flask) -> object:
    """Everything of an application that no test changes unless it says so, to be compared."""
    environment = app.jinja_env
    return (
        [copied(getattr(app, part)) for part in _PARTS],
        [str(rule) for rule in app.url_map.iter_rules()],
        [dict(part) for part in (environment.globals, environment.filters, environment.tests)],
        (app.wsgi_app, app.json, app.session_interface),
    )


def copied(part: Any) -> Any:
    """Lists and mappings, however deep, as they are now; looking into some leaves empty ones behind."""
    if isinstance(part, dict):
        inner = {key: copied(value) for key, value in part.items()}
        return {key: value for key, value in inner.items() if value not in ({}, [])}
    return copy(part) if isinstance(part, list) else part


def settle(engine: Engine) -> bool:
    """Make the connections in the pool as good as new; False if one is still in use or broken."""
    pool: Any = engine.pool
    if pool.checkedout():
        return False
    if engine.dialect.name == "sqlite":
        # Opening a file costs nothing.
        engine.dispose()
        return True
    held = []
    try:
        held = [engine.raw_connection() for _ in range(pool.checkedin())]
        for connection in held:
            connection.cursor().execute(_FORGET)
    except (SQLAlchemyError, psycopg.Error):
        return False
    finally:
        for connection in held:
            connection.close()
    return True
