"""What can be rated as practiced at a session, and what was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, or_, select
from sqlalchemy.orm import Session

from placement.domain.occasions import Audience
from placement.domain.sealed import Cipher
from placement.models.feedback.observation import Observation
from placement.models.feedback.rater import Rater
from placement.models.programs.catalog import Task
from placement.models.programs.scale import SupportLevel
from placement.models.progress.summary import TaskSummary
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.programs.scale import LevelRow, current_levels
from placement.queries.sessions.one import Head, session_to_hold

Wording = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PracticeTask:
    """``known``: it was rated before, so that it stands first."""

    public_id: str
    name: Wording
    known: bool


@dataclass(frozen=True, slots=True)
class PracticeForm:
    """``levels``: from most help to none. ``said``: task → canonical rank, as the actor rated it at this session."""

    head: Head
    tasks: tuple[PracticeTask, ...]
    levels: tuple[LevelRow, ...]
    said: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Practiced:
    """One task at a session, with the level in the program's words."""

    task: Wording
    level: Wording


def practice_form(db: Session, actor: Actor, cipher: Cipher, now: datetime, public_id: str) -> PracticeForm:
    """Raises NotFound out of sight, Forbidden for other readers. Four statements."""
    head = session_to_hold(db, actor, cipher, now, public_id)
    seen = case((TaskSummary.task_id.is_not(None), 0), else_=1)
    rows = db.execute(
        select(Task.public_id, Task.name, TaskSummary.task_id)
        .outerjoin(TaskSummary, (TaskSummary.task_id == Task.id) & (TaskSummary.participant_id == head.participant_id))
        .where(
            scope.tasks(actor),
            Task.archived_at.is_(None),
            or_(Task.audience == Audience.PROGRAM, Task.participant_id == head.participant_id),
        )
        .order_by(seen, Task.id)
    )
    tasks = tuple(PracticeTask(key, name, known is not None) for key, name, known in rows)
    said = {row.public_id: row.rank for row in _rated(db, actor, head.id) if row.account_id == actor.account_id}
    return PracticeForm(head, tasks, tuple(current_levels(db, actor.program)), said)


def practiced_at(db: Session, actor: Actor, session_id: int) -> tuple[Practiced, ...]:
    """What was practiced at a session that is in sight. One statement."""
    return tuple(Practiced(row.name, row.level) for row in _rated(db, actor, session_id))


def _rated(db: Session, actor: Actor, session_id: int) -> list[Any]:
    return list(
        db.execute(
            select(
                Task.public_id, Task.name, SupportLevel.name.label("level"), Observation.rank, Rater.account_id,
            )
            .join(Task, Task.id == Observation.task_id)
            .join(Rater, Rater.id == Observation.rater_id)
            .join(SupportLevel, SupportLevel.id == Observation.level_id)
            .where(Observation.occasion_id == session_id, Observation.replaced_at.is_(None), scope.tasks(actor))
            .order_by(Task.id)
        )
    )  # fmt: skip
