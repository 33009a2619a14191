"""The database goes away and comes back: a plain page meanwhile, and nothing to restart afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from psycopg import sql
from sqlalchemy import text
from sqlalchemy.engine import URL, make_url

from placement.extensions import db
from placement.models import engine
from placement.usecases.transaction import Work
from tests.application import ClientFor, dispose
from tests.factories.cast import Cast


def dropped(app: Flask) -> URL:
    """Close our own connections; where the database is."""
    dispose(app)
    return make_url(app.config["SQLALCHEMY_DATABASE_URI"])


@contextmanager
def gone(app: Flask) -> Iterator[None]:
    """Take the application's database away: the file moved and a folder in its place, or renamed on the server."""
    url = dropped(app)
    if url.drivername.startswith("sqlite"):
        path = Path(str(url.database))
        for name in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            if name.exists():
                os.rename(name, f"{name}.away")
        path.mkdir()
        try:
            yield
        finally:
            dropped(app)
            path.rmdir()
            for name in path.parent.glob(f"{path.name}*.away"):
                os.rename(name, str(name).removesuffix(".away"))
        return
    name = str(url.database)
    rename(url, name, f"{name}_away")
    try:
        yield
    finally:
        dropped(app)
        rename(url, f"{name}_away", name)


def rename(url: URL, old: str, new: str) -> None:
    server = url.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [old])
        connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(old), sql.Identifier(new)))


def test_a_plain_page_meanwhile_and_all_well_afterwards(app: Flask, client_for: ClientFor, cast: Cast) -> None:
    visitor = client_for(cast.accounts.noa)
    token = visitor.csrf_token()
    with gone(app):
        for path in ("/account", "/day", "/readyz", "/help-now"):
            answer = visitor.http.get(path)
            assert answer.status_code == 503, path
            assert int(answer.headers["Retry-After"]) > 0
            assert "records right now" in answer.get_data(as_text=True)
        assert visitor.http.post("/sign-out", data={"csrf_token": token}).status_code == 503
        assert client_for().http.get("/healthz").status_code == 200
    assert visitor.http.get("/readyz").status_code == 200
    visitor.get("/account")


def test_a_lost_connection_costs_at_most_one_page(app: Flask, client_for: ClientFor, cast: Cast) -> None:
    """The server restarted while connections lay in the pool."""
    visitor = client_for(cast.accounts.noa)
    visitor.get("/account")
    with app.app_context():
        url = db.engine.url
    if url.drivername.startswith("postgresql"):
        server = url.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [url.database]
            )
    assert visitor.http.get("/account").status_code in (200, 503)
    visitor.get("/account")


def test_who_waits_too_long_for_a_turn_to_write_is_told_to_try_again(
    app: Flask, client_for: ClientFor, cast: Cast, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        pytest.skip("PostgreSQL lets many write at once")
    visitor = client_for(cast.accounts.noa)
    token = visitor.csrf_token()
    monkeypatch.setattr(engine, "LONGEST_WAIT", 0.0)
    with work.transaction() as session:
        session.execute(text("SELECT 1"))
        answer = visitor.http.post("/sign-out", data={"csrf_token": token})
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert visitor.http.post("/sign-out", data={"csrf_token": token}).status_code == 303
