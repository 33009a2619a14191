"""What a use case works with. ``app.py`` builds one ``Work``; no object crosses out of its transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from placement.domain.sealed import Cipher
from placement.models.engine import one_look


class PasswordHasher(Protocol):
    def hash(self, password: str) -> str: ...
    def verify(self, hashed: str | None, password: str) -> bool: ...
    def needs_rehash(self, hashed: str) -> bool: ...


class HolidayNames(Protocol):
    """Public holidays of a region ("DE-BE"), day → name, from ``first`` to ``last``."""

    def __call__(self, region: str, first: date, last: date, locale: str = "en") -> Mapping[date, str]: ...


@dataclass(frozen=True, slots=True)
class Work:
    """Everything from outside: session factory, clock, hasher, keys, the request's id."""

    sessions: sessionmaker[Session]
    #: The current instant, aware, UTC.
    clock: Callable[[], datetime]
    passwords: PasswordHasher
    #: Derives tokens of links and hashes of addresses.
    link_key: bytes
    #: Seals the logs.
    seal_key: bytes
    holidays: HolidayNames
    #: Seals private notes and the daily log.
    cipher: Cipher
    request_id: str = ""

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """One business transaction: commits at the end, rolls back on any exception."""
        with self.sessions() as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Everything as it is at one moment, for what takes long to read: nobody has to wait. Writes nothing."""
        with self.sessions() as session:
            one_look(session)
            yield session


def constraint_of(error: IntegrityError) -> str:
    """The name (PostgreSQL) or the words (SQLite) of the constraint that refused."""
    diag = getattr(error.orig, "diag", None)
    return str(getattr(diag, "constraint_name", None) or error.orig)
