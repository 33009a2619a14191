"""The way from referral to follow-up: of whom the actor may see the record."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_

from placement.models.enrollments.enrollment import Approval, Employment, Enrollment, Expense
from placement.policy.actor import Actor
from placement.queries.scope.people import of_people
from placement.queries.scope.program import in_program


def enrollments(actor: Actor) -> ColumnElement[bool]:
    """Enrollments of visible people, their own included."""
    return and_(in_program(actor, Enrollment.program_id), of_people(actor, Enrollment.participant_id))


def approvals(actor: Actor) -> ColumnElement[bool]:
    """What funders approved for visible people, their own included."""
    return and_(in_program(actor, Approval.program_id), of_people(actor, Approval.participant_id))


def employments(actor: Actor) -> ColumnElement[bool]:
    """Jobs of visible people, their own included."""
    return and_(in_program(actor, Employment.program_id), of_people(actor, Employment.participant_id))


def expenses(actor: Actor) -> ColumnElement[bool]:
    """What was paid to or for visible people, themselves included."""
    return and_(in_program(actor, Expense.program_id), of_people(actor, Expense.participant_id))
