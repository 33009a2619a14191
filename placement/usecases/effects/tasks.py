"""Naming a task in a change: one the actor may know of, and that the participant may have."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.models.programs.catalog import Task
from placement.policy.actor import Actor
from placement.queries import scope


def task_in_sight(session: Session, actor: Actor, public_id: str | None, participant_id: int | None) -> int | None:
    """The task's key; None for no task. Raises NotFound if absent, out of sight, or another participant's own."""
    if not public_id:
        return None
    found = session.scalar(
        select(Task.id).where(Task.public_id == public_id, scope.tasks(actor), whose_tasks(participant_id))
    )
    if found is None:
        raise NotFound
    return found


def whose_tasks(participant_id: int | None) -> ColumnElement[bool]:
    """Everybody's tasks, and this participant's own."""
    return or_(Task.participant_id.is_(None), Task.participant_id == participant_id)
