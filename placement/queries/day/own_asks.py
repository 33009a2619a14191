"""What a participant may say something about today: the shift that is just over, goals whose day has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Date, cast, exists, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from placement.domain.goals import EARLY, is_due
from placement.domain.shifts import Attendance
from placement.domain.support import RaterKind
from placement.models.employers.employer import Employer, Site
from placement.models.feedback.observation import Observation
from placement.models.feedback.rater import Rater
from placement.models.progress.plan import Goal, GoalRating
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.queries import scope

#: How long after a shift the day page offers one's own view of it; the shift's page offers it longer.
OFFERED = timedelta(hours=36)
MOST_GOALS = 40


@dataclass(frozen=True, slots=True)
class Ask:
    """A shift (``name``: the employer's) or a goal (its title), by public id; ``day``: when it was, or is due."""

    public_id: str
    name: str
    day: date


@dataclass(frozen=True, slots=True)
class OwnAsks:
    shift: Ask | None
    goals: tuple[Ask, ...]


def own_asks(db: Session, actor: Actor, now: datetime) -> OwnAsks:
    """Of the participant who asks, who said nothing about it yet; the longest due first. One statement."""
    shift, goals = _shift(actor, now), _goals(actor, actor.today(now))
    rows: Sequence[Any] = db.execute(union_all(select(shift), select(goals))).all()
    over = [Ask(*row[1:4]) for row in rows if row.what == "shift"]
    due = [Ask(*row[1:4]) for row in rows if row.what == "goal" and is_due(row.day, row.rated_on, actor.today(now))]
    return OwnAsks(over[0] if over else None, tuple(sorted(due, key=lambda ask: ask.day)))


def _shift(actor: Actor, now: datetime) -> Any:
    said = (
        exists()
        .where(Observation.occasion_id == Occasion.id, Observation.replaced_at.is_(None))
        .where(Rater.id == Observation.rater_id, Rater.kind == RaterKind.SELF)
    )
    return (
        select(
            literal("shift").label("what"),
            Occasion.public_id,
            Employer.name,
            Shift.day,
            cast(null(), Date).label("rated_on"),
        )  # fmt: skip
        .join(Shift, Shift.id == Occasion.id)
        .join(Site, Site.id == Shift.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(
            scope.in_program(actor, Occasion.program_id),
            Occasion.participant_id == actor.participant_id,
            Occasion.ends_at.between(now - OFFERED, now),
            Occasion.attendance.not_in((Attendance.ABSENT, Attendance.EXCUSED)),
            Shift.cancelled_at.is_(None),
            ~said,
        )
        .order_by(Occasion.ends_at.desc())
        .limit(1)
        .subquery()
    )


def _goals(actor: Actor, today: date) -> Any:
    rated_on = select(func.max(GoalRating.day)).where(GoalRating.goal_id == Goal.id).scalar_subquery().label("rated_on")
    return (
        select(literal("goal").label("what"), Goal.public_id, Goal.title, Goal.due_on.label("day"), rated_on)
        .where(
            scope.goals(actor),
            Goal.participant_id == actor.participant_id,
            Goal.archived_at.is_(None),
            Goal.due_on <= today + EARLY,
        )
        .order_by(Goal.due_on.desc(), Goal.id)
        .limit(MOST_GOALS)
        .subquery()
    )
