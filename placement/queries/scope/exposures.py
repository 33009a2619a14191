"""Steps to face a fear: the participant's and their therapist's of today alone."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false
from sqlalchemy.orm import InstrumentedAttribute

from placement.domain.roles import Role
from placement.models.exposures.exposure import ExposureStep, ExposureTry
from placement.policy.actor import Actor
from placement.queries.scope.program import in_program


def exposure_steps(actor: Actor) -> ColumnElement[bool]:
    """Steps of the participant who asks, or of those the therapist who asks looks after today."""
    return and_(in_program(actor, ExposureStep.program_id), _of_the_two(actor, ExposureStep.participant_id))


def exposure_tries(actor: Actor) -> ColumnElement[bool]:
    """Tries, as the steps they belong to."""
    return and_(in_program(actor, ExposureTry.program_id), _of_the_two(actor, ExposureTry.participant_id))


def _of_the_two(actor: Actor, column: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    people = set(actor.caseload) if Role.THERAPIST in actor.roles else set()
    if Role.PARTICIPANT in actor.roles and actor.participant_id is not None:
        people.add(actor.participant_id)
    return column.in_(sorted(people)) if people else false()
