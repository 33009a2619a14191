"""Goals whose day has come, for the day page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from placement.models.progress.plan import Goal, GoalRating
from placement.policy.actor import Actor
from placement.queries import scope

#: How many days before its day a goal is worth a look; a rating from then on answers it.
EARLY = timedelta(days=7)
MOST = 6


@dataclass(frozen=True, slots=True)
class DueGoal:
    public_id: str
    title: str
    due_on: date


def own_due_goals(db: Session, actor: Actor, today: date) -> tuple[DueGoal, ...]:
    """Of the participant who asks; the longest due first. One statement."""
    said = exists().where(GoalRating.goal_id == Goal.id, GoalRating.day >= Goal.due_on - EARLY)
    rows: Sequence[Any] = db.execute(
        select(Goal.public_id, Goal.title, Goal.due_on)
        .where(
            scope.goals(actor),
            Goal.participant_id == actor.participant_id,
            Goal.archived_at.is_(None),
            Goal.due_on <= today + EARLY,
            ~said,
        )
        .order_by(Goal.due_on, Goal.id)
        .limit(MOST)
    ).all()
    return tuple(DueGoal(*row) for row in rows)
