"""Migrations: the head is what the models say, every step goes up and down with rows in it, logs only grow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import Config, downgrade, upgrade
from sqlalchemy import Table, create_engine, text
from sqlalchemy.exc import DBAPIError

from placement.extensions import db
from tests.application import WithCast, build_app, dispose
from tests.clock import Clock
from tests.databases import Databases
from tests.factories.cast import Cast
from tests.migrations.schema import differences, engine_for, schema

LOGS = ("audit", "access_log", "seal")
ROWS = {
    "audit": "INSERT INTO audit (at, action, subject, subject_id, detail, request_id) "
    "VALUES ('2026-11-23', 'x.y', 'account', 1, '{}', 'r')",
    "access_log": "INSERT INTO access_log (at, account_id, page, request_id) VALUES ('2026-11-23', 1, 'x', 'r')",
    "seal": "INSERT INTO seal (log, last_id, rows, mac, marks, at) VALUES ('audit', 1, 1, 'm', '[]', '2026-11-23')",
}


def scripts(app: Flask) -> ScriptDirectory:
    config = Config(f"{app.extensions['migrate'].directory}/alembic.ini")
    config.set_main_option("script_location", app.extensions["migrate"].directory)
    return ScriptDirectory.from_config(config)


@pytest.fixture
def full(databases: Databases, cast_database: WithCast) -> Iterator[Flask]:
    """The application on a database at the head, with rows in it."""
    url = databases.create(template=cast_database.url)
    app = build_app(url, Clock())
    yield app
    dispose(app)
    databases.drop(url)


def url_of(app: Flask) -> str:
    return str(app.config["SQLALCHEMY_DATABASE_URI"])


def count(app: Flask, table: str) -> int:
    with engine_for(url_of(app)).connect() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def test_the_head_is_what_the_models_say(migrated: str, databases: Databases) -> None:
    """Columns, keys, indexes with their conditions, CHECKs, triggers and functions."""
    url = databases.create()
    app = build_app(url, Clock())
    with app.app_context():
        db.create_all()
    dispose(app)
    assert differences(schema(migrated), schema(url)) == []
    databases.drop(url)


def test_a_difference_would_be_seen(databases: Databases, migrated: str) -> None:
    """The comparison above can fail: a lost trigger, CHECK, index or default shows."""
    url = databases.create(template=migrated)
    engine = create_engine(url)
    sqlite = engine.dialect.name == "sqlite"
    with engine.begin() as connection:
        name = "tr_audit_no_update" if sqlite else "tr_audit_append_only ON audit"
        connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text("DROP INDEX uq_account_live_email"))
        connection.execute(text("CREATE TABLE extra (id INTEGER)"))
        if not sqlite:
            connection.execute(text("ALTER TABLE ability DROP CONSTRAINT ck_ability_level"))
    engine.dispose()
    found = " ".join(differences(schema(migrated), schema(url)))
    assert "only in the second: extra" in found
    assert "account indexes" in found
    assert "* triggers" in found
    assert sqlite or "ability checks" in found
    databases.drop(url)


def test_checks_are_compared_on_both_databases(migrated: str) -> None:
    """Reflection would answer with an empty list where it cannot see CHECKs."""
    tables = schema(migrated)
    assert any("level" in check for check in tables["ability"]["checks"])
    assert any("proposed" in check for check in tables["placement"]["checks"])
    assert len(tables) > 40
    assert all(part for part in tables["*"])


def test_there_is_one_head(full: Flask) -> None:
    assert len(scripts(full).get_heads()) == 1


def test_every_step_goes_down_and_up_with_rows_in_it(full: Flask, migrated: str) -> None:
    steps = [revision.revision for revision in scripts(full).walk_revisions()]
    assert count(full, "shift") > 5
    at_head = schema(url_of(full))
    with full.app_context():
        for _ in steps:
            downgrade(revision="-1")
    assert set(schema(url_of(full))) == {"*"}
    assert schema(url_of(full))["*"] == [[], []]
    with full.app_context():
        for _ in steps:
            upgrade(revision="+1")
    assert differences(schema(url_of(full)), at_head) == []
    assert differences(at_head, schema(migrated)) == []
    assert count(full, "shift") == 0


def test_a_step_down_and_up_again_keeps_the_rows(full: Flask) -> None:
    """Down to the first record and up again, with everybody's placements, runs and shifts in it."""
    kept = ("placement", "placement_move", "match_run", "proposal", "shift", "observation", "job")
    before = {table: count(full, table) for table in kept}
    at_head = schema(url_of(full))
    with full.app_context():
        downgrade(revision="0001")
        upgrade()
    assert {table: count(full, table) for table in kept} == before
    assert differences(schema(url_of(full)), at_head) == []
    assert before["placement"] > 2


def test_migrating_the_head_changes_nothing(full: Flask) -> None:
    before = count(full, "shift")
    with full.app_context():
        upgrade()
    assert count(full, "shift") == before


@pytest.mark.parametrize("table", LOGS)
@pytest.mark.parametrize("change", ["UPDATE {0} SET {1}", "DELETE FROM {0}", "DELETE FROM {0} WHERE id = 1"])
def test_logs_refuse_to_be_changed(full: Flask, table: str, change: str) -> None:
    column = "mac = 'x'" if table == "seal" else "request_id = 'x'"
    engine = engine_for(url_of(full))
    with engine.begin() as connection:
        connection.execute(text(ROWS[table]))
    before = count(full, table)
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text(change.format(table, column)))
    assert count(full, table) == before >= 1


@pytest.mark.parametrize("table", LOGS)
def test_logs_refuse_to_be_emptied(full: Flask, table: str) -> None:
    engine = engine_for(url_of(full))
    if engine.dialect.name == "sqlite":
        return  # SQLite has no TRUNCATE: its DELETE without WHERE is refused above.
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {table}"))


def test_ids_are_never_given_twice(full: Flask, cast: Cast) -> None:
    """An audit row names a bare id: it must not come to mean somebody else."""
    engine = engine_for(url_of(full))
    insert = "INSERT INTO program (public_id, name, zone, locale, country, created_at, version) VALUES "
    values = "('{0}', 'x', 'UTC', 'en', 'DE', '2026-11-23', 1) RETURNING id"
    with engine.begin() as connection:
        first = connection.execute(text(insert + values.format("p1"))).scalar_one()
        connection.execute(text(f"DELETE FROM program WHERE id = {first}"))
        second = connection.execute(text(insert + values.format("p2"))).scalar_one()
    assert second > first


def shares_its_key(table: Table) -> bool:
    """Whether its key is its occasion's."""
    return table.c.id.autoincrement is False


def test_every_table_that_stands_alone_numbers_for_good(full: Flask) -> None:
    """AUTOINCREMENT on SQLite, a sequence on PostgreSQL, for every table whose key is its own number."""
    tables = schema(url_of(full))
    own = {
        table.name
        for table in db.metadata.sorted_tables
        if [c.name for c in table.primary_key] == ["id"] and not shares_its_key(table)
    }
    if url_of(full).startswith("sqlite"):
        numbered = {name for (name,) in tables["*"][1]}
    else:
        numbered = {name for name in own if "nextval" in repr(tables[name]["columns"])}
    assert own - numbered == set()
