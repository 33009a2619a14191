"""The chain over the logs: nothing is sealed too early, and whatever is touched later is found."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.orm import Session

from placement.models.system.log import AccessLog, Audit, Seal
from placement.policy.actor import System
from placement.queries.system.seals import Verdict, verify
from placement.usecases.effects.log import audit
from placement.usecases.system.seal import Horizon, seal_logs
from placement.usecases.transaction import Work
from tests.factories.make import Make


def write(work: Work, count: int = 1) -> None:
    for number in range(count):
        with work.transaction() as session:
            audit(session, work, System(), "test.write", "thing", number, why={"b": 1, "a": [number]})


def checked(work: Work, reads: Session) -> Verdict:
    return next(verdict for verdict in verify(reads, work.seal_key) if verdict.log == "audit")


def without_triggers(make: Make, table: str) -> None:
    """What somebody with the database's password could do."""

    def drop(session: Session) -> None:
        if session.get_bind().dialect.name == "sqlite":
            for verb in ("update", "delete"):
                session.execute(text(f"DROP TRIGGER tr_{table}_no_{verb}"))
        else:
            session.execute(text(f"DROP TRIGGER tr_{table}_append_only ON {table}"))

    make.do(drop)


@pytest.fixture
def sealed(work: Work, make: Make) -> None:
    """Ten rows under two seals, and two more without."""
    for _ in range(2):
        write(work, 5)
        seal_logs(work)
    write(work, 2)


def test_what_nobody_touched_is_fine(work: Work, reads: Session, make: Make, sealed: None) -> None:
    verdict = checked(work, reads)
    assert (verdict.sealed, verdict.first_bad, verdict.unsealed, verdict.unsealed_from) == (10, None, 2, 11)
    assert make.all(select(Seal.rows)) == [5, 5]
    seal_logs(work)
    assert checked(work, reads).unsealed == 0
    seal_logs(work)
    assert make.one(select(func.count(Seal.id))) == 3, "no empty seals"


@pytest.mark.parametrize("row", [1, 3, 5, 6, 10])
def test_the_first_changed_row_is_named(work: Work, reads: Session, make: Make, sealed: None, row: int) -> None:
    without_triggers(make, "audit")
    make.do(lambda s: s.execute(update(Audit).where(Audit.id.in_([row, 10])).values(account_id=7)))
    assert checked(work, reads).first_bad == row


def test_a_changed_detail_is_found(work: Work, reads: Session, make: Make, sealed: None) -> None:
    without_triggers(make, "audit")
    make.do(lambda s: s.execute(update(Audit).where(Audit.id == 4).values(detail={"why": {"a": [0], "b": 1}})))
    assert checked(work, reads).first_bad == 4


@pytest.mark.parametrize("row", [1, 5, 7, 10])
def test_the_first_missing_row_is_named(work: Work, reads: Session, make: Make, sealed: None, row: int) -> None:
    without_triggers(make, "audit")
    make.do(lambda s: s.execute(delete(Audit).where(Audit.id == row)))
    assert checked(work, reads).first_bad == row


def test_a_row_slipped_in_is_named(work: Work, reads: Session, make: Make, sealed: None) -> None:
    values = make.do(lambda s: dict(s.execute(select(Audit.__table__).where(Audit.id == 5)).one()._mapping))
    make.do(lambda s: s.execute(insert(Audit).values(values | {"id": -3})))
    assert checked(work, reads).first_bad == -3
    without_triggers(make, "audit")
    make.do(lambda s: s.execute(delete(Audit).where(Audit.id == -3)))
    assert checked(work, reads).first_bad is None
    make.do(lambda s: s.execute(update(Audit).where(Audit.id == 6).values(id=100)))
    assert checked(work, reads).first_bad == 6


def test_a_seal_that_was_touched_or_removed_is_found(work: Work, reads: Session, make: Make, sealed: None) -> None:
    without_triggers(make, "seal")
    make.do(lambda s: s.execute(update(Seal).where(Seal.last_id == 10).values(mac="0" * 64)))
    assert checked(work, reads).first_bad == 10
    make.do(lambda s: s.execute(delete(Seal).where(Seal.last_id == 5)))
    assert checked(work, reads).first_bad == 1


def test_another_key_proves_nothing(work: Work, reads: Session, sealed: None) -> None:
    assert verify(reads, b"another key")[0].first_bad == 1


def test_both_logs_are_sealed(work: Work, reads: Session, make: Make) -> None:
    make.add(AccessLog(at=work.clock(), account_id=1, page="x.y", request_id="r"))
    seal_logs(work)
    assert {verdict.log: verdict.sealed for verdict in verify(reads, work.seal_key)} == {"audit": 0, "access_log": 1}


def test_a_row_of_an_open_transaction_is_waited_for(work: Work, reads: Session, app: Flask) -> None:
    """On PostgreSQL a lower id can appear after a higher one; SQLite has one writer at a time."""
    if work.sessions.kw["bind"].dialect.name == "sqlite":
        write(work, 2)
        seal_logs(work)
        assert checked(work, reads).sealed == 2
        return
    with work.sessions() as slow, slow.begin():
        audit(slow, work, System(), "test.slow", "thing", 1)
        slow.flush()
        write(work)
        horizon = seal_logs(work, Horizon())
        assert checked(work, reads).sealed == 0, "the slow one holds id 1"
    with work.sessions() as other, other.begin():
        audit(other, work, System(), "test.other", "thing", 1)
        other.flush()
        seal_logs(work, horizon)
        assert checked(work, reads).sealed == 2, "a busy log is sealed as far as it is final"
    seal_logs(work)
    verdict = checked(work, reads)
    assert (verdict.sealed, verdict.first_bad) == (3, None)
