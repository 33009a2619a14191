"""The tasks of the people of a caseload, as the latest stretch has them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, case, exists, func, select
from sqlalchemy.orm import Session

from placement.domain.milestones import RuleKind
from placement.domain.verdict import Trend
from placement.models.programs.catalog import Task
from placement.models.progress.milestone import Milestone, MilestoneRule
from placement.models.progress.summary import TaskSummary
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.progress.caseload_weeks import read_weeks, weeks_of

Words = Mapping[str, str]
#: A task nobody has seen for longer is no matter for the line.
CURRENT = timedelta(weeks=8)
_ORDER = (Trend.NEEDS_MORE_HELP, Trend.GROWING, Trend.STEADY, Trend.TOO_EARLY)


@dataclass(frozen=True, slots=True)
class TaskMark:
    """A task as the latest stretch has it; ``run``: how often alone in a row, of ``needed`` for mastery; 0: reached."""

    name: Words
    trend: Trend
    since: date | None
    run: int
    needed: int


@dataclass(frozen=True, slots=True)
class CaseTasks:
    """By participant, absent without tasks seen lately. ``weeks``: (Monday, median rank) of each task.

    ``rated``: percent of the shifts since something last changed that are rated.
    """

    marks: Mapping[int, list[TaskMark]]
    rated: Mapping[int, int]
    weeks: Mapping[int, list[tuple[date, float]]]


def tasks_of(db: Session, actor: Actor, people: Sequence[int], today: date) -> CaseTasks:
    """The tasks of these people, by their keys; one statement."""
    marks: dict[int, list[TaskMark]] = defaultdict(list)
    rated: Counter[int] = Counter()
    shifts: Counter[int] = Counter()
    weeks: dict[int, list[tuple[date, float]]] = defaultdict(list)
    for row in _rows(db, actor, people, today):
        weeks[row.participant_id] += read_weeks(row.weeks)
        mark = TaskMark(row.name, row.trend, row.trend_since, row.run_alone, row.needed or 0)
        marks[row.participant_id].append(mark)
        rated[row.participant_id] += row.trend_rated
        shifts[row.participant_id] += row.trend_shifts
    for tasks in marks.values():
        tasks.sort(key=lambda task: _ORDER.index(task.trend))
    return CaseTasks(marks, {key: round(100 * rated[key] / count) for key, count in shifts.items() if count}, weeks)


def _rows(db: Session, actor: Actor, people: Sequence[int], today: date) -> Sequence[Any]:
    needed = case((_mastered(), 0), else_=_needed(actor)).label("needed")
    return db.execute(
        select(
            TaskSummary.participant_id, Task.name, TaskSummary.trend, TaskSummary.trend_since, TaskSummary.run_alone,
            TaskSummary.trend_rated, TaskSummary.trend_shifts, needed, weeks_of(today).label("weeks"),
        )
        .join(Task, Task.id == TaskSummary.task_id)
        .where(
            TaskSummary.participant_id.in_(people),
            TaskSummary.last_day >= today - CURRENT,
            scope.tasks(actor),
        )
        .order_by(TaskSummary.count.desc(), TaskSummary.task_id)
    ).all()  # fmt: skip


def _needed(actor: Actor) -> ScalarSelect[Any]:
    """How often in a row the program's rule asks for."""
    return (
        select(func.min(MilestoneRule.occasions))
        .where(
            scope.in_program(actor, MilestoneRule.program_id),
            MilestoneRule.kind == RuleKind.CONSECUTIVE_TASK,
            MilestoneRule.archived_at.is_(None),
            MilestoneRule.participant_id.is_(None),
            MilestoneRule.task_id.is_(None),
        )
        .scalar_subquery()
    )


def _mastered() -> ColumnElement[bool]:
    return exists().where(
        Milestone.participant_id == TaskSummary.participant_id,
        Milestone.task_id == TaskSummary.task_id,
        Milestone.withdrawn_at.is_(None),
        MilestoneRule.id == Milestone.rule_id,
        MilestoneRule.kind == RuleKind.CONSECUTIVE_TASK,
    )
