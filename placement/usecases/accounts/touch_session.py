"""Noting that a session is in use."""

from __future__ import annotations

from sqlalchemy import update

from placement.models.accounts.session import SignInSession
from placement.policy.actor import Actor
from placement.usecases.transaction import Work


def touch_session(work: Work, actor: Actor) -> None:
    """Write when the actor's session was last seen."""
    with work.transaction() as session:
        session.execute(
            update(SignInSession).where(SignInSession.id == actor.session_id).values(last_seen_at=work.clock())
        )
