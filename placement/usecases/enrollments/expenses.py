"""Stipend, transport and other costs of a participant, by month."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select

from placement.domain.enrollments import MOST_MONEY, ExpenseKind
from placement.domain.errors import NotFound, Refused
from placement.domain.words import say
from placement.models.enrollments.enrollment import Expense
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.idempotency import again_if_taken, first_answer, keep_answer
from placement.usecases.effects.log import audit
from placement.usecases.effects.people import check_not_archived, person_to_add_to
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class AddExpense:
    """``day``: any of the month. ``amount`` in the program's currency. ``key``: so that a double tap is one entry."""

    participant: str
    day: date
    kind: ExpenseKind
    amount: float
    key: str


def add_expense(work: Work, actor: Actor, command: AddExpense) -> str:
    """Its public id. Raises NotFound, Forbidden, KeyReused and Refused with the field's name."""
    return again_if_taken(_add, work, actor, command)


def remove_expense(work: Work, actor: Actor, public_id: str, removed: bool = True) -> None:
    """Take it out, or bring it back. Raises NotFound, Forbidden."""
    with work.transaction() as session:
        row = session.scalar(
            select(Expense).where(Expense.public_id == public_id, scope.expenses(actor)).with_for_update()
        )
        if row is None:
            raise NotFound
        ensure(actor, Permission.ENROLLMENT_EDIT, Facts(row.program_id, row.participant_id))
        check_not_archived(session, row.participant_id)
        if (row.archived_at is not None) is removed:
            return
        row.archived_at = work.clock() if removed else None
        row.version += 1
        verb = "expenses.remove" if removed else "expenses.bring_back"
        audit(session, work, actor, verb, "expense", row.id, participant_id=row.participant_id)


def _add(work: Work, actor: Actor, command: AddExpense) -> str:
    if not 0 < command.amount <= MOST_MONEY:
        raise Refused(say("Please enter an amount above zero."), "amount")
    body = asdict(command)
    with work.transaction() as session:
        known = first_answer(session, actor, command.key, body)
        if known is not None:
            return str(known["expense"])
        person = person_to_add_to(session, actor, command.participant, Permission.ENROLLMENT_EDIT)
        row = Expense(
            program_id=person.program_id, participant_id=person.id, month=command.day.replace(day=1),
            kind=command.kind, amount=round(command.amount, 2), by_account_id=actor.account_id,
            created_at=work.clock(),
        )  # fmt: skip
        session.add(row)
        session.flush()
        audit(session, work, actor, "expenses.add", "expense", row.id, participant_id=person.id)
        keep_answer(session, work, actor, command.key, body, {"expense": row.public_id})
        return row.public_id
