"""Removing a report nobody needs; what it was read from stays."""

from __future__ import annotations

from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.usecases.effects.reports import audit_report, locked_report
from placement.usecases.transaction import Work


def remove_report(work: Work, actor: Actor, public_id: str) -> None:
    """Remove it for good; that it was, for whom and by whom stays in the audit. Raises NotFound and Forbidden."""
    with work.transaction() as session:
        row = locked_report(session, actor, public_id)
        facts = Facts(row.program_id, row.participant_id, account_id=row.by_account_id)
        ensure(actor, Permission.REPORT_REMOVE, facts)
        audit_report(session, work, actor, "remove", row)
        session.delete(row)
