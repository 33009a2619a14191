"""Reading the logs for sealing, and checking them against their seals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.domain.seals import LOGS, Stretch, first_bad, start
from placement.models.system.log import AccessLog, Audit, Seal

TABLES: dict[str, type[Audit] | type[AccessLog]] = {"audit": Audit, "access_log": AccessLog}


@dataclass(frozen=True, slots=True)
class Verdict:
    """``first_bad``: id of the first row that is not as it was sealed; ``unsealed``: rows after the last seal.

    ``sealed`` rows were checked; ``end`` is the chain's value after the last good seal, to be noted elsewhere.
    """

    log: str
    sealed: int
    first_bad: int | None
    unsealed: int
    unsealed_from: int | None
    end: str


def log_rows(db: Session, log: str, after: int, until: int, limit: int | None = None) -> list[dict[str, Any]]:
    """Whole rows of a log with after < id <= until, by id."""
    table = TABLES[log].__table__
    statement = select(table).where(table.c.id > after, table.c.id <= until).order_by(table.c.id)
    return [dict(row._mapping) for row in db.execute(statement.limit(limit))]


def verify(db: Session, seal_key: bytes) -> list[Verdict]:
    """Check each log from its first row on; stops a log at its first bad row."""
    return [_verify(db, seal_key, log) for log in LOGS]


def _verify(db: Session, seal_key: bytes, log: str) -> Verdict:
    # No id is negative, so one that is was slipped in.
    after, mac, sealed, bad = -(2**62), start(log), 0, None
    while bad is None:
        seal = db.execute(
            select(Seal.last_id, Seal.mac, Seal.marks)
            .where(Seal.log == log, Seal.last_id > after)
            .order_by(Seal.last_id)
            .limit(1)
        ).one_or_none()
        if seal is None:
            break
        stretch = Stretch(seal.last_id, seal.mac, [(key, mark) for key, mark in seal.marks])
        rows = log_rows(db, log, after, seal.last_id)
        bad = first_bad(seal_key, mac, stretch, rows)
        if bad is None:
            after, mac, sealed = seal.last_id, seal.mac, sealed + len(rows)
    end = db.scalar(select(func.max(Seal.last_id)).where(Seal.log == log)) or 0
    table = TABLES[log]
    count, first = db.execute(select(func.count(table.id), func.min(table.id)).where(table.id > end)).one()
    return Verdict(log, sealed, bad, count, first, mac)
