"""What feedback and attendance mean for progress: milestones and summaries, in the change's own transaction.

Both are recomputed from the participant's history by the domain's pure rules, so a retry adds nothing, a correction
takes back, and ``progress rebuild`` comes to the same rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, fields

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from placement.domain import summaries
from placement.domain.milestones import (
    GIVEN,
    Changes,
    Earned,
    History,
    MilestoneKey,
    StoredMilestone,
    TaskPoint,
    changes,
    detect,
)
from placement.models.feedback.observation import Observation
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.progress.milestone import Milestone, MilestoneRule
from placement.models.progress.summary import PlacementSummary, TaskSummary, TaskWeek
from placement.policy.actor import Actor, System
from placement.policy.device import Device
from placement.policy.family import FamilyPhone
from placement.queries.progress import rule_rows, shift_points, task_points
from placement.queries.progress.rule_rows import RuleRow
from placement.usecases.effects.milestones import new_row, prove_row, restore_row, withdraw_row
from placement.usecases.effects.probes import write_probes
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How many milestones came, went and came back."""

    new: int = 0
    withdrawn: int = 0
    restored: int = 0


@dataclass(frozen=True, slots=True)
class _Person:
    id: int
    program_id: int
    account_id: int | None


def refresh_progress(
    session: Session,
    work: Work,
    actor: Actor | System | Device | FamilyPhone,
    participant_id: int,
    task_ids: Collection[int],
    placement_id: int | None,
) -> Refreshed:
    """Bring milestones and summaries up to date after a change to these tasks' observations or to a shift.

    Call it once the changed rows are added to the session. It reads the history of these tasks only, of those rated on
    the placement's shifts (whether one of them took place says how much of their time is rated), and the shifts.
    """
    session.flush()
    person = _lock(session, participant_id)
    if placement_id is not None:
        task_ids = {*task_ids, *task_points.rated_tasks(session, placement_id)}
    points = task_points.task_points(session, participant_id, task_ids)
    shifts = shift_points.shift_points(session, participant_id)
    rules = rule_rows.rules(session, person.program_id, participant_id)
    stored = _stored(session, participant_id, task_ids)
    earned = detect(History(points, shifts), [row.rule for row in rules])
    diff = changes(
        [StoredMilestone(key, row.withdrawn_at is not None, row.id) for key, row in stored.items()],
        earned,
        [row.rule for row in rules],
    )
    refreshed = _write_milestones(session, work, actor, person, stored, rules, diff)
    write_probes(session, person.program_id, person.id, task_ids, points)
    found = summaries.task_summaries(points, shifts, task_points.not_done(session, participant_id, task_ids))
    _write_tasks(session, person, task_ids, found)
    _write_weeks(session, person, task_ids, points)
    if placement_id is not None:
        _write_placement(session, work, person.program_id, placement_id)
    return refreshed


def refresh_everything(
    session: Session, work: Work, actor: Actor | System | Device | FamilyPhone, participant_id: int
) -> Refreshed:
    """The same for all tasks and placements of a participant, whatever is stored."""
    tasks: set[int] = set()
    for column, owner in (
        (Observation.task_id, Observation.participant_id),
        (TaskSummary.task_id, TaskSummary.participant_id),
        (TaskWeek.task_id, TaskWeek.participant_id),
        (Milestone.task_id, Milestone.participant_id),
    ):
        tasks |= {task for task in session.scalars(select(column).where(owner == participant_id).distinct()) if task}
    refreshed = refresh_progress(session, work, actor, participant_id, tasks, None)
    placements = select(Placement.id, Placement.program_id).where(Placement.participant_id == participant_id)
    for placement_id, program_id in session.execute(placements):
        _write_placement(session, work, program_id, placement_id)
    return refreshed


def _lock(session: Session, participant_id: int) -> _Person:
    """One writer at a time for a participant's progress; two would each miss what the other has just written."""
    row = session.execute(
        select(Participant.id, Participant.program_id, Participant.account_id)
        .where(Participant.id == participant_id)
        .with_for_update(key_share=True)
    ).one()
    return _Person(*row)


