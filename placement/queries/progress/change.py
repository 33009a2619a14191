"""What changed between then and now, from the weeks the writer keeps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.domain.trend import ThenNow, then_and_now
from placement.models.programs.catalog import Task
from placement.models.progress.summary import TaskWeek
from placement.policy.actor import Actor
from placement.queries import scope

#: "Then" and "now" look back nine weeks from the last one; the rest is for a pause.
LOOK_BACK = timedelta(weeks=20)


def recent_change(db: Session, actor: Actor, participant_id: int, today: date) -> ThenNow | None:
    """The change over the last weeks of a participant the actor may see; one statement, a bounded number of rows."""
    first = select(func.min(TaskWeek.monday)).where(TaskWeek.participant_id == participant_id).scalar_subquery()
    rows = db.execute(
        select(TaskWeek.task_id, TaskWeek.monday, TaskWeek.median, first)
        .join(Task, Task.id == TaskWeek.task_id)
        .where(
            TaskWeek.participant_id == participant_id,
            TaskWeek.monday >= today - LOOK_BACK,
            scope.tasks(actor),
        )
    ).all()
    beginning = rows[0][3] if rows else None
    return change_of([(task, monday, median) for task, monday, median, _ in rows], beginning)


def change_of(weeks: Iterable[tuple[int, date, float]], beginning: date | None) -> ThenNow | None:
    """The change from (task, Monday, median) rows.

    ``beginning`` is the first week of the whole history: rows that start later must not be taken for its start.
    """
    medians: dict[int, dict[date, float]] = defaultdict(dict)
    for task, monday, median in weeks:
        medians[task][monday] = median
    if beginning is not None and medians:
        # No task has the id 0: this only says how far back the history goes.
        medians[0][beginning] = 0.0
    return then_and_now(medians)
