"""One goal with its course, and what a form about it offers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.profiles import full_name
from placement.models.accounts.account import Account
from placement.models.participants.participant import Participant
from placement.models.programs.catalog import Task
from placement.models.progress.plan import Goal, GoalRating, GoalTask
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.goals.listing import GoalRow, goal_row, rows_of
from placement.queries.programs.catalog import TaskRow

#: Ratings shown: two years of weeks.
MOST_RATINGS = 104


@dataclass(frozen=True, slots=True)
class Said:
    """Where the goal stood on a day. ``mine``: the reader said so, and may take it back."""

    public_id: str
    day: date
    score: int
    note: str
    by: str
    mine: bool


@dataclass(frozen=True, slots=True)
class OneGoal:
    """``said``: newest first. ``tasks``: those the reader may know of; ``linked``: public ids of the goal's own."""

    participant_id: int
    participant: str
    name: str
    own: bool
    archived: bool
    version: int
    row: GoalRow
    said: tuple[Said, ...]
    tasks: tuple[TaskRow, ...]
    linked: tuple[str, ...]


def one_goal(db: Session, actor: Actor, public_id: str) -> OneGoal:
    """Three statements. Raises NotFound for a goal out of sight."""
    row = db.execute(
        rows_of()
        .join(Participant, Participant.id == Goal.participant_id)
        .add_columns(
            Goal.id, Goal.version, Participant.id.label("participant_id"), Participant.public_id,
            Participant.preferred_name, Participant.family_name, Participant.archived_at,
        )
        .where(Goal.public_id == public_id, scope.goals(actor))
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    tasks, linked = _tasks(db, actor, row.participant_id, row.id)
    return OneGoal(
        participant_id=row.participant_id,
        participant=row.public_id,
        name=full_name(row.preferred_name, row.family_name),
        own=row.participant_id == actor.participant_id,
        archived=row.archived_at is not None,
        version=row.version,
        row=goal_row(row),
        said=_said(db, actor, row.id),
        tasks=tasks,
        linked=linked,
    )


@dataclass(frozen=True, slots=True)
class WhoseGoal:
    """Whose new goal it is, and the tasks it may be about."""

    participant_id: int
    public_id: str
    name: str
    own: bool
    archived: bool
    tasks: tuple[TaskRow, ...]


def whose_goal(db: Session, actor: Actor, public_id: str) -> WhoseGoal:
    """Two statements. Raises NotFound for a participant out of sight."""
    person = db.execute(
        select(
            Participant.id, Participant.preferred_name, Participant.family_name, Participant.archived_at
        ).where(scope.participants(actor), Participant.public_id == public_id)
    ).one_or_none()  # fmt: skip
    if person is None:
        raise NotFound
    return WhoseGoal(
        participant_id=person.id,
        public_id=public_id,
        name=full_name(person.preferred_name, person.family_name),
        own=person.id == actor.participant_id,
        archived=person.archived_at is not None,
        tasks=_tasks(db, actor, person.id, 0)[0],
    )


def _said(db: Session, actor: Actor, goal_id: int) -> tuple[Said, ...]:
    rows = db.execute(
        select(
            GoalRating.public_id, GoalRating.day, GoalRating.score, GoalRating.note, Account.name,
            GoalRating.by_account_id,
        )
        .join(Account, Account.id == GoalRating.by_account_id)
        .where(GoalRating.goal_id == goal_id)
        .order_by(GoalRating.day.desc(), GoalRating.id.desc())
        .limit(MOST_RATINGS)
    )  # fmt: skip
    return tuple(Said(*row[:5], mine=row[5] == actor.account_id) for row in rows)


def _tasks(db: Session, actor: Actor, participant_id: int, goal_id: int) -> tuple[tuple[TaskRow, ...], tuple[str, ...]]:
    """Live tasks the reader may know of, and those linked, archived ones included."""
    rows = db.execute(
        select(
            Task.id, Task.public_id, Task.key, Task.area, Task.name, Task.sentence, GoalTask.goal_id
        )
        .outerjoin(GoalTask, (GoalTask.task_id == Task.id) & (GoalTask.goal_id == goal_id))
        .where(
            scope.tasks(actor),
            or_(Task.participant_id.is_(None), Task.participant_id == participant_id),
            or_(Task.archived_at.is_(None), GoalTask.goal_id.is_not(None)),
        )
        .order_by(Task.id)
    ).all()  # fmt: skip
    return tuple(TaskRow(*row[:6]) for row in rows), tuple(row.public_id for row in rows if row.goal_id is not None)
