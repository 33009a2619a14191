"""How both databases are spoken to (figures in docs/decisions/0003-two-databases.md).

Reads run in autocommit; a writing transaction starts with BEGIN IMMEDIATE on SQLite, because a deferred one that
reads first and writes later is refused as soon as somebody else commits in between.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from placement.models.turns import turns_for

WRITES = "placement_writes"
_LOOKS = "placement_looks"
#: Seconds a writer waits: for its turn within this process, and for another process that is writing.
LONGEST_WAIT = 15.0
_TURN = "placement_turn"
IN_MEMORY = ("sqlite://", "sqlite:///:memory:")


def engine_options(url: str) -> dict[str, Any]:
    """Options for the engine behind ``url``."""
    if url.startswith("sqlite"):
        # The driver must not begin transactions by itself: the listener below does.
        options: dict[str, Any] = {"connect_args": {"isolation_level": None, "timeout": LONGEST_WAIT}}
        # A connection is an open file: as many as the threads ask for. In memory there is one and no pool.
        return options if url in IN_MEMORY else options | {"max_overflow": -1}
    return {
        "isolation_level": "AUTOCOMMIT",
        "pool_size": 10,
        # A request reads on one connection and writes on another. With fewer than two a thread, everybody who holds
        # the first waits for a second. Below the server's usual limit of 100.
        "max_overflow": 60,
        "pool_timeout": 5,
        "pool_recycle": 300,
        # A server that went without a word is noticed by its silence, not by patience.
        "connect_args": {
            "connect_timeout": 5,
            "keepalives_idle": 30,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": 15000,
        },
    }


def prepare(engine: Engine) -> None:
    """Install the settings every new SQLite connection needs. Does nothing on PostgreSQL."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={int(LONGEST_WAIT * 1000)}",
            "mmap_size=1073741824",
            "secure_delete=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    if str(engine.url) not in IN_MEMORY:
        _queue(engine)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get(WRITES):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        elif options.get(_LOOKS):
            connection.exec_driver_sql("BEGIN")


def _queue(engine: Engine) -> None:
    """Let writers of this process draw a ticket before they begin; it is given back with the connection."""
    turns = turns_for(str(engine.url.database))

    @event.listens_for(engine, "begin")
    def _take(connection: Connection) -> None:
        held = connection.connection.record_info
        if held is None or _TURN in held or not connection.get_execution_options().get(WRITES):
            return
        if not turns.take(LONGEST_WAIT):
            raise OperationalError("BEGIN IMMEDIATE", None, sqlite3.OperationalError("database is locked"))
        held[_TURN] = turns

    @event.listens_for(engine, "checkin")
    def _leave(_connection: Any, record: ConnectionPoolEntry) -> None:
        if record.record_info is not None and record.record_info.pop(_TURN, None):
            turns.leave()


def writing(engine: Engine) -> Engine:
    """The same pool, for transactions that write."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{WRITES: True})
    return engine.execution_options(isolation_level="READ COMMITTED")


def one_look(session: Session) -> None:
    """Let everything a new session reads be of one moment. No writer waits for it, and it must not write."""
    if session.get_bind().dialect.name == "sqlite":
        session.connection(execution_options={WRITES: False, _LOOKS: True})
    else:
        session.connection(execution_options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True})


def write_sessions(engine: Engine) -> sessionmaker[Session]:
    """Makes the sessions use cases write with."""
    return sessionmaker(bind=writing(engine), expire_on_commit=False)
