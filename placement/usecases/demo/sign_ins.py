"""Invented people: a session to act through while loading, one password for all of them at the end."""

from __future__ import annotations

import secrets

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from placement.domain.errors import Refused
from placement.domain.sign_in import ABSOLUTE
from placement.domain.tokens import token_hash
from placement.domain.words import say
from placement.models.accounts.account import Account, Membership
from placement.models.accounts.session import SignInSession
from placement.models.programs.program import Program
from placement.models.system.job import Job
from placement.usecases.transaction import Work


def ensure_empty(work: Work) -> None:
    """Raises Refused if the database holds any account or program: demo data never mix with other data."""
    with work.transaction() as session:
        held = session.scalar(select(func.count()).select_from(Account)) or 0
        held += session.scalar(select(func.count()).select_from(Program)) or 0
    if held:
        raise Refused(say("This database holds other data. Demo data need an empty one."))


def enter(work: Work, email: str, program: str) -> str:
    """Start a session of an account in a program (public id) and return its token's hash."""
    hashed = token_hash(secrets.token_urlsafe(32))
    now = work.clock()
    with work.transaction() as session:
        account_id, program_id = session.execute(
            select(Membership.account_id, Membership.program_id)
            .join(Account, Account.id == Membership.account_id)
            .join(Program, Program.id == Membership.program_id)
            .where(Account.email_key == email.casefold(), Program.public_id == program)
            .limit(1)
        ).one()
        session.add(
            SignInSession(
                token_hash=hashed,
                account_id=account_id,
                program_id=program_id,
                created_at=now,
                last_seen_at=now,
                expires_at=now + ABSOLUTE,
            )
        )
    return hashed


def finish(work: Work, password: str) -> None:
    """Give every account the same password, end the sessions used for loading, and send no mail about the past."""
    hashed = work.passwords.hash(password)
    with work.transaction() as session:
        session.execute(update(Account).values(password_hash=hashed, password_changed_at=work.clock()))
        # The database was empty before: whatever is asked for in the outbox, the story asked for.
        session.execute(delete(Job))
        _end_all(session, work)


def _end_all(session: Session, work: Work) -> None:
    session.execute(update(SignInSession).where(SignInSession.ended_at.is_(None)).values(ended_at=work.clock()))
