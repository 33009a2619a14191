"""``flask audit verify``: are the logs what they were when they were sealed?"""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from placement.extensions import db
from placement.queries.system.seals import Verdict, verify
from placement.usecases.transaction import Work

audit = AppGroup("audit", help="The logs of who changed and who read what.")


@audit.command("verify")
@with_appcontext
def verify_logs() -> None:
    """Check the chain; fails naming the first bad row."""
    work: Work = current_app.extensions["placement_work"]
    verdicts = verify(db.session(), work.seal_key)
    for verdict in verdicts:
        click.echo(_line(verdict))
    if any(verdict.first_bad is not None for verdict in verdicts):
        raise SystemExit(1)


def _line(verdict: Verdict) -> str:
    tail = "nothing unsealed"
    if verdict.unsealed:
        tail = f"{verdict.unsealed} rows from id {verdict.unsealed_from} on are not sealed yet"
    if verdict.first_bad is not None:
        return (
            f"{verdict.log}: BAD at id {verdict.first_bad} (changed, missing or slipped in); "
            f"{verdict.sealed} rows before it are as they were sealed; {tail}"
        )
    end = f" (chain {verdict.end[:16]})" if verdict.sealed else ""
    return f"{verdict.log}: {verdict.sealed} sealed rows are as they were{end}; {tail}"
