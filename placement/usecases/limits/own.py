"""What only the participant decides about their plan: yes or no, hold, reduce, go on, stop. No reason is asked."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from placement.domain.errors import Refused
from placement.domain.limits import PlanMove
from placement.domain.notices import NoticeKind
from placement.domain.words import say
from placement.models.limits.limits import PlanChange, StepPlan
from placement.models.notices.notice import Notice
from placement.policy.actor import Actor
from placement.policy.permissions import Permission
from placement.usecases.effects.log import audit
from placement.usecases.effects.notices import raise_notice
from placement.usecases.effects.step_plans import locked_plan, stages_of
from placement.usecases.transaction import Work


def answer_plan(work: Work, actor: Actor, plan: str, agrees: bool) -> None:
    """Yes or no to a plan; a no can become a yes and, while nobody works by it, a yes a no.

    Raises NotFound, Forbidden and Refused.
    """
    with work.transaction() as session:
        row = locked_plan(session, actor, plan, Permission.PLAN_OWN)
        if row.stopped_at is not None:
            raise Refused(say("You have stopped this plan. Ask for a new one if you want to go on."))
        if (row.participant_agreed_at is not None) is agrees and (
            row.participant_declined_at is not None
        ) is not agrees:
            return
        if not agrees and row.participant_agreed_at is not None and row.employer_agreed_at is not None:
            raise Refused(say("The plan runs already. You can hold it or stop it instead."))
        row.participant_agreed_at = work.clock() if agrees else None
        row.participant_declined_at = None if agrees else work.clock()
        row.version += 1
        if not agrees:
            _tell(session, work, actor, row)
        audit(session, work, actor, "plan.answer", "step_plan", row.id, agrees=agrees)


def move_plan(work: Work, actor: Actor, plan: str, move: PlanMove, hours: float | None = None) -> None:
    """Hold, reduce (to ``hours`` a day from today on), go on as planned, or stop; at any time.

    Done already, it changes nothing. Shifts that stand are left to the coordinator, who is told, and shown those that
    fit no longer. Raises NotFound, Forbidden, and Refused with the field's name.
    """
    with work.transaction() as session:
        row = locked_plan(session, actor, plan, Permission.PLAN_OWN)
        if row.participant_agreed_at is None or row.employer_agreed_at is None:
            raise Refused(say("This plan does not run yet."))
        if row.stopped_at is not None:
            if move is PlanMove.STOP:
                return
            raise Refused(say("You have stopped this plan. Ask for a new one if you want to go on."))
        if not _moved(session, work, actor, row, move, hours):
            return
        row.version += 1
        session.add(
            PlanChange(
                program_id=row.program_id, plan_id=row.id, move=move, day=actor.today(work.clock()),
                hours_day=hours if move is PlanMove.REDUCE else None, by_account_id=actor.account_id,
                created_at=work.clock(),
            )
        )  # fmt: skip
        _settle(session, work, row)
        _tell(session, work, actor, row)
        audit(session, work, actor, "plan.move", "step_plan", row.id, move=move.value, placement_id=row.placement_id)


def _moved(session: Session, work: Work, actor: Actor, row: StepPlan, move: PlanMove, hours: float | None) -> bool:
    """Write it; whether it changed anything."""
    match move:
        case PlanMove.HOLD:
            changed, row.held_at = row.held_at is None, row.held_at or work.clock()
            return changed
        case PlanMove.STOP:
            row.stopped_at = work.clock()
            return True
        case PlanMove.REDUCE:
            return _reduce(session, work, actor, row, hours)
        case PlanMove.GO_ON:
            reduced = [stage for stage in stages_of(session, row.id) if stage.reduced_hours_day is not None]
            held, row.held_at = row.held_at is not None, None
            for stage in reduced:
                stage.reduced_hours_day, stage.reduced_on = None, None
            return held or bool(reduced)


def _reduce(session: Session, work: Work, actor: Actor, row: StepPlan, hours: float | None) -> bool:
    """The step of today and all later ones, as far as they have more hours: none of them jumps up by itself."""
    today = actor.today(work.clock())
    stages = [stage for stage in stages_of(session, row.id) if stage.last_day >= today]
    if not stages:
        raise Refused(say("The plan is over."))
    most = stages[0].reduced_hours_day or stages[0].hours_day
    if hours is None or not 0 < hours < most:
        raise Refused(say("Please enter fewer hours than now: under %(hours)s a day.", hours=most), "hours")
    for stage in stages:
        if hours < (stage.reduced_hours_day or stage.hours_day):
            stage.reduced_hours_day, stage.reduced_on = hours, today
    return True


def _settle(session: Session, work: Work, row: StepPlan) -> None:
    """The word before is overtaken by this one: one item a plan waits at a time."""
    session.execute(
        update(Notice)
        .where(
            Notice.placement_id == row.placement_id,
            Notice.kind == NoticeKind.PLAN_CHANGED,
            Notice.done_at.is_(None),
        )
        .values(done_at=work.clock(), version=Notice.version + 1)
    )


def _tell(session: Session, work: Work, actor: Actor, row: StepPlan) -> None:
    raise_notice(
        session,
        work,
        kind=NoticeKind.PLAN_CHANGED,
        participant_id=row.participant_id,
        program_id=row.program_id,
        placement_id=row.placement_id,
        from_account_id=actor.account_id,
    )
