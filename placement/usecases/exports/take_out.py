"""Taking a whole list out of the application: asked with the password, and written down."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from placement.domain.errors import Refused
from placement.domain.words import say
from placement.models.accounts.account import Account
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.usecases.effects.attempts import own_password_is
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


def confirm_export(work: Work, actor: Actor, password: str) -> None:
    """Check that it is them before anything is read. Raises Forbidden, Refused and TooMany."""
    ensure(actor, Permission.LIST_EXPORT, Facts(actor.program))
    with work.transaction() as session:
        hashed = session.scalar(select(Account.password_hash).where(Account.id == actor.account_id))
    if not own_password_is(work, actor.account_id, hashed, password):
        raise Refused(say("This is not your present password."), "password")


def record_list_export(work: Work, actor: Actor, name: str, rows: int, kind: str, filters: Sequence[str] = ()) -> None:
    """Write that this actor took ``rows`` of a list out as a file; which ``filters`` were set, not to what.

    Raises Forbidden.
    """
    ensure(actor, Permission.LIST_EXPORT, Facts(actor.program))
    with work.transaction() as session:
        audit(
            session, work, actor, "list.export", "program", actor.program,
            list=name, rows=rows, format=kind, filters=sorted(filters),
        )  # fmt: skip
