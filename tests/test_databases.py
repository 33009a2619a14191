"""The databases tests run on: empty, apart from each other, and copied with everything in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.pool import NullPool

from tests import browser, databases


def execute(url: str, statement: str) -> list[tuple]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        result = connection.execute(text(statement))
        rows = [tuple(row) for row in result] if result.returns_rows else []
    engine.dispose()
    return rows


def tables(url: str) -> list[str]:
    engine = create_engine(url, poolclass=NullPool)
    names = inspect(engine).get_table_names()
    engine.dispose()
    return names


def test_a_database_is_empty_and_of_the_named_kind(backend: str, database_url: str) -> None:
    assert tables(database_url) == []
    assert database_url.startswith(backend)


def test_two_databases_are_apart(make_database: databases.MakeDatabase) -> None:
    one, other = make_database(), make_database()
    execute(one, "CREATE TABLE person (name TEXT)")
    assert (tables(one), tables(other)) == (["person"], [])


def test_a_copy_holds_the_rows_and_goes_its_own_way(make_database: databases.MakeDatabase) -> None:
    original = make_database()
    execute(original, "CREATE TABLE person (name TEXT)")
    execute(original, "INSERT INTO person VALUES ('Ada')")
    idle = create_engine(original)
    with idle.connect() as connection:
        connection.execute(text("SELECT 1"))
    copy = make_database(template=original)
    execute(copy, "INSERT INTO person VALUES ('Jim')")
    assert execute(original, "SELECT name FROM person") == [("Ada",)]
    assert execute(copy, "SELECT name FROM person ORDER BY name") == [("Ada",), ("Jim",)]
    idle.dispose()


def test_a_copy_holds_what_waits_in_the_write_ahead_log(tmp_path: Path) -> None:
    made = databases.SqliteDatabases(tmp_path)
    original = made.create()
    engine = create_engine(original)
    with engine.connect() as connection:
        connection.execute(text("PRAGMA journal_mode=WAL"))
        connection.execute(text("CREATE TABLE person (name TEXT)"))
        connection.commit()
        copy = made.create(template=original)
    engine.dispose()
    assert tables(copy) == ["person"]


def test_a_dropped_database_is_gone(databases: databases.Databases) -> None:
    url = databases.create()
    execute(url, "CREATE TABLE person (name TEXT)")
    databases.drop(url)
    copy = databases.create()
    assert tables(copy) == []
    if databases.name == "sqlite":
        assert not Path(url.removeprefix("sqlite:///")).exists()
    else:
        known = execute(copy, "SELECT datname FROM pg_database")
        assert (url.rsplit("/", 1)[1].split("?")[0],) not in known


@pytest.mark.parametrize(("value", "outcome"), [("true", pytest.fail.Exception), ("", pytest.skip.Exception)])
def test_what_is_missing_is_an_error_only_in_ci(
    value: str, outcome: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", value)
    with pytest.raises(outcome, match="no such thing"):
        databases.missing("no such thing")


def test_a_named_browser_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "browser"
    own.touch()
    monkeypatch.setenv("TEST_BROWSER", str(own))
    assert browser.find_browser() == str(own)


def test_the_browser_starts(page) -> None:
    page.set_content("<h1>Good morning</h1>")
    assert page.get_by_role("heading").inner_text() == "Good morning"
