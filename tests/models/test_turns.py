"""Writers of one SQLite file: first come, first served, nobody waits for ever, and a turn never gets lost."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

import pytest
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from placement.models import engine as engines
from placement.models import turns as module
from placement.models.engine import engine_options, prepare, write_sessions
from placement.models.turns import Turns, turns_for

LONG = 60.0


@pytest.fixture
def in_line(monkeypatch: pytest.MonkeyPatch) -> SimpleQueue[object]:
    """Hears of everybody who has begun to wait."""
    heard: SimpleQueue[object] = SimpleQueue()

    class Noticed(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            heard.put(self)
            return super().wait(timeout)

    monkeypatch.setattr(module, "Event", Noticed)
    return heard


def test_who_has_waited_longest_is_next(in_line: SimpleQueue[object]) -> None:
    turns, order = Turns(), []
    assert turns.take(LONG)

    def write(name: int) -> None:
        assert turns.take(LONG)
        order.append(name)
        turns.leave()

    with ThreadPoolExecutor(8) as pool:
        sent = []
        for name in range(8):
            sent.append(pool.submit(write, name))
            in_line.get(timeout=LONG)
        assert order == []
        turns.leave()
        for one in sent:
            one.result(LONG)
    assert order == list(range(8))


def test_who_gives_up_leaves_the_line() -> None:
    turns = Turns()
    assert turns.take(0)
    assert not turns.take(0)
    turns.leave()
    assert turns.take(0)


def test_a_turn_that_comes_just_as_the_time_is_up_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    turns = Turns()
    assert turns.take(0)

    class TooLate(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            turns.leave()
            return False

    monkeypatch.setattr(module, "Event", TooLate)
    assert turns.take(0)
    monkeypatch.undo()
    assert not turns.take(0)


def test_every_engine_on_a_file_shares_its_turns(tmp_path: Path) -> None:
    first = turns_for(str(tmp_path / "a.db"))
    assert turns_for(str(tmp_path / "x" / ".." / "a.db")) is first
    assert turns_for(str(tmp_path / "b.db")) is not first


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    url = f"sqlite:///{tmp_path}/turns.db"
    made = create_engine(url, **engine_options(url))
    prepare(made)

    @event.listens_for(made, "connect")
    def _impatient(connection: sqlite3.Connection, _record: object) -> None:
        # Another process is not waited for: what is tested is the line within this one.
        connection.execute("PRAGMA busy_timeout=0")

    with write_sessions(made).begin() as session:
        session.execute(text("CREATE TABLE note (number INTEGER)"))
    yield made
    made.dispose()


@pytest.fixture
def sessions(engine: Engine) -> sessionmaker[Session]:
    return write_sessions(engine)


def write(sessions: sessionmaker[Session], number: int) -> None:
    with sessions.begin() as session:
        session.execute(text("INSERT INTO note VALUES (:number)"), {"number": number})


def notes(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        return list(connection.scalars(text("SELECT number FROM note ORDER BY rowid")))


def test_writers_follow_each_other_in_the_order_in_which_they_came(
    engine: Engine, sessions: sessionmaker[Session], in_line: SimpleQueue[object]
) -> None:
    with ThreadPoolExecutor(6) as pool:
        with sessions.begin() as session:
            session.execute(text("INSERT INTO note VALUES (0)"))
            sent = []
            for number in range(1, 7):
                sent.append(pool.submit(write, sessions, number))
                in_line.get(timeout=LONG)
            assert notes(engine) == []
        for one in sent:
            one.result(LONG)
    assert notes(engine) == list(range(7))


def test_many_writers_at_once_lose_nothing(engine: Engine, sessions: sessionmaker[Session]) -> None:
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda number: write(sessions, number), range(200)))
    assert sorted(notes(engine)) == list(range(200))


def test_who_has_waited_too_long_is_refused_as_by_a_locked_database(
    engine: Engine, sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "LONGEST_WAIT", 0.0)
    with sessions.begin() as session:
        session.execute(text("INSERT INTO note VALUES (1)"))
        with pytest.raises(OperationalError, match="database is locked"):
            write(sessions, 2)
    write(sessions, 3)
    assert notes(engine) == [1, 3]


def test_a_turn_is_given_back_after_whatever_went_wrong(
    engine: Engine, sessions: sessionmaker[Session], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "LONGEST_WAIT", 0.0)
    with pytest.raises(OperationalError, match="no such table"), sessions.begin() as session:
        session.execute(text("INSERT INTO elsewhere VALUES (1)"))
    with sqlite3.connect(tmp_path / "turns.db", isolation_level=None) as another_process:
        another_process.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="database is locked"):
            write(sessions, 1)
        another_process.execute("ROLLBACK")
    another_process.close()
    with sessions.begin() as session:
        session.execute(text("INSERT INTO note VALUES (2)"))
        session.connection().invalidate()
        session.rollback()
    write(sessions, 3)
    assert notes(engine) == [3]


def test_reading_needs_no_turn(engine: Engine, sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        session.execute(text("INSERT INTO note VALUES (1)"))
        assert notes(engine) == []
    assert notes(engine) == [1]
