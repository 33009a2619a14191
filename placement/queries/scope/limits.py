"""Work limits and step plans: of whom the actor may see the record."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_

from placement.models.limits.limits import StepPlan, WorkLimit
from placement.policy.actor import Actor
from placement.queries.scope.people import of_people
from placement.queries.scope.program import in_program


def work_limits(actor: Actor) -> ColumnElement[bool]:
    """Limits of visible people, their own included."""
    return and_(in_program(actor, WorkLimit.program_id), of_people(actor, WorkLimit.participant_id))


def step_plans(actor: Actor) -> ColumnElement[bool]:
    """Plans of visible people, their own included."""
    return and_(in_program(actor, StepPlan.program_id), of_people(actor, StepPlan.participant_id))
