"""What feedback and attendance mean for progress: milestones and summaries, in the change's own transaction.

Both are recomputed from the participant's history by the domain's pure rules, so a retry adds nothing, a correction
takes back, and ``progress rebuild`` comes to the same rows.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from placement.domain import summaries
from placement.domain.milestones import History
from placement.models.feedback.observation import Observation
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.progress.milestone import Milestone
from placement.models.progress.summary import TaskSummary, TaskWeek
from placement.policy.actor import Actor, System
from placement.policy.device import Device
from placement.policy.family import FamilyPhone
from placement.queries.progress.past import Past, past
from placement.usecases.effects.approvals import write_approvals
from placement.usecases.effects.earned import Refreshed, write_milestones
from placement.usecases.effects.probes import write_probes
from placement.usecases.effects.summary_rows import Person, write_placement, write_tasks, write_weeks
from placement.usecases.transaction import Work

__all__ = ["Refreshed", "refresh_everything", "refresh_progress"]


def refresh_progress(
    session: Session,
    work: Work,
    actor: Actor | System | Device | FamilyPhone,
    participant_id: int,
    task_ids: Collection[int],
    placement_id: int | None,
    only: date | None = None,
) -> Refreshed:
    """Bring milestones and summaries up to date after a change to these tasks' observations or to a shift.

    Call it once the changed rows are added to the session. Besides these tasks it looks at those rated on the
    placement's shifts: whether one of them took place says how much of their time is rated.

    ``only``: all that changed was said of one occasion, on this local day, and it counts as taken place or not as it
    did before. Then nothing can have changed for other tasks, nor in other weeks.
    """
    session.flush()
    person = _lock(session, participant_id)
    found = past(session, participant_id)
    if placement_id is not None and only is None:
        task_ids = {*task_ids, *found.rated_at(placement_id)}
    refreshed = _refresh(session, work, actor, person, task_ids, found, only)
    if placement_id is not None:
        write_placement(session, person.program_id, placement_id, found.shifts)
        write_approvals(session, person.id, found.shifts)
    return refreshed


def refresh_everything(
    session: Session, work: Work, actor: Actor | System | Device | FamilyPhone, participant_id: int
) -> Refreshed:
    """The same for all tasks and placements of a participant, whatever is stored."""
    session.flush()
    person = _lock(session, participant_id)
    tasks: set[int] = set()
    for column, owner in (
        (Observation.task_id, Observation.participant_id),
        (TaskSummary.task_id, TaskSummary.participant_id),
        (TaskWeek.task_id, TaskWeek.participant_id),
        (Milestone.task_id, Milestone.participant_id),
    ):
        tasks |= {task for task in session.scalars(select(column).where(owner == participant_id).distinct()) if task}
    found = past(session, participant_id)
    refreshed = _refresh(session, work, actor, person, tasks, found)
    placements = select(Placement.id, Placement.program_id).where(Placement.participant_id == participant_id)
    for placement_id, program_id in session.execute(placements):
        write_placement(session, program_id, placement_id, found.shifts)
    write_approvals(session, participant_id, found.shifts)
    return refreshed


def _refresh(
    session: Session,
    work: Work,
    actor: Actor | System | Device | FamilyPhone,
    person: Person,
    task_ids: Collection[int],
    found: Past,
    only: date | None = None,
) -> Refreshed:
    points = found.points(task_ids)
    refreshed, mastered = write_milestones(session, work, actor, person, task_ids, History(points, found.shifts))
    write_probes(session, person.program_id, person.id, mastered, points)
    write_tasks(session, person, task_ids, summaries.task_summaries(points, found.shifts, found.not_done))
    write_weeks(session, person, task_ids, points, only)
    return refreshed


_PERSON = (
    select(Participant.id, Participant.program_id, Participant.account_id)
    .where(Participant.id == bindparam("person"))
    .with_for_update(key_share=True)
)


def _lock(session: Session, participant_id: int) -> Person:
    """One writer at a time for a participant's progress; two would each miss what the other has just written."""
    return Person(*session.execute(_PERSON, {"person": participant_id}).one())
