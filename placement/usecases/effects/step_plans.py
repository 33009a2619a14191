"""Finding a step plan to change, with its placement locked: whoever plans shifts waits for it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.limits import ends_with_result
from placement.domain.words import say
from placement.models.limits.limits import PlanStage, StepPlan
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope


def locked_plan(session: Session, actor: Actor, public_id: str, permission: Permission) -> StepPlan:
    """The newest plan of its placement, locked. Raises NotFound, Forbidden, and Refused where there is a newer one."""
    placement = session.scalar(
        select(StepPlan.placement_id).where(StepPlan.public_id == public_id, scope.step_plans(actor))
    )
    if placement is None:
        raise NotFound
    session.get_one(Placement, placement, with_for_update={"key_share": True})
    row = session.scalars(
        select(StepPlan).where(StepPlan.public_id == public_id).execution_options(populate_existing=True)
    ).one()
    ensure(actor, permission, Facts(row.program_id, row.participant_id))
    newer = select(StepPlan.id).where(StepPlan.placement_id == row.placement_id, StepPlan.id > row.id).limit(1)
    if session.scalar(newer) is not None:
        raise Refused(say("There is a newer plan. Please look at that one."))
    return row


def stages_of(session: Session, plan_id: int) -> list[PlanStage]:
    """Its stages, in order."""
    return list(session.scalars(select(PlanStage).where(PlanStage.plan_id == plan_id).order_by(PlanStage.position)))


def ensure_result(session: Session, row: Placement) -> None:
    """A graded load is completed with a written result. Raises Refused without one."""
    if not ends_with_result(row.kind):
        return
    written = select(StepPlan.id).where(StepPlan.placement_id == row.id, StepPlan.result_on.is_not(None)).limit(1)
    if session.scalar(written) is None:
        raise Refused(say("A graded load at work ends with a written result. Write it on the page of the plan first."))
