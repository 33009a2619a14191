"""The steps of tasks on a feedback form, for raters who go through them one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from placement.models.feedback.observation import Observation, ObservationStep
from placement.models.programs.catalog import Task, TaskStep


@dataclass(frozen=True, slots=True)
class FormStep:
    """``rank``: what this rater said of it before, canonical."""

    position: int
    name: Mapping[str, str]
    rank: int | None


def form_steps(
    db: Session, program_id: int, tasks: Collection[str], occasion_id: int, rater: int | None
) -> dict[str, tuple[FormStep, ...]]:
    """Task's public id → its steps in order; tasks without steps are left out. One statement."""
    said = and_(
        Observation.task_id == Task.id,
        Observation.occasion_id == occasion_id,
        Observation.rater_id == (rater or 0),
        Observation.replaced_at.is_(None),
    )
    rows = db.execute(
        select(Task.public_id, TaskStep.position, TaskStep.name, ObservationStep.rank)
        .join(TaskStep, TaskStep.task_id == Task.id)
        .outerjoin(Observation, said)
        .outerjoin(
            ObservationStep,
            and_(ObservationStep.observation_id == Observation.id, ObservationStep.step_id == TaskStep.id),
        )
        .where(Task.program_id == program_id, Task.public_id.in_(sorted(tasks)))
        .order_by(Task.id, TaskStep.position)
    )
    found: dict[str, list[FormStep]] = defaultdict(list)
    for task, position, name, rank in rows:
        found[task].append(FormStep(position, name, rank))
    return {task: tuple(steps) for task, steps in found.items()}
