"""Forgetting what is only needed for a while."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from placement.models.accounts.session import SignInAttempt
from placement.models.system.job import IdempotencyKey
from placement.usecases.transaction import Work

ATTEMPTS_FOR = timedelta(days=1)
KEYS_FOR = timedelta(days=30)


def clean_up(work: Work) -> None:
    """Delete counted sign-in attempts after a day and idempotency keys after thirty."""
    now = work.clock()
    with work.transaction() as session:
        session.execute(delete(SignInAttempt).where(SignInAttempt.at < now - ATTEMPTS_FOR))
        session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at < now - KEYS_FOR))
