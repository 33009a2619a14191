"""What share of the tasks somebody does alone, and how long a coach was there: five statements, bounded rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from placement.domain.contacts import ContactKind, with_coach
from placement.domain.occasions import OccasionKind
from placement.domain.profiles import full_name
from placement.domain.summaries import monday_of
from placement.domain.support import CanonicalRank
from placement.models.contacts.contact import Contact
from placement.models.feedback.observation import Observation
from placement.models.feedback.rater import Rater
from placement.models.participants.participant import Participant
from placement.models.programs.catalog import Task
from placement.models.progress.summary import TaskWeek
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.progress import reading, reading_marks
from placement.queries.progress.counted import counting
from placement.queries.progress.records import EventRow

#: Past so many rated occasions there are weeks instead.
MOST_OCCASIONS = 60
#: How far back weeks are read, this one included.
WEEKS = 156


@dataclass(frozen=True, slots=True)
class Share:
    """``alone`` of ``tried`` tasks on an occasion, or in a week by each task's middle answer. ``shift``: public id."""

    day: date
    alone: int
    tried: int
    shift: str | None = None


@dataclass(frozen=True, slots=True)
class CoachedWeek:
    """A week's minutes with a coach, and percent of the tasks done alone; None where none was tried."""

    monday: date
    coached: int
    alone: float | None


@dataclass(frozen=True, slots=True)
class Independence:
    """``by_week``: ``shares`` are weeks. ``weeks``: without gaps from the first with anything to this one."""

    participant_id: int
    public_id: str
    name: str
    shares: tuple[Share, ...]
    by_week: bool
    weeks: tuple[CoachedWeek, ...]
    events: tuple[EventRow, ...]


def independence(db: Session, actor: Actor, public_id: str, today: date) -> Independence:
    """Raises NotFound out of sight, Forbidden for whoever may not see how much somebody is coached."""
    person = reading.person(db, actor, Participant.public_id == public_id)[0]
    ensure(actor, Permission.FADING_SEE, Facts(actor.program, person.id))
    first = monday_of(today) - timedelta(weeks=WEEKS - 1)
    occasions = _occasions(db, actor, person.id)
    weeks = weekly_shares(db, actor, person.id, first)
    by_week = len(occasions) > MOST_OCCASIONS
    coached = _coached(db, person.id, first, today)
    events = reading_marks.events(db, actor, person.id)
    return Independence(
        participant_id=person.id,
        public_id=person.public_id,
        name=full_name(person.preferred_name, person.family_name),
        shares=tuple(weeks if by_week else occasions),
        by_week=by_week,
        weeks=_joined(weeks, coached, today),
        events=tuple(EventRow(*event) for event in events if event.task_id is None),
    )


def _occasions(db: Session, actor: Actor, participant_id: int) -> list[Share]:
    """The latest, one more than is drawn, oldest first. Of a task's raters the one who saw more support decides."""
    rated = (
        select(Observation.id)
        .join(Rater, Rater.id == Observation.rater_id)
        .where(counting(participant_id), Observation.occasion_id == Occasion.id)
        .correlate(Occasion)
        .exists()
    )
    latest = (
        select(Occasion.id)
        .where(Occasion.participant_id == participant_id, rated)
        .order_by(Occasion.starts_at.desc(), Occasion.id.desc())
        .limit(MOST_OCCASIONS + 1)
    )
    tasks = (
        select(Observation.occasion_id, func.min(Observation.rank).label("rank"))
        .join(Rater, Rater.id == Observation.rater_id)
        .join(Task, Task.id == Observation.task_id)
        .where(counting(participant_id), scope.tasks(actor), Observation.occasion_id.in_(latest))
        .group_by(Observation.occasion_id, Observation.task_id)
        .subquery()
    )
    rows = db.execute(
        select(
            Occasion.local_day,
            func.sum(case((tasks.c.rank >= CanonicalRank.INDEPENDENT, 1), else_=0)),
            func.count(),
            case((Occasion.kind == OccasionKind.SHIFT, Occasion.public_id)),
        )
        .join(tasks, tasks.c.occasion_id == Occasion.id)
        .group_by(Occasion.id)
        .order_by(Occasion.starts_at, Occasion.id)
    )
    return [Share(*row) for row in rows]


def weekly_shares(db: Session, actor: Actor, participant_id: int, first: date) -> list[Share]:
    """Weeks from ``first`` on, in order of time; the participant was in sight. One statement."""
    rows = db.execute(
        select(
            TaskWeek.monday, func.sum(case((TaskWeek.median >= CanonicalRank.INDEPENDENT, 1), else_=0)), func.count()
        )
        .join(Task, Task.id == TaskWeek.task_id)
        .where(TaskWeek.participant_id == participant_id, TaskWeek.monday >= first, scope.tasks(actor))
        .group_by(TaskWeek.monday)
        .order_by(TaskWeek.monday)
    )
    return [Share(*row) for row in rows]


def _coached(db: Session, participant_id: int, first: date, today: date) -> Sequence[Any]:
    kinds = [kind for kind in ContactKind if with_coach(kind)]
    return db.execute(
        select(Contact.day, func.sum(Contact.minutes))
        .where(Contact.participant_id == participant_id, Contact.day.between(first, today), Contact.kind.in_(kinds))
        .group_by(Contact.day)
    ).all()


def _joined(weeks: Sequence[Share], coached: Sequence[Any], today: date) -> tuple[CoachedWeek, ...]:
    minutes: dict[date, int] = {}
    for day, amount in coached:
        minutes[monday_of(day)] = minutes.get(monday_of(day), 0) + int(amount)
    alone = {week.day: 100 * week.alone / week.tried for week in weeks}
    monday = min([*minutes, *alone], default=monday_of(today))
    found = []
    while monday <= today:
        found.append(CoachedWeek(monday, minutes.get(monday, 0), alone.get(monday)))
        monday += timedelta(weeks=1)
    return tuple(found)
