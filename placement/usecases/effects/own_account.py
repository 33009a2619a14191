"""The account a participant signs in with."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.roles import Role
from placement.models.accounts.account import Account, Membership
from placement.policy.actor import Actor


def participant_account(session: Session, actor: Actor, public_id: str) -> int:
    """The key of an account that is a participant in the active program. Raises NotFound for any other."""
    found = session.scalar(
        select(Account.id)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Account.public_id == public_id,
            Account.archived_at.is_(None),
            Membership.program_id == actor.program,
            Membership.role == Role.PARTICIPANT,
            Membership.archived_at.is_(None),
        )
    )
    if found is None:
        raise NotFound
    return found
