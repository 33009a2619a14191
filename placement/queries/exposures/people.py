"""Whose ladder it is, and who accompanies them today: without a therapist it is paused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.profiles import full_name
from placement.domain.roles import Role
from placement.models.accounts.account import Account, Assignment, Membership
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope


@dataclass(frozen=True, slots=True)
class Climber:
    """``own``: the participant reads. ``helpers``: therapists who look after them today; none: it is paused."""

    id: int
    public_id: str
    name: str
    own: bool
    archived: bool
    helpers: tuple[str, ...]

    @property
    def goes_on(self) -> bool:
        """New steps and tries are possible."""
        return bool(self.helpers) and not self.archived


def own_climber(db: Session, actor: Actor, today: date) -> Climber:
    """The participant who asks. Raises NotFound for somebody else. Two statements."""
    return _climber(db, actor, today, Participant.id == (actor.participant_id or 0))


def climber_of(db: Session, actor: Actor, today: date, public_id: str) -> Climber:
    """Somebody the therapist who asks looks after. Raises NotFound out of sight, Forbidden. Two statements."""
    found = _climber(db, actor, today, Participant.public_id == public_id)
    ensure(actor, Permission.EXPOSURE_ACCOMPANY, Facts(actor.program, found.id))
    return found


def climber_by_key(db: Session, actor: Actor, today: date, participant_id: int) -> Climber:
    """Whose step is in sight already. Two statements."""
    return _climber(db, actor, today, Participant.id == participant_id)


def therapists_of(db: Session, participant_id: int, today: date) -> tuple[str, ...]:
    """Names of the therapists who look after somebody on a day. One statement."""
    rows = db.scalars(
        select(Account.name)
        .join(Assignment, Assignment.account_id == Account.id)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Assignment.participant_id == participant_id,
            Assignment.first_day <= today,
            or_(Assignment.last_day.is_(None), Assignment.last_day >= today),
            Membership.program_id == Assignment.program_id,
            Membership.role == Role.THERAPIST,
            Membership.archived_at.is_(None),
            Account.archived_at.is_(None),
        )
        .distinct()
        .order_by(Account.name)
    )
    return tuple(rows)


def _climber(db: Session, actor: Actor, today: date, condition: object) -> Climber:
    row = db.execute(
        select(
            Participant.id, Participant.public_id, Participant.preferred_name, Participant.family_name,
            Participant.archived_at,
        ).where(scope.participants(actor), condition)  # type: ignore[arg-type]
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    own = row.id == actor.participant_id
    name = row.preferred_name if own else full_name(row.preferred_name, row.family_name)
    helpers = therapists_of(db, row.id, today)
    return Climber(row.id, row.public_id, name, own, row.archived_at is not None, helpers)
