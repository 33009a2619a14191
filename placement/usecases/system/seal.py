"""Sealing the logs: what is sealed cannot be changed, removed or slipped in without the chain telling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from placement.domain.seals import LOGS, chain, start
from placement.models.system.log import Seal
from placement.queries.system.seals import TABLES, log_rows
from placement.usecases.transaction import Work

#: Rows in one seal.
STRETCH = 500
#: Key of the lock that keeps two workers from sealing at once.
_LOCK = 0x5EA1


@dataclass(frozen=True, slots=True)
class Horizon:
    """Per log, the highest id seen and who was writing then; the next call seals what all of them have left."""

    seen: Mapping[str, tuple[int, frozenset[str]]] = field(default_factory=dict)


def seal_logs(work: Work, before: Horizon | None = None) -> Horizon:
    """Seal one stretch of each log. Pass the answer of the last call, so that a busy log is sealed too.

    On PostgreSQL a transaction that is still open may hold a lower id than one that has committed. A row is sealed
    only when everybody who was writing to its log while it was the highest has finished.
    """
    seen = {}
    with work.transaction() as session:
        postgresql = session.get_bind().dialect.name == "postgresql"
        if postgresql and not session.scalar(select(func.pg_try_advisory_xact_lock(_LOCK))):
            return before or Horizon()
        for log in LOGS:
            highest = session.scalar(select(func.max(TABLES[log].id))) or 0
            writing = _writers(session, log) if postgresql else frozenset()
            seen[log] = (highest, writing)
            _seal(session, work, log, _final(highest, writing, (before or Horizon()).seen.get(log)))
    return Horizon(seen)


def _final(highest: int, writing: frozenset[str], before: tuple[int, frozenset[str]] | None) -> int:
    """Up to which id nothing can still appear."""
    if not writing:
        return highest
    if before is not None and not before[1] & writing:
        return before[0]
    return 0


def _writers(session: Session, log: str) -> frozenset[str]:
    """Open transactions that have written to a log, or are about to: they hold its lock before they take an id."""
    rows = session.scalars(
        text(
            "SELECT virtualtransaction FROM pg_locks WHERE locktype = 'relation' "
            "AND relation = to_regclass(CAST(:log AS text)) "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
            "AND mode = 'RowExclusiveLock' AND granted AND pid <> pg_backend_pid()"
        ),
        {"log": log},
    )
    return frozenset(rows)


def _seal(session: Session, work: Work, log: str, final: int) -> None:
    last = session.execute(
        select(Seal.last_id, Seal.mac).where(Seal.log == log).order_by(Seal.last_id.desc()).limit(1)
    ).one_or_none()
    after, mac = (last.last_id, last.mac) if last else (0, start(log))
    if final <= after:
        return
    rows = log_rows(session, log, after, final, STRETCH)
    if not rows:
        return
    mac, marks = chain(work.seal_key, mac, rows)
    session.add(
        Seal(
            log=log,
            last_id=rows[-1]["id"],
            rows=len(rows),
            mac=mac,
            marks=[list(mark) for mark in marks],
            at=work.clock(),
        )
    )
