"""What is lent comes to the next test as if it were new, whatever the last one did with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from placement.extensions import db
from placement.usecases.transaction import Work
from tests.application import WithCast
from tests.apps import Apps
from tests.clock import Clock
from tests.databases import Databases
from tests.factories.make import Make


@pytest.fixture
def lent(apps: Apps, migrated: str, clock: Clock, tmp_path: Path) -> Flask:
    """An application of this test alone, for it to give back."""
    return apps.lend(migrated, clock, tmp_path)


def run(app: Flask, *statements: str) -> None:
    work: Work = app.extensions["placement_work"]
    with work.transaction() as session:
        for statement in statements:
            session.execute(text(statement))


def content(app: Flask) -> dict[str, list[tuple]]:
    """Every row of every table."""
    work: Work = app.extensions["placement_work"]
    with work.transaction() as session:
        tables = db.metadata.sorted_tables
        return {t.name: [tuple(row) for row in session.execute(select(t).order_by(*t.primary_key))] for t in tables}


def again(apps: Apps, template: str, app: Flask, folder: Path) -> Flask:
    """Give an application back and borrow one."""
    apps.take_back(app)
    return apps.lend(template, Clock(), folder)


def test_the_same_application_comes_as_it_was_built(apps: Apps, migrated: str, lent: Flask, tmp_path: Path) -> None:
    before = dict(lent.config), lent.extensions["babel"]
    lent.config.update(BASE_URL="https://elsewhere.example", MADE_UP=1)
    lent.extensions["placement_mailer"] = lent.extensions["babel"] = None
    lent.extensions["made_up"] = 1
    clock = Clock()
    apps.take_back(lent)
    app = apps.lend(migrated, clock, tmp_path)
    assert app is lent
    assert (dict(app.config), app.extensions["babel"]) == before
    assert "made_up" not in app.extensions
    assert app.extensions["placement_mailer"] is not None
    assert app.extensions["placement_work"].clock is clock
    apps.take_back(app)


def test_a_changed_application_is_not_lent_again(apps: Apps, migrated: str, lent: Flask, tmp_path: Path) -> None:
    lent.view_functions["accounts.help_now"] = lambda: "changed"
    app = again(apps, migrated, lent, tmp_path)
    assert app is not lent
    assert app.test_client().get("/help-now").text != "changed"
    app.jinja_env.filters["day"] = str
    third = again(apps, migrated, app, tmp_path)
    assert third is not app
    apps.take_back(third)


def test_rows_and_numbers_are_what_they_were(apps: Apps, cast_database: WithCast, clock: Clock, tmp_path: Path) -> None:
    app = apps.lend(cast_database.url, clock, tmp_path)
    before = content(app)
    number = Make(app.extensions["placement_work"], clock).program("Number").id
    run(
        app,
        "UPDATE participant SET preferred_name = 'Changed'",
        "UPDATE account SET name = name",
        "DELETE FROM task WHERE id = (SELECT max(id) FROM task WHERE id NOT IN (SELECT task_id FROM opening_task))",
    )
    assert content(app) != before
    app = again(apps, cast_database.url, app, tmp_path)
    assert content(app) == before
    assert Make(app.extensions["placement_work"], clock).program("Number").id == number
    apps.take_back(app)


def test_a_transaction_left_open_holds_nobody_up(apps: Apps, migrated: str, lent: Flask, tmp_path: Path) -> None:
    session = lent.extensions["placement_work"].sessions()
    made = Make(lent.extensions["placement_work"], Clock()).program("Committed")
    session.execute(text("UPDATE program SET name = 'Left open'"))
    app = again(apps, migrated, lent, tmp_path)
    assert app is not lent
    Make(app.extensions["placement_work"], Clock()).program("Next")
    names = [row[1:] for row in content(app)["program"]]
    assert len(names) == 1
    assert made.name == "Committed"
    # Its connection may have been ended meanwhile; then the driver says so.
    try:
        session.close()
    except DBAPIError:
        session.invalidate()
    apps.take_back(app)


CHANGES = ["ALTER TABLE program ADD COLUMN made_up INTEGER", "CREATE TABLE made_up (id INTEGER)"]


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_schema_is_not_lent_again(
    change: str, apps: Apps, migrated: str, lent: Flask, tmp_path: Path
) -> None:
    run(lent, change)
    app = again(apps, migrated, lent, tmp_path)
    with pytest.raises(DBAPIError):
        run(app, "SELECT made_up FROM program")
    with pytest.raises(DBAPIError):
        run(app, "SELECT * FROM made_up")
    apps.take_back(app)


TRIGGERS = {
    "sqlite": "SELECT name, 'O' FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": "SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname, tgrelid",
}


def test_triggers_stand_guard_again(
    apps: Apps, databases: Databases, migrated: str, lent: Flask, tmp_path: Path
) -> None:
    """Also after somebody switched those off that keep the logs from being changed."""
    before = found(lent, TRIGGERS[databases.name])
    assert len(before) > 1
    if databases.name == "postgresql":
        run(lent, "ALTER TABLE audit DISABLE TRIGGER USER")
    else:
        run(lent, f"DROP TRIGGER {before[0][0]}")
    assert found(lent, TRIGGERS[databases.name]) != before
    app = again(apps, migrated, lent, tmp_path)
    assert found(app, TRIGGERS[databases.name]) == before
    apps.take_back(app)


def found(app: Flask, query: str) -> list[tuple]:
    work: Work = app.extensions["placement_work"]
    with work.transaction() as session:
        return [tuple(row) for row in session.execute(text(query))]


def test_connections_forget_what_they_were_told(apps: Apps, migrated: str, lent: Flask, tmp_path: Path) -> None:
    with lent.app_context():
        if db.engine.dialect.name == "sqlite":
            tell, ask = "PRAGMA foreign_keys=OFF", "PRAGMA foreign_keys"
        else:
            tell, ask = "SET statement_timeout = 17", "SHOW statement_timeout"
        with db.engine.connect() as connection:
            was = connection.execute(text(ask)).scalar()
            connection.execute(text(tell))
            connection.commit()
            assert connection.execute(text(ask)).scalar() != was
    app = again(apps, migrated, lent, tmp_path)
    with app.app_context(), db.engine.connect() as connection:
        assert connection.execute(text(ask)).scalar() == was
    apps.take_back(app)
