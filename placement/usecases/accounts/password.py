"""Setting and changing passwords."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from placement.catalog.read import password_blocklist
from placement.domain.errors import NotFound, Refused
from placement.domain.passwords import password_problem
from placement.domain.tokens import token_hash
from placement.domain.words import say
from placement.models.accounts.account import Account, AccountLink
from placement.models.accounts.session import SignInSession
from placement.policy.actor import Actor, System
from placement.policy.check import ensure
from placement.policy.permissions import Permission
from placement.usecases.effects.attempts import own_password_is
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


def change_password(work: Work, actor: Actor, old: str, new: str) -> None:
    """Change the actor's own password; the other sessions end. Raises Refused with the field's name, and TooMany."""
    ensure(actor, Permission.ACCOUNT_OWN)
    with work.transaction() as session:
        account = session.get_one(Account, actor.account_id)
        hashed, email, name = account.password_hash, account.email, account.name
    if not own_password_is(work, actor.account_id, hashed, old):
        raise Refused(say("This is not your present password."), "old")
    new_hash = _hash(work, new, email, name)
    with work.transaction() as session:
        _store(session, work.clock(), actor.account_id, new_hash, keep=actor.session_id)
        audit(session, work, actor, "accounts.change_password", "account", actor.account_id)


def find_link(session: Session, token: str, now: datetime, *, held: bool = False) -> AccountLink | None:
    """The unused, unexpired link behind a token; ``held`` keeps anybody else from using it at the same moment."""
    wanted = select(AccountLink).where(
        AccountLink.token_hash == token_hash(token), AccountLink.used_at.is_(None), AccountLink.expires_at > now
    )
    return session.scalar(wanted.with_for_update() if held else wanted)


def set_password(work: Work, token: str, new: str) -> None:
    """Set a password by a link from a mail; the link is used up, all sessions end.

    Raises NotFound for a link that is unknown, used or expired, Refused for a password that will not do.
    """
    with work.transaction() as session:
        link = find_link(session, token, work.clock())
        if link is None:
            raise NotFound
        account = session.get_one(Account, link.account_id)
        email, name = account.email, account.name
    new_hash = _hash(work, new, email, name)
    with work.transaction() as session:
        link = find_link(session, token, work.clock(), held=True)
        if link is None:
            raise NotFound
        link.used_at = work.clock()
        _store(session, work.clock(), link.account_id, new_hash, keep=None)
        audit(session, work, System(), "accounts.set_password", "account", link.account_id)


def _hash(work: Work, new: str, email: str, name: str) -> str:
    problem = password_problem(new, password_blocklist(), (email, email.split("@")[0], name))
    if problem is not None:
        raise Refused(problem, "new")
    return work.passwords.hash(new)


def _store(session: Session, now: datetime, account_id: int, hashed: str, keep: int | None) -> None:
    account = session.get_one(Account, account_id)
    account.password_hash = hashed
    account.password_changed_at = now
    others = update(SignInSession).where(SignInSession.account_id == account_id, SignInSession.ended_at.is_(None))
    if keep is not None:
        others = others.where(SignInSession.id != keep)
    session.execute(others.values(ended_at=now))
