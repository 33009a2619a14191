"""How both databases are spoken to (figures in docs/decisions/0003-two-databases.md).

Reads run in autocommit; a writing transaction starts with BEGIN IMMEDIATE on SQLite, because a deferred one that
reads first and writes later is refused as soon as somebody else commits in between.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session, sessionmaker

WRITES = "placement_writes"
IN_MEMORY = ("sqlite://", "sqlite:///:memory:")


def engine_options(url: str) -> dict[str, Any]:
    """Options for the engine behind ``url``."""
    if url.startswith("sqlite"):
        # The driver must not begin transactions by itself: the listener below does.
        options: dict[str, Any] = {"connect_args": {"isolation_level": None, "timeout": 15.0}}
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
        "connect_args": {"connect_timeout": 5},
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
            "busy_timeout=15000",
            "mmap_size=1073741824",
            "secure_delete=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get(WRITES):
            connection.exec_driver_sql("BEGIN IMMEDIATE")


def writing(engine: Engine) -> Engine:
    """The same pool, for transactions that write."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{WRITES: True})
    return engine.execution_options(isolation_level="READ COMMITTED")


def write_sessions(engine: Engine) -> sessionmaker[Session]:
    """Makes the sessions use cases write with."""
    return sessionmaker(bind=writing(engine), expire_on_commit=False)
