"""People with accounts as raters: one rater per person and kind."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.roles import Role
from placement.domain.support import RaterKind
from placement.models.feedback.rater import Rater
from placement.policy.actor import Actor
from placement.usecases.transaction import Work

#: Roles whose people rate, and as what.
RATES_AS = {
    Role.SUPERVISOR: RaterKind.SUPERVISOR,
    Role.COACH: RaterKind.COACH,
    Role.THERAPIST: RaterKind.THERAPIST,
}


def ensure_rater(session: Session, work: Work, program_id: int, account_id: int, role: Role, name: str) -> Rater | None:
    """The rater behind an account in a role, made if missing; None for a role that does not rate."""
    kind = RATES_AS.get(role)
    return None if kind is None else _ensure(session, work, program_id, account_id, kind, name)


def ensure_self_rater(session: Session, work: Work, actor: Actor) -> Rater:
    """The participant as the rater of their own shifts, made if missing."""
    return _ensure(session, work, actor.program, actor.account_id, RaterKind.SELF, actor.name)


def _ensure(session: Session, work: Work, program_id: int, account_id: int, kind: RaterKind, name: str) -> Rater:
    rater = session.scalar(
        select(Rater).where(
            Rater.program_id == program_id,
            Rater.account_id == account_id,
            Rater.kind == kind,
            Rater.archived_at.is_(None),
        )
    )
    if rater is None:
        rater = Rater(program_id=program_id, kind=kind, name=name, account_id=account_id, created_at=work.clock())
        session.add(rater)
        session.flush()
    return rater
