"""Counting tries of a password in the database, since counters in memory are one per process."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from placement.domain.errors import TooMany
from placement.domain.sign_in import PER_ACCOUNT, WINDOW
from placement.domain.tokens import who_hash
from placement.models.accounts.session import SignInAttempt
from placement.usecases.transaction import Work


def ensure_not_too_many(session: Session, now: datetime, who: str, limit: int, *, forgiving: bool) -> None:
    """Refuse after ``limit`` failures within the window; ``forgiving``: a success starts the count anew.

    ``who``: hash of an account or a network address. Raises TooMany.
    """
    since = [SignInAttempt.who_hash == who, SignInAttempt.at > now - WINDOW, ~SignInAttempt.succeeded]
    if forgiving:
        last_success = (
            select(func.max(SignInAttempt.at))
            .where(SignInAttempt.who_hash == who, SignInAttempt.succeeded)
            .scalar_subquery()
        )
        since.append((SignInAttempt.at > last_success) | last_success.is_(None))
    failures = session.scalars(select(SignInAttempt.at).where(*since).order_by(SignInAttempt.at)).all()
    if len(failures) >= limit:
        oldest = failures[-limit]
        raise TooMany(minutes=max(1, int((oldest + WINDOW - now).total_seconds() // 60) + 1))


def count_attempts(session: Session, now: datetime, *who: str) -> list[int]:
    """Count tries before it is known whether they are right: many at once must not all come before the first count."""
    attempts = [SignInAttempt(who_hash=one, at=now, succeeded=False) for one in who]
    session.add_all(attempts)
    session.flush()
    return [attempt.id for attempt in attempts]


def mark_right(session: Session, attempts: list[int]) -> None:
    session.execute(update(SignInAttempt).where(SignInAttempt.id.in_(attempts)).values(succeeded=True))


def own_password_is(work: Work, account_id: int, hashed: str | None, password: str) -> bool:
    """Whether somebody signed in knows the password of their account.

    Counted apart from signing in: whoever sits at a phone left open can't lock its owner out. Raises TooMany.
    """
    who = who_hash(work.link_key, "password", str(account_id))
    with work.transaction() as session:
        ensure_not_too_many(session, work.clock(), who, PER_ACCOUNT, forgiving=True)
        attempts = count_attempts(session, work.clock(), who)
    # Hashing takes its time outside the transaction: writers must not queue behind it.
    if not work.passwords.verify(hashed, password):
        return False
    with work.transaction() as session:
        mark_right(session, attempts)
    return True
