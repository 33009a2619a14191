"""The application on a fresh database for every test, on both backends.

The schema is migrated once a run and worker, the cast is written once on top of it; each test gets a copy of one
of the two, which costs milliseconds.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import CodeType
from typing import Protocol

import pytest
from flask import Flask
from flask_migrate import upgrade
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Connection, event
from sqlalchemy.orm import Session

import config
from placement.app import create_app
from placement.extensions import db
from placement.usecases.transaction import Work
from tests.apps import Apps
from tests.client import Visitor
from tests.clock import Clock
from tests.databases import Databases
from tests.factories.cast import Cast, write_cast
from tests.factories.make import Make, sign_in_row
from tests.statements import Counter


def settings_for(database_url: str, outbox: Path | None = None, **changes: str) -> config.Settings:
    """Settings of a test application: cheap passwords, fixed secrets."""
    settings = config.load({"PLACEMENT_MODE": "test", "DATABASE_URL": database_url, **changes})
    return replace(settings, outbox=outbox)


class Compiled(BytecodeCache):
    """Templates translated once for every application of this process."""

    def __init__(self) -> None:
        self._code: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._code.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._code[bucket.key] = (bucket.checksum, bucket.code)


TEMPLATES = Compiled()


def build_app(database_url: str, clock: Clock, outbox: Path | None = None) -> Flask:
    """The application with its clock in the test's hand."""
    app = create_app(settings_for(database_url, outbox))
    work: Work = app.extensions["placement_work"]
    app.extensions["placement_work"] = replace(work, clock=clock)
    app.jinja_env.bytecode_cache = TEMPLATES
    return app


def dispose(app: Flask) -> None:
    """Close every connection, so that the database can be copied or dropped."""
    with app.app_context():
        db.engine.dispose()


@dataclass(frozen=True)
class WithCast:
    url: str
    pickled: bytes


@pytest.fixture(scope="session")
def migrated(databases: Databases) -> str:
    """URL of a database with the migrated schema and no rows. Copy it, never write to it."""
    url = databases.create()
    app = build_app(url, Clock())
    with app.app_context():
        upgrade()
    dispose(app)
    return url


@pytest.fixture(scope="session")
def cast_database(databases: Databases, migrated: str) -> WithCast:
    """A database that holds the cast. Copy it, never write to it."""
    url = databases.create(template=migrated)
    clock = Clock()
    app = build_app(url, clock)
    try:
        cast = write_cast(Make(app.extensions["placement_work"], clock))
    finally:
        dispose(app)
    return WithCast(url, pickle.dumps(cast))


@pytest.fixture
def clock() -> Clock:
    """``clock.now``, ``clock.set(instant)``, ``clock.advance(days=1)``. Starts on Monday 2026-11-23, 09:00 UTC."""
    return Clock()


@pytest.fixture(scope="session")
def apps(databases: Databases) -> Iterator[Apps]:
    """Lends applications; what it lent is closed at the end."""
    lender = Apps(databases, lambda url: build_app(url, Clock()))
    yield lender
    lender.close()


@pytest.fixture
def app(request: pytest.FixtureRequest, apps: Apps, clock: Clock, tmp_path: Path) -> Iterator[Flask]:
    """The application on its own database: empty, with the cast, or with all ``objects``, as the test asks."""
    if "objects" in request.fixturenames:
        template = request.getfixturevalue("furnished").url
    elif "cast" in request.fixturenames:
        template = request.getfixturevalue("cast_database").url
    else:
        template = request.getfixturevalue("migrated")
    application = apps.lend(template, clock, tmp_path / "outbox")
    yield application
    apps.take_back(application)


@pytest.fixture
def work(app: Flask) -> Work:
    """What use cases take first."""
    found: Work = app.extensions["placement_work"]
    return found


@pytest.fixture
def reads(app: Flask) -> Iterator[Session]:
    """A reading session like the one queries get from routes."""
    with app.app_context():
        yield db.session()
        db.session.remove()


@pytest.fixture
def make(work: Work, clock: Clock) -> Make:
    """Writes rows straight into the tables: ``make.program()``, ``make.participant(program)`` …"""
    return Make(work, clock)


@pytest.fixture
def cast(app: Flask, cast_database: WithCast) -> Cast:
    """Two programs with everybody in them; see ``tests/factories/cast.py``."""
    loaded: Cast = pickle.loads(cast_database.pickled)
    return loaded


class ClientFor(Protocol):
    def __call__(self, account: object | None = None, program: object | None = None) -> Visitor: ...


@pytest.fixture
def client_for(app: Flask, work: Work) -> ClientFor:
    """``client_for(account)`` is a signed-in visitor, ``client_for()`` a signed-out one."""

    def build(account: object | None = None, program: object | None = None) -> Visitor:
        token = None
        if account is not None:
            token = sign_in_row(work, account, program)
        return Visitor(app, token)

    return build


@pytest.fixture
def statements(app: Flask) -> Iterator[Counter]:
    """``with statements: visitor.get(url)``, then ``statements.count`` and ``statements.texts``."""
    counter = Counter()

    def heard(_c: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        counter.hear(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", heard)
    yield counter
    event.remove(engine, "before_cursor_execute", heard)
