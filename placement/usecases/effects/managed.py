"""The accounts an admin may touch, and how far."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.words import say
from placement.models.accounts.account import Account, Membership
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission


def managed_account(session: Session, actor: Actor, public_id: str) -> Account:
    """Somebody who is or was a member of the actor's program, held until the end: a version that two admins have
    compared at the same moment must not hold for both. Raises NotFound, Forbidden."""
    ensure(actor, Permission.ACCOUNT_MANAGE)
    ensure(actor, Permission.ACCOUNT_MANAGE, Facts(actor.program))
    account = session.scalar(
        select(Account)
        .where(
            Account.public_id == public_id,
            exists().where(Membership.account_id == Account.id, Membership.program_id == actor.program),
        )
        .with_for_update(key_share=True)
    )
    if account is None:
        raise NotFound
    return account


def belongs_elsewhere(session: Session, program_id: int, account: Account) -> bool:
    """Whether the account is not this program's alone: a member of another one, or running the whole site."""
    if account.runs_site:
        return True
    elsewhere = exists().where(
        Membership.account_id == account.id, Membership.program_id != program_id, Membership.archived_at.is_(None)
    )
    return bool(session.scalar(select(elsewhere)))


def ensure_own(session: Session, program_id: int, account: Account) -> None:
    """Raise Refused unless the account is this program's alone and in use."""
    if account.archived_at is not None:
        raise Refused(say("This account is archived. Bring it back first."))
    if belongs_elsewhere(session, program_id, account):
        raise Refused(say("This person's account is used elsewhere, too. Only they can change it."))
