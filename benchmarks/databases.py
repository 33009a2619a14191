"""Databases with demo data to measure on: made once, kept under build/bench until the code that fills them changes."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Protocol

import psycopg
from flask_migrate import upgrade
from psycopg import sql
from sqlalchemy import text
from sqlalchemy.engine import URL, make_url

from placement.extensions import db
from tests.application import build_app, dispose
from tests.clock import Clock
from tests.databases import Cluster, find_binaries

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "build" / "bench"
#: What the rows in a kept database depend on.
SOURCES = ("migrations/versions", "placement/models", "placement/domain", "placement/usecases", "placement/cli/demo",
           "placement/catalog")  # fmt: skip


class Kind(Protocol):
    """SQLite or PostgreSQL."""

    name: str

    def filled(self, size: str) -> str:
        """URL of a database with demo data of ``size``, filled now if it is not kept yet."""

    def copy(self, url: str, name: str) -> str:
        """URL of a copy to write to, which even reading does (sessions, the access log); :meth:`drop` it."""

    def drop(self, url: str) -> None: ...


class Sqlite:
    name = "SQLite"

    def filled(self, size: str) -> str:
        path = KEPT / f"{size}-{fingerprint()}.db"
        if not path.exists():
            for old in KEPT.glob(f"{size}-*.db*"):
                old.unlink()
            draft = path.with_suffix(".draft")
            draft.unlink(missing_ok=True)
            _fill(f"sqlite:///{draft}", size)
            with closing(sqlite3.connect(draft)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            draft.rename(path)
        return f"sqlite:///{path}"

    def copy(self, url: str, name: str) -> str:
        path = KEPT / f"copy-{name}.db"
        self.drop(f"sqlite:///{path}")
        with closing(sqlite3.connect(str(make_url(url).database))) as source, closing(sqlite3.connect(path)) as copy:
            source.backup(copy)
        return f"sqlite:///{path}"

    def drop(self, url: str) -> None:
        path = str(make_url(url).database)
        for name in (path, f"{path}-wal", f"{path}-shm"):
            Path(name).unlink(missing_ok=True)


class Postgres:
    name = "PostgreSQL"

    def __init__(self, server: URL) -> None:
        self._server = server

    def filled(self, size: str) -> str:
        name = f"placement_bench_{size}_{fingerprint()}"
        known = self._names()
        if name not in known:
            for old in known:
                if old.startswith(f"placement_bench_{size}_"):
                    self.drop(self._url(old))
            draft = f"{name}_draft"
            self.drop(self._url(draft))
            self._run("CREATE DATABASE {}", draft)
            _fill(self._url(draft), size)
            self._run("ALTER DATABASE {} RENAME TO {}", draft, name)
        return self._url(name)

    def copy(self, url: str, name: str) -> str:
        name = f"placement_bench_copy_{name}"
        self.drop(self._url(name))
        self._run("CREATE DATABASE {} TEMPLATE {}", name, str(make_url(url).database))
        return self._url(name)

    def empty(self, name: str) -> str:
        """URL of a database without a table; :meth:`drop` it."""
        name = f"placement_bench_{name}"
        self.drop(self._url(name))
        self._run("CREATE DATABASE {}", name)
        return self._url(name)

    def drop(self, url: str) -> None:
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", str(make_url(url).database))

    def _url(self, name: str) -> str:
        return self._server.set(drivername="postgresql+psycopg", database=name).render_as_string(hide_password=False)

    def _names(self) -> set[str]:
        with self._connect() as connection:
            return {row[0] for row in connection.execute("SELECT datname FROM pg_database")}

    def _run(self, command: str, *names: str) -> None:
        with self._connect() as connection:
            connection.execute(sql.SQL(command).format(*map(sql.Identifier, names)))

    def _connect(self) -> psycopg.Connection[tuple[str]]:
        url = self._server.set(drivername="postgresql").render_as_string(hide_password=False)
        return psycopg.connect(url, autocommit=True)


@contextmanager
def postgres() -> Iterator[Postgres | str]:
    """The server TEST_DATABASE_URL names, or one of our own; a sentence if there is neither."""
    named, binaries = os.environ.get("TEST_DATABASE_URL"), find_binaries()
    if named:
        yield Postgres(make_url(named))
    elif binaries is None:
        yield "PostgreSQL not found: install it or set TEST_DATABASE_URL"
    else:
        folder = KEPT / "pg"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        cluster = Cluster(folder, kept=True)
        try:
            # What a killed run left.
            with suppress(RuntimeError):
                cluster.stop(binaries)
            (folder / "data" / "postmaster.pid").unlink(missing_ok=True)
            cluster.start(binaries)
        except RuntimeError as error:
            yield f"PostgreSQL did not start: {error}"
            return
        try:
            yield Postgres(cluster.url)
        finally:
            cluster.stop(binaries)


def fingerprint() -> str:
    """Changes with the code that decides what is in a kept database."""
    digest = hashlib.sha256()
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".toml"):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


def _fill(url: str, size: str) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    app = build_app(url, Clock())
    with app.app_context():
        upgrade()
    done = app.test_cli_runner().invoke(args=["demo", "load", "--size", size])
    if done.exit_code:
        raise RuntimeError(f"demo load failed: {done.output}") from done.exception
    with app.app_context(), db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    dispose(app)
