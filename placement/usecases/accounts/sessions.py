"""Own sessions: end one or all others, change the active program."""

from __future__ import annotations

from sqlalchemy import select, update

from placement.domain.errors import NotFound
from placement.models.accounts.account import Membership
from placement.models.accounts.session import SignInSession
from placement.models.programs.program import Program
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.permissions import Permission
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


def end_session(work: Work, actor: Actor, public_id: str | None = None) -> None:
    """End one of the actor's own sessions, by default the current one. Raises NotFound for another's."""
    ensure(actor, Permission.ACCOUNT_OWN)
    with work.transaction() as session:
        wanted = SignInSession.id == actor.session_id if public_id is None else SignInSession.public_id == public_id
        row = session.scalar(select(SignInSession).where(wanted, SignInSession.account_id == actor.account_id))
        if row is None:
            raise NotFound
        if row.ended_at is None:
            row.ended_at = work.clock()
            audit(session, work, actor, "accounts.end_session", "session", row.id)


def end_other_sessions(work: Work, actor: Actor) -> None:
    """End all of the actor's sessions but the current one."""
    ensure(actor, Permission.ACCOUNT_OWN)
    with work.transaction() as session:
        session.execute(
            update(SignInSession)
            .where(
                SignInSession.account_id == actor.account_id,
                SignInSession.id != actor.session_id,
                SignInSession.ended_at.is_(None),
            )
            .values(ended_at=work.clock())
        )
        audit(session, work, actor, "accounts.end_other_sessions", "account", actor.account_id)


def switch_program(work: Work, actor: Actor, program: str) -> None:
    """Make another of the actor's programs the active one, by its public id. Raises NotFound if not a member."""
    ensure(actor, Permission.ACCOUNT_OWN)
    with work.transaction() as session:
        program_id = session.scalar(
            select(Program.id)
            .join(Membership, Membership.program_id == Program.id)
            .where(
                Program.public_id == program,
                Program.archived_at.is_(None),
                Membership.account_id == actor.account_id,
                Membership.archived_at.is_(None),
            )
            .limit(1)
        )
        if program_id is None:
            raise NotFound
        session.execute(update(SignInSession).where(SignInSession.id == actor.session_id).values(program_id=program_id))
        audit(session, work, actor, "accounts.switch_program", "program", program_id)
