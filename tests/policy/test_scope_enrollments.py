"""Rows of the way through the program: the scope in SQL shows exactly what the policy allows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.enrollments import ExpenseKind
from placement.models.checklists.checklist import CheckEntry
from placement.models.enrollments.enrollment import Approval, Employment, Enrollment, Expense
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.policy.check import allowed
from placement.policy.facts import Facts
from placement.policy.permissions import Permission as P
from placement.queries import scope
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.policy.test_scope import Known, holds, known  # noqa: F401
from tests.web.checklists.rows import check_row, item_row
from tests.web.enrollments.rows import approval_row, enrollment_row, job_row


def test_the_way_through_the_program(known: Known, cast: Cast, make: Make, reads: Session) -> None:  # noqa: F811
    for person in (cast.kim, cast.lee, cast.a.participant, cast.b.participant):
        row = enrollment_row(make, person)
        approval_row(make, row)
        job_row(make, row)
        make.add(
            Expense(
                program_id=person.program_id, participant_id=person.id, month=make.today.replace(day=1), amount=5.0,
                kind=ExpenseKind.OTHER, by_account_id=1, created_at=make.clock.now,
            )
        )  # fmt: skip
    models = (Enrollment, Approval, Employment, Expense)
    rows = {
        model: reads.execute(select(model.id, model.program_id, model.participant_id)).all()  # type: ignore[attr-defined]
        for model in models
    }

    def compare(actor: Actor, now: datetime) -> None:
        conditions = (scope.enrollments, scope.approvals, scope.employments, scope.expenses)
        for model, condition in zip(models, conditions, strict=True):
            shown = set(reads.scalars(select(model.id).where(condition(actor))))  # type: ignore[attr-defined]
            may = {key for key, program, who in rows[model] if allowed(actor, P.ENROLLMENT_SEE, Facts(program, who))}
            assert shown == may

    holds(known, compare)


def test_entries_of_the_start_gate(known: Known, cast: Cast, make: Make, reads: Session) -> None:  # noqa: F811
    for place in (cast.proposed, cast.a.placement, cast.b.placement):
        check_row(make, place, item_row(make, place.program_id))
    rows = reads.execute(
        select(CheckEntry.id, CheckEntry.program_id, Placement.participant_id).join(
            Placement, Placement.id == CheckEntry.placement_id
        )
    ).all()

    def compare(actor: Actor, now: datetime) -> None:
        shown = set(reads.scalars(select(CheckEntry.id).where(scope.check_entries(actor))))
        assert shown == {key for key, program, who in rows if allowed(actor, P.CHECKLIST_SEE, Facts(program, who))}

    holds(known, compare)
