"""Removing a contact that never was."""

from __future__ import annotations

from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.usecases.effects.contacts import locked_contact
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


def remove_contact(work: Work, actor: Actor, public_id: str) -> None:
    """Remove it for good; that it was, whose, and how long stays in the audit. Raises NotFound and Forbidden."""
    with work.transaction() as session:
        row = locked_contact(session, actor, public_id)
        ensure(actor, Permission.CONTACT_EDIT, Facts(row.program_id, row.participant_id, account_id=row.account_id))
        audit(
            session, work, actor, "contact.remove", "contact", row.id, participant_id=row.participant_id,
            written_by=row.account_id, day=row.day.isoformat(), minutes=row.minutes, kind=row.kind,
        )  # fmt: skip
        session.delete(row)
