"""Checks of mastered tasks, kept beside their milestones: made with them, filled by what is seen later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.maintenance import Check, checks
from placement.domain.milestones import RuleKind, TaskPoint
from placement.models.progress.milestone import Milestone, MilestoneRule
from placement.models.progress.plan import Probe


def write_probes(
    session: Session, program_id: int, participant_id: int, task_ids: Collection[int], points: Iterable[TaskPoint]
) -> None:
    """Bring the checks of the participant's mastered tasks up to date; ``points`` of these tasks are all there are.

    A withdrawn milestone has none; a rule that has ended still says what its milestones must hold.
    """
    if not task_ids:
        return
    wanted = sorted(task_ids)
    mastered = session.execute(
        select(Milestone.id, Milestone.task_id, Milestone.reached_on, Milestone.withdrawn_at, MilestoneRule.percent)
        .join(MilestoneRule, MilestoneRule.id == Milestone.rule_id)
        .where(
            Milestone.participant_id == participant_id,
            Milestone.task_id.in_(wanted),
            MilestoneRule.kind == RuleKind.CONSECUTIVE_TASK,
        )
    ).all()
    if not mastered:
        return
    stored = session.scalars(select(Probe).where(Probe.milestone_id.in_([row.id for row in mastered])))
    old = {(row.milestone_id, row.due_on): row for row in stored}
    of_task: dict[int, list[TaskPoint]] = defaultdict(list)
    for point in points:
        of_task[point.task].append(point)
    for row in mastered:
        found = () if row.withdrawn_at else checks(row.reached_on, row.percent, of_task[row.task_id])
        for check in found:
            _write(session, program_id, participant_id, row.id, old.pop((row.id, check.due_on), None), check)
    for gone in old.values():
        session.delete(gone)


def _write(
    session: Session, program_id: int, participant_id: int, milestone_id: int, row: Probe | None, check: Check
) -> None:
    if row is None:
        row = Probe(
            program_id=program_id, participant_id=participant_id, milestone_id=milestone_id, due_on=check.due_on
        )
        session.add(row)
    row.done_on, row.occasion_id, row.kept = check.done_on, check.occasion, check.kept
