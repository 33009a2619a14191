"""What was paid to or for a participant, by month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.enrollments import ExpenseKind
from placement.domain.errors import NotFound
from placement.domain.profiles import full_name
from placement.models.enrollments.enrollment import Expense
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope

#: Months of several years.
MOST = 120


@dataclass(frozen=True, slots=True)
class ExpenseRow:
    """``amount`` in the program's currency; ``month``: its first day."""

    public_id: str
    month: date
    kind: ExpenseKind
    amount: float


@dataclass(frozen=True, slots=True)
class Costs:
    participant_id: int
    participant: str
    name: str
    archived: bool
    rows: tuple[ExpenseRow, ...]


def costs_of(db: Session, actor: Actor, participant: str) -> Costs:
    """The latest first, in two statements. Raises NotFound, Forbidden."""
    person = db.execute(
        select(
            Participant.id, Participant.public_id, Participant.program_id, Participant.preferred_name,
            Participant.family_name, Participant.archived_at,
        ).where(scope.participants(actor), Participant.public_id == participant)
    ).one_or_none()  # fmt: skip
    if person is None:
        raise NotFound
    ensure(actor, Permission.ENROLLMENT_EDIT, Facts(person.program_id, person.id))
    rows = db.execute(
        select(Expense.public_id, Expense.month, Expense.kind, Expense.amount)
        .where(Expense.participant_id == person.id, Expense.archived_at.is_(None))
        .order_by(Expense.month.desc(), Expense.id.desc())
        .limit(MOST)
    )
    name = full_name(person.preferred_name, person.family_name)
    return Costs(
        person.id, person.public_id, name, person.archived_at is not None, tuple(ExpenseRow(*row) for row in rows)
    )


def payee_of(db: Session, actor: Actor, expense: str) -> str:
    """Public id of whom it was paid for. Raises NotFound."""
    found = db.scalar(
        select(Participant.public_id)
        .join(Expense, Expense.participant_id == Participant.id)
        .where(Expense.public_id == expense, scope.expenses(actor))
    )
    if found is None:
        raise NotFound
    return found
