"""Somebody leaves the program, or comes back."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from placement.domain.errors import Refused
from placement.domain.roles import Role
from placement.domain.words import say
from placement.models.accounts.account import Account, Membership
from placement.policy.actor import Actor
from placement.usecases.effects.accounts import (
    close_links,
    end_sessions,
    ensure_admin_left,
    grant,
    live_roles,
    revoke,
)
from placement.usecases.effects.log import audit
from placement.usecases.effects.managed import belongs_elsewhere, managed_account
from placement.usecases.transaction import Work


def archive_account(work: Work, actor: Actor, public_id: str) -> None:
    """End somebody's membership; an account that nobody else uses is archived with it, and its sessions end.

    Raises NotFound, Refused for the program's last admin.
    """
    with work.transaction() as session:
        account = managed_account(session, actor, public_id)
        roles = live_roles(session, actor.program, account.id)
        if not roles:
            return
        if Role.ADMIN in roles:
            ensure_admin_left(session, actor.program, account.id)
        revoke(session, work, actor.program, account.id, roles)
        shared = belongs_elsewhere(session, actor.program, account)
        if shared:
            end_sessions(session, work, account.id, actor.program)
        else:
            account.archived_at = work.clock()
            account.version += 1
            end_sessions(session, work, account.id)
            close_links(session, work, account.id)
        audit(session, work, actor, "accounts.archive", Account.__tablename__, account.id, whole=not shared)


def restore_account(work: Work, actor: Actor, public_id: str) -> None:
    """Give back the roles that ended last. Raises NotFound, Refused if the address belongs to somebody else by now."""
    try:
        with work.transaction() as session:
            _restore(session, work, actor, public_id)
    except IntegrityError as error:
        raise Refused(say("This address belongs to another account by now.")) from error


def _restore(session: Session, work: Work, actor: Actor, public_id: str) -> None:
    account = managed_account(session, actor, public_id)
    if live_roles(session, actor.program, account.id):
        return
    mine = (Membership.program_id == actor.program, Membership.account_id == account.id)
    left_at = session.scalar(select(func.max(Membership.archived_at)).where(*mine))
    if account.archived_at is not None:
        if account.archived_at != left_at:
            # Another program ended this account after the person had left here.
            raise Refused(say("This account was closed elsewhere. Make a new one for this person."))
        account.archived_at = None
        account.version += 1
        session.flush()
    roles = set(session.scalars(select(Membership.role).where(*mine, Membership.archived_at == left_at)))
    if account.id == actor.account_id:
        raise Refused(say("Nobody gives themselves a role. Ask another admin."))
    grant(session, work, actor.program, account, roles)
    audit(session, work, actor, "accounts.restore", Account.__tablename__, account.id, roles=sorted(roles))