def _stored(session: Session, participant_id: int, task_ids: Collection[int]) -> dict[MilestoneKey, Milestone]:
    """What rated occasions and shifts have earned; what comes from a fact of its own is not asked here."""
    rows = session.scalars(
        select(Milestone)
        .join(MilestoneRule, MilestoneRule.id == Milestone.rule_id)
        .where(
            Milestone.participant_id == participant_id,
            MilestoneRule.kind.not_in(GIVEN),
            or_(Milestone.task_id.is_(None), Milestone.task_id.in_(sorted(task_ids))),
        )
    )
    return {(row.rule_id, row.task_id, row.placement_id): row for row in rows}


def _write_milestones(
    session: Session,
    work: Work,
    actor: Actor | System | Device | FamilyPhone,
    person: _Person,
    stored: dict[MilestoneKey, Milestone],
    rules: Iterable[RuleRow],
    diff: Changes,
) -> Refreshed:
    for earned in diff.kept:
        prove_row(stored[earned.key], earned)
    for gone in diff.withdrawn:
        withdraw_row(session, work, actor, stored[gone.key], person.account_id)
    for earned in diff.restored:
        restore_row(session, work, actor, stored[earned.key], earned)
    new = [earned for earned in diff.new if _may_give(earned, stored, {row.rule.id: row for row in rules})]
    for earned in new:
        session.add(new_row(work, person.program_id, person.id, earned))
    session.flush()
    return Refreshed(len(new), len(diff.withdrawn), len(diff.restored))


def _may_give(earned: Earned, stored: dict[MilestoneKey, Milestone], rules: dict[int, RuleRow]) -> bool:
    """Only live rules give; and not what an earlier version of the same rule has given and nothing has taken back."""
    rule = rules[earned.rule]
    if not rule.live:
        return False
    return not any(
        task == earned.task
        and placement == earned.placement
        and row.withdrawn_at is None
        and rule_id in rules
        and rules[rule_id].key == rule.key
        for (rule_id, task, placement), row in stored.items()
    )


def _write_tasks(
    session: Session, person: _Person, task_ids: Collection[int], new: dict[int, summaries.TaskSummary]
) -> None:
    if not task_ids:
        return
    wanted = sorted(task_ids)
    rows = session.scalars(
        select(TaskSummary).where(TaskSummary.participant_id == person.id, TaskSummary.task_id.in_(wanted))
    )
    old = {row.task_id: row for row in rows}
    for task in wanted:
        if task in new:
            values = asdict(new[task])
            if task in old:
                _assign(old[task], values)
            else:
                key = {"program_id": person.program_id, "participant_id": person.id, "task_id": task}
                session.add(TaskSummary(**key, **values))
        elif task in old:
            session.delete(old[task])


def _write_weeks(session: Session, person: _Person, task_ids: Collection[int], points: list[TaskPoint]) -> None:
    if not task_ids:
        return
    tasks = sorted(task_ids)
    rows = session.scalars(select(TaskWeek).where(TaskWeek.participant_id == person.id, TaskWeek.task_id.in_(tasks)))
    old = {(row.task_id, row.monday): row for row in rows}
    for task in tasks:
        medians = summaries.week_medians(point for point in points if point.task == task)
        for monday, week in medians.items():
            row = old.pop((task, monday), None)
            if row is None:
                key = {"program_id": person.program_id, "participant_id": person.id, "task_id": task}
                session.add(TaskWeek(**key, monday=monday, median=week.rank, rated=week.n))
            else:
                _assign(row, {"median": week.rank, "rated": week.n})
    for row in old.values():
        session.delete(row)


def _write_placement(session: Session, work: Work, program_id: int, placement_id: int) -> None:
    summary = summaries.placement_summary(shift_points.placement_shifts(session, placement_id), work.clock())
    kept = {column.name for column in PlacementSummary.__table__.columns}
    values = {part.name: getattr(summary, part.name) for part in fields(summary) if part.name in kept}
    row = session.get(PlacementSummary, placement_id)
    if row is None:
        session.add(PlacementSummary(placement_id=placement_id, program_id=program_id, **values))
    else:
        _assign(row, values)


def _assign(row: object, values: dict[str, object]) -> None:
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
