"""Taking everything along: asked with the password, and written down."""

from __future__ import annotations

from sqlalchemy import select

from placement.domain.errors import NotFound, Refused
from placement.domain.words import say
from placement.models.accounts.account import Account
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.usecases.effects.attempts import own_password_is
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


def start_export(work: Work, actor: Actor, password: str) -> None:
    """Check that it is them, and write down that they took it. Raises NotFound, Forbidden, Refused and
    TooMany."""
    if actor.participant_id is None:
        raise NotFound
    ensure(actor, Permission.RIGHTS_OWN, Facts(actor.program_id, actor.participant_id))
    with work.transaction() as session:
        hashed = session.scalar(select(Account.password_hash).where(Account.id == actor.account_id))
    if not own_password_is(work, actor.account_id, hashed, password):
        raise Refused(say("This is not your present password."), "password")
    with work.transaction() as session:
        audit(session, work, actor, "rights.export", "participant", actor.participant_id)
