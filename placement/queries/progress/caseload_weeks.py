"""What a caseload line is drawn from, and the next check of what was mastered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Integer, String, cast, func, null, select, union_all
from sqlalchemy.orm import Session

from placement.models.programs.catalog import Task
from placement.models.programs.scale import SupportLevel, SupportScale
from placement.models.progress.milestone import Milestone
from placement.models.progress.plan import Probe
from placement.models.progress.summary import TaskSummary, TaskWeek
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.progress.records import LevelName

Words = Mapping[str, str]
#: How far back small charts go.
DRAWN = timedelta(weeks=12)


def weeks_of(today: date) -> Any:
    """The task's last weeks as "2026-11-16=5.5,…": a row each would repeat the task many times over."""
    one = cast(TaskWeek.monday, String).concat("=").concat(cast(TaskWeek.median, String))
    return (
        select(func.aggregate_strings(one, ","))
        .where(
            TaskWeek.participant_id == TaskSummary.participant_id,
            TaskWeek.task_id == TaskSummary.task_id,
            TaskWeek.monday > today - DRAWN,
        )
        .correlate(TaskSummary)
        .scalar_subquery()
    )


def read_weeks(weeks: str | None) -> list[tuple[date, float]]:
    """The inverse: Monday and median rank."""
    pairs = [part.split("=") for part in (weeks or "").split(",") if part]
    return [(date.fromisoformat(monday), float(rank)) for monday, rank in pairs]


def checks_and_levels(
    db: Session, actor: Actor, people: Sequence[int]
) -> tuple[dict[int, tuple[Words, date]], tuple[LevelName, ...]]:
    """Each person's next open check; and, to save a statement, the levels of the scale in force."""
    checks = (
        select(Probe.participant_id, Task.name, Probe.due_on, cast(null(), Integer).label("rank"))
        .join(Milestone, Milestone.id == Probe.milestone_id)
        .join(Task, Task.id == Milestone.task_id)
        .where(
            Probe.participant_id.in_(people),
            Probe.done_on.is_(None),
            Milestone.withdrawn_at.is_(None),
            scope.tasks(actor),
        )
    )
    newest = select(func.max(SupportScale.number)).where(scope.in_program(actor, SupportScale.program_id))
    levels = (
        select(cast(null(), Probe.participant_id.type), SupportLevel.name, cast(null(), Probe.due_on.type),
               SupportLevel.rank)
        .join(SupportScale, SupportScale.id == SupportLevel.scale_id)
        .where(
            scope.in_program(actor, SupportScale.program_id), SupportScale.number == newest.scalar_subquery()
        )
    )  # fmt: skip
    rows = db.execute(union_all(checks, levels)).all()
    found: dict[int, tuple[Words, date]] = {}
    for participant, name, due, rank in rows:
        if rank is None and (participant not in found or due < found[participant][1]):
            found[participant] = (name, due)
    names = (LevelName(row.rank, row.name) for row in rows if row.rank is not None)
    return found, tuple(sorted(names, key=lambda level: level.rank))
