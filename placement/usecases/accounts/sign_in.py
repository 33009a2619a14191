"""Signing in: same answer and time for known and unknown addresses, attempts counted in the database."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import Refused
from placement.domain.sign_in import ABSOLUTE, PER_ACCOUNT, PER_ADDRESS
from placement.domain.tokens import token_hash, who_hash
from placement.domain.words import say
from placement.models.accounts.account import Account, Membership
from placement.models.accounts.session import SignInSession
from placement.models.programs.program import Program
from placement.policy.actor import System
from placement.usecases.effects.attempts import count_attempts, ensure_not_too_many, mark_right
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class SignIn:
    email: str
    password: str
    address: str
    device: str = ""


def sign_in(work: Work, command: SignIn) -> str:
    """Start a session and return its token. Raises Refused on a wrong pair, TooMany after too many."""
    now = work.clock()
    account_hash = who_hash(work.link_key, "email", command.email.strip().casefold())
    address_hash = who_hash(work.link_key, "address", command.address)
    with work.transaction() as session:
        ensure_not_too_many(session, now, account_hash, PER_ACCOUNT, forgiving=True)
        ensure_not_too_many(session, now, address_hash, PER_ADDRESS, forgiving=False)
        attempts = count_attempts(session, now, account_hash, address_hash)
        account = session.scalar(
            select(Account).where(Account.email_key == command.email.strip().casefold(), Account.archived_at.is_(None))
        )
        hashed = account.password_hash if account else None
        account_id = account.id if account else None
    # Hashing takes its time outside the transaction: writers must not queue behind it.
    right = work.passwords.verify(hashed, command.password)
    anew = work.passwords.hash(command.password) if right and hashed and work.passwords.needs_rehash(hashed) else None
    with work.transaction() as session:
        account = _unchanged(session, account_id, hashed) if right else None
        if account is not None:
            mark_right(session, attempts)
            account.password_hash = anew or hashed
            return _start(session, work, account.id, command)
    raise Refused(say("This e-mail address and password do not belong together."), "password")


def _unchanged(session: Session, account_id: int | None, hashed: str | None) -> Account | None:
    """The account, held, unless it was archived or given another password while this one was checked: whoever has
    just ended all sessions must not find a new one."""
    return session.scalar(
        select(Account)
        .where(Account.id == account_id, Account.password_hash == hashed, Account.archived_at.is_(None))
        .with_for_update(key_share=True)
    )


def _start(session: Session, work: Work, account_id: int, command: SignIn) -> str:
    now = work.clock()
    token = secrets.token_urlsafe(32)
    started = SignInSession(
        token_hash=token_hash(token),
        account_id=account_id,
        program_id=_first_program(session, account_id),
        created_at=now,
        last_seen_at=now,
        expires_at=now + ABSOLUTE,
        device=command.device[:80],
    )
    session.add(started)
    session.flush()
    audit(session, work, System(started.program_id), "accounts.sign_in", "account", account_id)
    return token


def _first_program(session: Session, account_id: int) -> int | None:
    """The program of the latest session, if still a member, else the first membership's."""
    latest = (
        select(SignInSession.program_id)
        .where(SignInSession.account_id == account_id)
        .order_by(SignInSession.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return session.scalar(
        select(Membership.program_id)
        .join(Program, Program.id == Membership.program_id)
        .where(Membership.account_id == account_id, Membership.archived_at.is_(None), Program.archived_at.is_(None))
        .order_by((Membership.program_id == latest).desc(), Membership.id)
        .limit(1)
    )
