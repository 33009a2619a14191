"""What the feedback form of one shift needs, and nothing about the person besides: first name, times, tasks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.feedback_links import REOPEN
from placement.domain.occasions import Audience
from placement.domain.practice import AWAY_FROM_SHOPS
from placement.domain.roles import ASSIGNED_ROLES, Role
from placement.domain.shifts import Attendance
from placement.domain.support import NotTodayReason
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import OpeningTask
from placement.models.feedback.observation import Feedback, Observation
from placement.models.feedback.rater import Rater
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.programs.catalog import Task
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.policy.raters import rating_roles
from placement.queries import scope
from placement.queries.feedback.steps import FormStep, form_steps
from placement.queries.programs.scale import LevelRow, current_levels


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """What this rater said about a task: the level's canonical rank, or why not today."""

    rank: int | None
    not_today: NotTodayReason | None


@dataclass(frozen=True, slots=True)
class FormTask:
    public_id: str
    name: Mapping[str, str]
    sentence: Mapping[str, str]
    answer: OwnAnswer | None
    #: Only for coaches and therapists, who may rate them one by one.
    steps: tuple[FormStep, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnFeedback:
    """What this rater sent about the shift."""

    sent_at: datetime
    went_well: str
    try_next: str
    note: str
    unlisted: Sequence[Mapping[str, str]] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class FeedbackForm:
    """Day and times are local to the shop. ``changeable``: nothing sent yet, or sent within the last 7 days."""

    shift: str
    participant_id: int
    name: str
    day: date
    start: time
    end: time
    employer: str
    site: str
    attendance: Attendance
    begun: bool
    cancelled: bool
    changeable: bool
    own: OwnFeedback | None
    tasks: list[FormTask]
    levels: list[LevelRow]


_SHIFT = (
    select(
        Occasion.id, Occasion.participant_id, Shift.program_id, Shift.site_id, Shift.day, Shift.start, Shift.end,
        Shift.cancelled_at, Placement.opening_id, Participant.preferred_name, Employer.name.label("employer"),
        Site.name.label("site"), Occasion.attendance, Occasion.starts_at,
    )
    .select_from(Shift)
    .join(Occasion, Occasion.id == Shift.id)
    .join(Participant, Participant.id == Occasion.participant_id)
    .join(Placement, Placement.id == Shift.placement_id)
    .join(Site, Site.id == Shift.site_id)
    .join(Employer, Employer.id == Site.employer_id)
    .where(Occasion.public_id == bindparam("shift"))
)  # fmt: skip
_OWN = (
    select(
        Feedback.rater_id, Feedback.sent_at, Feedback.went_well, Feedback.try_next, Feedback.note, Feedback.unlisted,
        Feedback.version,
    )
    .join(Rater, Rater.id == Feedback.rater_id)
    .where(
        Feedback.occasion_id == bindparam("occasion"),
        Feedback.withdrawn_at.is_(None),
        Rater.account_id == bindparam("account"),
        Rater.id.in_(bindparam("raters", expanding=True)),
    )
    .order_by(Feedback.id)
    .limit(1)
)  # fmt: skip


def feedback_form(db: Session, actor: Actor, now: datetime, shift: str) -> FeedbackForm:
    """Raises NotFound for a shift out of sight, Forbidden for somebody who may not rate it. Five statements."""
    row = _shift(db, actor, now, shift)
    facts = Facts(row.program_id, row.participant_id, row.site_id, current=bool(row.current))
    ensure(actor, Permission.FEEDBACK_SUBMIT, facts)
    rater, own = _own(db, actor, row.id)
    return FeedbackForm(
        shift=shift,
        participant_id=row.participant_id,
        name=row.preferred_name,
        day=row.day,
        start=row.start,
        end=row.end,
        employer=row.employer,
        site=row.site,
        attendance=row.attendance,
        begun=row.starts_at <= now,
        cancelled=row.cancelled_at is not None,
        changeable=own is None or own.sent_at >= now - REOPEN,
        own=own,
        tasks=_stepwise(db, actor, row, rater, form_tasks(db, actor, row, rater)),
        levels=current_levels(db, row.program_id),
    )


def _shift(db: Session, actor: Actor, now: datetime, shift: str) -> Any:
    current = scope.is_current_for(actor, now)
    row = db.execute(
        _SHIFT.add_columns(current.label("current")).where(scope.shifts(actor, now, current)), {"shift": shift}
    ).one_or_none()
    if row is None:
        raise NotFound
    return row


def _stepwise(db: Session, actor: Actor, shift: Any, rater: int | None, tasks: list[FormTask]) -> list[FormTask]:
    """With their steps, for a coach or therapist of this participant."""
    if not ASSIGNED_ROLES & set(rating_roles(actor, shift.site_id, shift.participant_id)):
        return tasks
    steps = form_steps(db, shift.program_id, [task.public_id for task in tasks], shift.id, rater)
    return [replace(task, steps=steps.get(task.public_id, ())) for task in tasks]


def _own(db: Session, actor: Actor, occasion_id: int) -> tuple[int | None, OwnFeedback | None]:
    named = {"occasion": occasion_id, "account": actor.account_id, "raters": sorted(actor.rater_ids)}
    row = db.execute(_OWN, named).one_or_none()
    return (None, None) if row is None else (row[0], OwnFeedback(*row[1:]))


def form_tasks(db: Session, actor: Actor, shift: Any, rater: int | None) -> list[FormTask]:
    """The opening's tasks, a therapist's private ones with this participant, and whatever this rater has rated.

    What is practiced at home is not asked about after a shift.
    """
    offered = select(OpeningTask.task_id).where(OpeningTask.opening_id == shift.opening_id)
    wanted = [and_(Task.id.in_(offered), Task.archived_at.is_(None))]
    if Role.THERAPIST in rating_roles(actor, shift.site_id, shift.participant_id):
        wanted.append(
            and_(
                Task.audience == Audience.PRIVATE,
                Task.participant_id == shift.participant_id,
                Task.archived_at.is_(None),
                Task.area.not_in(AWAY_FROM_SHOPS),
            )
        )
    own = and_(
        Observation.task_id == Task.id,
        Observation.occasion_id == shift.id,
        Observation.rater_id == (rater or 0),
        Observation.replaced_at.is_(None),
    )
    rows = db.execute(
        select(Task.public_id, Task.name, Task.sentence, Observation.id, Observation.rank, Observation.not_today)
        .outerjoin(Observation, own)
        .where(scope.tasks(actor), or_(*wanted, Observation.id.is_not(None)))
        .order_by(Task.id)
    )
    return [
        FormTask(public, name, sentence, None if answered is None else OwnAnswer(rank, reason))
        for public, name, sentence, answered, rank, reason in rows
    ]
