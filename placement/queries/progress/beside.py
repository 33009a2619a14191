"""What stands beside the tasks on a progress page: phase lines, goals, and whom to ask; one statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import CompoundSelect, Date, Integer, String, bindparam, cast, literal, null, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from placement.domain.goals import LOWEST
from placement.models.accounts.account import Account, Assignment
from placement.models.programs.catalog import Task
from placement.models.progress.milestone import ChartEvent
from placement.models.progress.plan import Goal, GoalRating
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.progress.reading import KEPT
from placement.queries.progress.reading_marks import MOST_EVENTS
from placement.queries.progress.records import Beside, EventRow, GoalLine

MOST_GOALS = 12
MOST_HELPERS = 6


def beside(db: Session, actor: Actor, participant_id: int, today: date) -> Beside:
    """Phase lines newest first, goals in force by their day, the names of those who look after them today."""
    wanted = {"participant": participant_id, "today": today}
    rows: Sequence[Any] = db.execute(_statement(actor), wanted).all()
    events = [row for row in rows if row.what == "event"]
    goals = [row for row in rows if row.what == "goal"]
    return Beside(
        events=tuple(
            EventRow(row.public_id, row.kind, row.day, row.task_id, row.task, row.text)
            for row in sorted(events, key=lambda row: (row.day, row.number), reverse=True)
        ),
        goals=tuple(_goal(row) for row in sorted(goals, key=lambda row: (row.day or date.max, row.number))),
        helpers=tuple(sorted({row.text for row in rows if row.what == "helper"})),
    )


@lru_cache(maxsize=KEPT)
def _statement(actor: Actor) -> CompoundSelect[Any]:
    return union_all(*(select(part) for part in (_events(actor), _goals(actor), _helpers())))


def _goal(row: Any) -> GoalLine:
    now = "" if row.score is None else row.levels[row.score - LOWEST]
    return GoalLine(row.public_id, row.text, now, row.score, row.scored_on, row.day)


def _events(actor: Actor) -> Any:
    return (
        select(
            literal("event").label("what"), ChartEvent.id.label("number"), ChartEvent.public_id, ChartEvent.kind,
            ChartEvent.day, ChartEvent.task_id, Task.name.label("task"), ChartEvent.text,
            cast(null(), Goal.levels.type).label("levels"), cast(null(), Integer).label("score"),
            cast(null(), Date).label("scored_on"),
        )
        .outerjoin(Task, Task.id == ChartEvent.task_id)
        .where(
            ChartEvent.participant_id == bindparam("participant"),
            scope.in_program(actor, ChartEvent.program_id),
            or_(ChartEvent.task_id.is_(None), scope.tasks(actor)),
        )
        .order_by(ChartEvent.day.desc(), ChartEvent.id.desc())
        .limit(MOST_EVENTS)
        .subquery()
    )  # fmt: skip


def _goals(actor: Actor) -> Any:
    return (
        select(
            literal("goal").label("what"), Goal.id, Goal.public_id, cast(null(), String).label("kind"), Goal.due_on,
            cast(null(), ChartEvent.task_id.type).label("task_id"), cast(null(), Task.name.type).label("task"),
            Goal.title, Goal.levels,
            _latest(GoalRating.score), _latest(GoalRating.day),
        )
        .where(Goal.participant_id == bindparam("participant"), scope.goals(actor), Goal.archived_at.is_(None))
        .order_by(Goal.due_on.is_(None), Goal.due_on, Goal.id)
        .limit(MOST_GOALS)
        .subquery()
    )  # fmt: skip


def _latest(column: InstrumentedAttribute[Any]) -> Any:
    return (
        select(column)
        .where(GoalRating.goal_id == Goal.id)
        .order_by(GoalRating.day.desc(), GoalRating.id.desc())
        .limit(1)
        .correlate(Goal)
        .scalar_subquery()
        .label(f"latest_{column.key}")
    )


def _helpers() -> Any:
    return (
        select(
            literal("helper").label("what"), Assignment.id, Assignment.public_id,
            cast(null(), String).label("kind"), Assignment.first_day,
            cast(null(), ChartEvent.task_id.type).label("task_id"),
            cast(null(), Task.name.type).label("task"), Account.name, cast(null(), Goal.levels.type).label("levels"),
            cast(null(), Integer).label("score"), cast(null(), Date).label("scored_on"),
        )
        .join(Account, Account.id == Assignment.account_id)
        .where(
            Assignment.participant_id == bindparam("participant"),
            Assignment.first_day <= bindparam("today"),
            or_(Assignment.last_day.is_(None), Assignment.last_day >= bindparam("today")),
            Account.archived_at.is_(None),
        )
        .order_by(Assignment.id)
        .limit(MOST_HELPERS)
        .subquery()
    )  # fmt: skip
