"""``flask audit verify`` says what is wrong, and fails."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import text, update
from sqlalchemy.orm import Session

from placement.models.system.log import Audit
from placement.policy.actor import System
from placement.usecases.effects.log import audit
from placement.usecases.system.seal import seal_logs
from placement.usecases.transaction import Work
from tests.factories.make import Make


def test_it_names_the_first_bad_row_and_the_tail(app: Flask, work: Work, make: Make) -> None:
    def write() -> None:
        make.do(lambda s: [audit(s, work, System(), "test.write", "thing", n) for n in range(3)])

    write()
    seal_logs(work)
    write()
    result = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert result.exit_code == 0
    assert "audit: 3 sealed rows are as they were" in result.output
    assert "3 rows from id 4 on are not sealed yet" in result.output

    def tamper(session: Session) -> None:
        if session.get_bind().dialect.name == "sqlite":
            session.execute(text("DROP TRIGGER tr_audit_no_update"))
        else:
            session.execute(text("DROP TRIGGER tr_audit_append_only ON audit"))
        session.execute(update(Audit).where(Audit.id == 2).values(action="test.other"))

    make.do(tamper)
    result = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert result.exit_code == 1
    assert "audit: BAD at id 2" in result.output
