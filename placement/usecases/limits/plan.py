"""A graded plan for a placement: written by staff, agreed by the employer's word, and its written result."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.limits import MOST_STAGES
from placement.domain.placement_moves import is_final
from placement.domain.words import say
from placement.models.limits.limits import PlanStage, StepPlan
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.idempotency import again_if_taken, first_answer, keep_answer
from placement.usecases.effects.log import audit
from placement.usecases.effects.people import check_not_archived
from placement.usecases.effects.step_plans import locked_plan
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work

LONGEST_NAME, LONGEST_WORDS, LONGEST_RESULT = 120, 200, 4000


@dataclass(frozen=True, slots=True)
class NewStage:
    """A step from a day on, until the next one begins. ``words``: what the work may be."""

    first_day: date
    hours_day: float
    days_week: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class AddPlan:
    """``placement``: public id; ``given_by``: whose plan it is, e.g. the physician's. Steps in order of their days."""

    placement: str
    given_by: str
    last_day: date
    stages: tuple[NewStage, ...]
    key: str


def add_plan(work: Work, actor: Actor, command: AddPlan) -> str:
    """Write the plan; it holds once participant and employer have agreed. Its public id.

    An older plan goes on until then. Raises NotFound, Forbidden, KeyReused and Refused with the field's name.
    """
    return again_if_taken(_add, work, actor, command)


def employer_agrees(work: Work, actor: Actor, plan: str, version: int, by: str) -> None:
    """Record the employer's yes, by name. Raises NotFound, Forbidden, Stale and Refused."""
    if not 0 < len(by.strip()) <= LONGEST_NAME:
        raise Refused(say("Please say who agreed for the employer."), "by")
    with work.transaction() as session:
        row = locked_plan(session, actor, plan, Permission.LIMIT_EDIT)
        if row.stopped_at is not None or row.participant_declined_at is not None:
            raise Refused(say("The participant does not want this plan. Talk with them about another one."))
        check_version(row, version, {"by": row.employer_agreed_by})
        row.employer_agreed_at, row.employer_agreed_by = work.clock(), by.strip()
        audit(session, work, actor, "plan.employer_agrees", "step_plan", row.id, placement_id=row.placement_id)


def write_result(work: Work, actor: Actor, plan: str, version: int, result: str) -> None:
    """The written result, which the participant reads too. Raises NotFound, Forbidden, Stale and Refused."""
    if not 0 < len(result.strip()) <= LONGEST_RESULT:
        raise Refused(say("Please write at most %(count)s characters.", count=LONGEST_RESULT), "result")
    with work.transaction() as session:
        row = locked_plan(session, actor, plan, Permission.LIMIT_EDIT)
        if row.participant_agreed_at is None or row.employer_agreed_at is None:
            raise Refused(say("This plan has not been agreed; it has no result yet."))
        check_version(row, version, {"result": row.result})
        row.result, row.result_on, row.result_by_id = (
            result.strip(), actor.today(work.clock()), actor.account_id,
        )  # fmt: skip
        audit(session, work, actor, "plan.result", "step_plan", row.id, placement_id=row.placement_id)


def _add(work: Work, actor: Actor, command: AddPlan) -> str:
    _check(command)
    body = asdict(command)
    with work.transaction() as session:
        known = first_answer(session, actor, command.key, body)
        if known is not None:
            return str(known["plan"])
        placement = _placement(session, actor, command)
        row = StepPlan(
            program_id=placement.program_id, participant_id=placement.participant_id, placement_id=placement.id,
            given_by=command.given_by.strip(), first_day=command.stages[0].first_day, last_day=command.last_day,
            by_account_id=actor.account_id, created_at=work.clock(),
        )  # fmt: skip
        session.add(row)
        session.flush()
        session.add_all(_stages(row, command))
        audit(session, work, actor, "plan.add", "step_plan", row.id, placement_id=placement.id)
        keep_answer(session, work, actor, command.key, body, {"plan": row.public_id})
        return row.public_id


def _placement(session: Session, actor: Actor, command: AddPlan) -> Placement:
    row = session.scalar(
        select(Placement)
        .where(Placement.public_id == command.placement, scope.placements(actor))
        .with_for_update(key_share=True)
    )
    if row is None:
        raise NotFound
    ensure(actor, Permission.LIMIT_EDIT, Facts(row.program_id, row.participant_id))
    check_not_archived(session, row.participant_id)
    if is_final(row.state):
        raise Refused(say("This placement is over; it can only be read."))
    return row


def _stages(row: StepPlan, command: AddPlan) -> list[PlanStage]:
    ends = [stage.first_day - timedelta(days=1) for stage in command.stages[1:]] + [command.last_day]
    return [
        PlanStage(
            program_id=row.program_id, plan_id=row.id, position=position, first_day=stage.first_day, last_day=end,
            hours_day=stage.hours_day, days_week=stage.days_week, words=stage.words.strip(),
        )
        for position, (stage, end) in enumerate(zip(command.stages, ends, strict=True))
    ]  # fmt: skip


def _check(command: AddPlan) -> None:
    if not 0 < len(command.given_by.strip()) <= LONGEST_NAME:
        raise Refused(say("Please say whose plan it is."), "given_by")
    if not 1 <= len(command.stages) <= MOST_STAGES:
        raise Refused(say("A plan has between one and %(most)s steps.", most=MOST_STAGES), "first_1")
    for position, stage in enumerate(command.stages):
        if not 0 < stage.hours_day <= 24 or not 1 <= stage.days_week <= 7:
            raise Refused(say("Please enter hours a day and days a week."), f"hours_{position + 1}")
        if len(stage.words) > LONGEST_WORDS:
            raise Refused(
                say("Please write at most %(count)s characters.", count=LONGEST_WORDS), f"words_{position + 1}"
            )
    days = [stage.first_day for stage in command.stages]
    for position in range(1, len(days)):
        if days[position] <= days[position - 1]:
            raise Refused(say("Each step begins after the one before."), f"first_{position + 1}")
    if command.last_day < days[-1]:
        raise Refused(say("The last day must not be before the last step begins."), "last_day")
