"""Rows of summaries: what is kept of a task, its weeks, a placement. Only what differs is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from placement.domain import summaries
from placement.domain.milestones import ShiftPoint, TaskPoint
from placement.models.progress.summary import PlacementSummary, TaskSummary, TaskWeek

_TASK = tuple(part.name for part in fields(summaries.TaskSummary))
_TASKS = select(TaskSummary.task_id, *(getattr(TaskSummary, name) for name in _TASK)).where(
    TaskSummary.participant_id == bindparam("person"), TaskSummary.task_id.in_(bindparam("tasks", expanding=True))
)
_WEEKS = select(TaskWeek.task_id, TaskWeek.monday, TaskWeek.median, TaskWeek.rated).where(
    TaskWeek.participant_id == bindparam("person"), TaskWeek.task_id.in_(bindparam("tasks", expanding=True))
)
_ONE_WEEK = _WEEKS.where(TaskWeek.monday == bindparam("monday"))
_NUMBERS = tuple(summaries.placement_numbers(()))
_PLACEMENT = select(*(getattr(PlacementSummary, name) for name in _NUMBERS)).where(
    PlacementSummary.placement_id == bindparam("placement")
)

Key = tuple[Any, ...]
Rows = Mapping[Key, Key]


@dataclass(frozen=True, slots=True)
class Person:
    """Whose progress it is."""

    id: int
    program_id: int
    account_id: int | None

    @property
    def owner(self) -> dict[str, int]:
        """The columns that say so."""
        return {"program_id": self.program_id, "participant_id": self.id}


def write_tasks(
    session: Session, person: Person, task_ids: Collection[int], new: Mapping[int, summaries.TaskSummary]
) -> None:
    """Make ``new`` all there is of these tasks."""
    if not task_ids:
        return
    stored = session.execute(_TASKS, {"person": person.id, "tasks": sorted(task_ids)})
    old = {(task,): tuple(values) for task, *values in stored}
    now = {(task,): tuple([getattr(summary, name) for name in _TASK]) for task, summary in new.items()}
    _write(session, TaskSummary, person.owner, ("task_id",), _TASK, old, now)


def write_weeks(
    session: Session,
    person: Person,
    task_ids: Collection[int],
    points: Iterable[TaskPoint],
    only: date | None = None,
) -> None:
    """The medians of these tasks' weeks, or only of the week of one day. ``points`` are all there are of them."""
    if not task_ids:
        return
    wanted: dict[str, Any] = {"person": person.id, "tasks": sorted(task_ids)}
    if only is not None:
        wanted["monday"], sunday = summaries.week_of(only)
        points = [point for point in points if wanted["monday"] <= point.day <= sunday]
    stored = session.execute(_WEEKS if only is None else _ONE_WEEK, wanted)
    of_task: dict[int, list[TaskPoint]] = defaultdict(list)
    for point in points:
        of_task[point.task].append(point)
    now = {
        (task, monday): tuple(week)
        for task, of_weeks in of_task.items()
        for monday, week in summaries.week_medians(of_weeks).items()
    }
    old = {(task, monday): tuple(values) for task, monday, *values in stored}
    _write(session, TaskWeek, person.owner, ("task_id", "monday"), ("median", "rated"), old, now)


def write_placement(session: Session, program_id: int, placement_id: int, shifts: Iterable[ShiftPoint]) -> None:
    """A placement's numbers; ``shifts``: all of its person's."""
    numbers = summaries.placement_numbers([shift for shift in shifts if shift.placement == placement_id])
    now = {(placement_id,): tuple(numbers.values())}
    row = session.execute(_PLACEMENT, {"placement": placement_id}).one_or_none()
    old: Rows = {} if row is None else {(placement_id,): tuple(row)}
    _write(session, PlacementSummary, {"program_id": program_id}, ("placement_id",), _NUMBERS, old, now)


def _write(
    session: Session,
    model: type[TaskSummary | TaskWeek | PlacementSummary],
    owner: Mapping[str, int],
    keys: Sequence[str],
    names: Sequence[str],
    old: Rows,
    now: Rows,
) -> None:
    """Make the rows ``now`` of ``old`` ones: key → values, in the order of the columns ``keys`` and ``names``."""
    rows = {
        key: {**owner, **dict(zip(keys, key, strict=True)), **dict(zip(names, values, strict=True))}
        for key, values in now.items()
        if old.get(key) != values
    }
    if new := [row for key, row in rows.items() if key not in old]:
        session.execute(insert(model), new)
    if changed := [row for key, row in rows.items() if key in old]:
        session.execute(update(model), changed)
    for key in old.keys() - now.keys():
        session.execute(delete(model).filter_by(**owner, **dict(zip(keys, key, strict=True))))
