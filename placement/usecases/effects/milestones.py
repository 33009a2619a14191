"""Rows of milestones: given, taken back, and back again; each in the change's own transaction.

Most are earned by what was seen at work (``effects.progress`` finds those). A few come from a fact of their own: a step
back of the coach that held, a goal reached, words the participant chose for themself. :func:`give_milestone` and
:func:`take_back_milestone` are for these.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from placement.domain.milestones import GIVEN, Earned, RuleKind
from placement.models.participants.participant import Participant
from placement.models.programs.program import Program
from placement.models.progress.milestone import Milestone, MilestoneRule
from placement.models.system.log import AccessLog
from placement.policy.actor import Actor, System
from placement.policy.device import Device
from placement.policy.family import FamilyPhone
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


def give_milestone(
    session: Session,
    work: Work,
    actor: Actor | System | Device | FamilyPhone,
    participant_id: int,
    kind: RuleKind,
    day: date,
    *,
    placement_id: int | None = None,
    goal_id: int | None = None,
    rule_id: int | None = None,
    evidence: Collection[int] = (),
) -> Milestone | None:
    """A milestone from a fact of its own, on the local ``day`` of that fact. Giving it twice changes nothing.

    ``kind`` is one of ``GIVEN``; it is the same milestone if participant, kind, placement and goal are the same (and
    the rule, where ``rule_id`` names one: words somebody chose). ``evidence``: ids of occasions, may be empty.
    None where the program has no live rule of this kind: then it wants no such milestone.
    """
    row = _standing(session, participant_id, kind, placement_id, goal_id, rule_id)
    program_id, reached_at = _noon(session, participant_id, day)
    if row is not None:
        earned = Earned(row.rule_id, None, placement_id, reached_at, day, tuple(evidence))
        if row.withdrawn_at is not None:
            restore_row(session, work, actor, row, earned)
        else:
            prove_row(row, earned)
        return row
    rule = rule_id or _live_rule(session, program_id, participant_id, kind)
    if rule is None:
        return None
    row = new_row(
        work, program_id, participant_id, Earned(rule, None, placement_id, reached_at, day, tuple(evidence)), goal_id
    )
    session.add(row)
    session.flush()
    audit(session, work, actor, "milestone.give", "milestone", row.id, participant_id=participant_id, kind=kind)
    return row


def _noon(session: Session, participant_id: int, day: date) -> tuple[int, datetime]:
    """The participant's program, and the middle of a local day there."""
    zone, program_id = session.execute(
        select(Program.zone, Program.id)
        .join(Participant, Participant.program_id == Program.id)
        .where(Participant.id == participant_id)
    ).one()
    return program_id, datetime.combine(day, time(12), ZoneInfo(zone)).astimezone(UTC)


def take_back_milestone(
    session: Session,
    work: Work,
    actor: Actor | System | Device | FamilyPhone,
    participant_id: int,
    kind: RuleKind,
    *,
    placement_id: int | None = None,
    goal_id: int | None = None,
    rule_id: int | None = None,
) -> bool:
    """The fact behind a given milestone is gone: withdraw it. False if there was none that stood."""
    row = _standing(session, participant_id, kind, placement_id, goal_id, rule_id)
    if row is None or row.withdrawn_at is not None:
        return False
    account = session.scalar(select(Participant.account_id).where(Participant.id == participant_id))
    withdraw_row(session, work, actor, row, account)
    return True


def new_row(
    work: Work, program_id: int, participant_id: int, earned: Earned, goal_id: int | None = None
) -> Milestone:  # fmt: skip
    """An unsaved row for what was earned."""
    return Milestone(
        program_id=program_id,
        participant_id=participant_id,
        rule_id=earned.rule,
        task_id=earned.task,
        placement_id=earned.placement,
        goal_id=goal_id,
        reached_at=earned.reached_at,
        reached_on=earned.day,
        evidence=list(earned.evidence),
        created_at=work.clock(),
    )


def prove_row(row: Milestone, earned: Earned) -> None:
    """When it was reached and what proves it, as it is known now."""
    row.reached_at = earned.reached_at
    row.reached_on = earned.day
    if row.evidence != list(earned.evidence):
        row.evidence = list(earned.evidence)


def withdraw_row(
    session: Session, work: Work, actor: Actor | System | Device | FamilyPhone, row: Milestone, account_id: int | None
) -> None:
    """Staff see it gone at once; a participant (``account_id``) who has seen it, once somebody has told them."""
    row.withdrawn_at = work.clock()
    if row.seen_at is None and account_id is not None:
        row.seen_at = session.scalar(
            select(func.min(AccessLog.at)).where(
                AccessLog.participant_id == row.participant_id,
                AccessLog.account_id == account_id,
                AccessLog.at >= row.created_at,
            )
        )
    audit(session, work, actor, "milestone.withdraw", "milestone", row.id, participant_id=row.participant_id)


def restore_row(
    session: Session, work: Work, actor: Actor | System | Device | FamilyPhone, row: Milestone, earned: Earned
) -> None:
    """It stands again."""
    row.withdrawn_at = row.told_at = row.told_by_id = None
    if row.seen_at is None:
        # Stored anew: pages opened while it was gone did not show it.
        row.created_at = work.clock()
    prove_row(row, earned)
    audit(session, work, actor, "milestone.restore", "milestone", row.id, participant_id=row.participant_id)


def _standing(
    session: Session,
    participant_id: int,
    kind: RuleKind,
    placement_id: int | None,
    goal_id: int | None,
    rule_id: int | None,
) -> Milestone | None:
    """The row there is, whatever version of the rule gave it; one that stands before one that was withdrawn.

    The participant's row is locked first: two giving at once would each miss what the other has just written.
    """
    if kind not in GIVEN:
        raise ValueError(f"{kind} is earned by what was seen, not given")
    session.flush()
    session.execute(select(Participant.id).where(Participant.id == participant_id).with_for_update(key_share=True))
    return session.scalars(
        select(Milestone)
        .join(MilestoneRule, MilestoneRule.id == Milestone.rule_id)
        .where(
            Milestone.participant_id == participant_id,
            MilestoneRule.kind == kind,
            Milestone.placement_id.is_(None) if placement_id is None else Milestone.placement_id == placement_id,
            Milestone.goal_id.is_(None) if goal_id is None else Milestone.goal_id == goal_id,
            *([] if rule_id is None else [MilestoneRule.id == rule_id]),
        )
        .order_by(Milestone.withdrawn_at.is_not(None), Milestone.id)
    ).first()


def _live_rule(session: Session, program_id: int, participant_id: int, kind: RuleKind) -> int | None:
    """The rule in force for this person; their own before the program's."""
    return session.scalar(
        select(MilestoneRule.id)
        .where(
            MilestoneRule.program_id == program_id,
            MilestoneRule.kind == kind,
            MilestoneRule.archived_at.is_(None),
            or_(MilestoneRule.participant_id.is_(None), MilestoneRule.participant_id == participant_id),
        )
        .order_by(MilestoneRule.participant_id.is_(None), MilestoneRule.number.desc(), MilestoneRule.id)
        .limit(1)
    )
