"""Dated steps of a placement: first meeting, trial shift, reviews, reference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.placements import StepKind
from placement.domain.words import say
from placement.models.placements.placement import Placement, PlacementStep
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.log import audit
from placement.usecases.effects.placements import locked_placement
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class AddStep:
    """``public_id`` is the placement's."""

    public_id: str
    kind: StepKind
    due_on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class FinishStep:
    """``step`` is the step's public id; ``done_on`` None opens it again."""

    step: str
    done_on: date | None


@dataclass(frozen=True, slots=True)
class RemoveStep:
    step: str


def add_step(work: Work, actor: Actor, command: AddStep) -> str:
    """Add a step and return its public id. Raises NotFound."""
    with work.transaction() as session:
        row = locked_placement(session, actor, command.public_id)
        ensure(actor, Permission.PLACEMENT_MANAGE, Facts(row.program_id, row.participant_id))
        step = PlacementStep(
            program_id=row.program_id,
            placement_id=row.id,
            kind=command.kind,
            due_on=command.due_on,
            note=command.note,
            created_at=work.clock(),
        )
        session.add(step)
        session.flush()
        audit(session, work, actor, "placements.add_step", "placement_step", step.id, kind=command.kind.value)
        return step.public_id


def finish_step(work: Work, actor: Actor, command: FinishStep) -> str:
    """Mark a step done on a day, or open again; returns the placement's public id. Raises NotFound, Refused."""
    with work.transaction() as session:
        step, placement = _step(session, actor, command.step)
        if command.done_on is not None and command.done_on > actor.today(work.clock()):
            raise Refused(say("This day is still to come."), "done_on")
        step.done_on = command.done_on
        audit(session, work, actor, "placements.finish_step", "placement_step", step.id)
        return placement


def remove_step(work: Work, actor: Actor, command: RemoveStep) -> str:
    """Delete a step; returns the placement's public id. Raises NotFound."""
    with work.transaction() as session:
        step, placement = _step(session, actor, command.step)
        session.delete(step)
        audit(session, work, actor, "placements.remove_step", "placement_step", step.id, kind=step.kind.value)
        return placement


def _step(session: Session, actor: Actor, public_id: str) -> tuple[PlacementStep, str]:
    found = session.execute(
        select(PlacementStep, Placement.public_id, Placement.participant_id)
        .join(Placement, Placement.id == PlacementStep.placement_id)
        .where(PlacementStep.public_id == public_id, scope.placements(actor))
        .with_for_update(of=PlacementStep)
    ).first()
    if found is None:
        raise NotFound
    step, placement, participant_id = found
    ensure(actor, Permission.PLACEMENT_MANAGE, Facts(step.program_id, participant_id))
    return step, placement
