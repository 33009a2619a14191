"""The reading session, and what it raises when the database is gone: named here so that the web needs no SQL."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

#: A session in autocommit that only reads.
Reads = Session

#: No connection, no file, no room, or a lock nobody gave back in time.
DATABASE_GONE: tuple[type[Exception], ...] = (OperationalError, InterfaceError, PoolTimeout)


def connection_lost(error: Exception) -> bool:
    """Whether another database error means that the connection is gone."""
    return isinstance(error, DBAPIError) and error.connection_invalidated
