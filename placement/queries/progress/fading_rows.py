"""The six statements behind how much of a placement is coached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import String, case, cast, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from placement.domain.contacts import ContactKind, with_coach
from placement.domain.errors import NotFound
from placement.domain.events import EventKind
from placement.domain.fading import (
    WATCH_MOST,
)
from placement.domain.fading_reasons import NEW, RATINGS
from placement.models.accounts.account import Account
from placement.models.contacts.contact import Contact
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening, OpeningTask
from placement.models.feedback.observation import Observation
from placement.models.feedback.rater import Rater
from placement.models.limits.limits import PlanStage, StepPlan
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.programs.catalog import Task
from placement.models.progress.milestone import ChartEvent, Milestone
from placement.models.progress.plan import FadingStep, Probe
from placement.models.progress.summary import PlacementSummary, TaskSummary
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.policy.check import allowed
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.progress.counted import counting

MOST_STEPS = 20
#: Marks of a plan's steps among what changed.
_STEP, _HELD = "plan step", "plan held"


def head_of(db: Session, actor: Actor, public_id: str) -> Any:
    """Who, where and since when. Raises NotFound for whoever may not see how much it is coached."""
    row = db.execute(
        select(
            Placement.id, Placement.public_id.label("placement"), Placement.program_id, Placement.participant_id,
            Placement.opening_id, Placement.state, Participant.public_id.label("participant"),
            Participant.preferred_name, Participant.family_name, Employer.name.label("employer"),
            Site.name.label("site"), PlacementSummary.first_shift_day,
        )
        .join(Participant, Participant.id == Placement.participant_id)
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .outerjoin(PlacementSummary, PlacementSummary.placement_id == Placement.id)
        .where(Placement.public_id == public_id, scope.placements(actor))
    ).one_or_none()  # fmt: skip
    if row is None or not allowed(actor, Permission.FADING_SEE, Facts(row.program_id, row.participant_id)):
        raise NotFound
    return row


def shifts_of(db: Session, placement_id: int, first: date, today: date) -> Sequence[Any]:
    """Standing shifts of the weeks shown and of those a step would be watched in, oldest first."""
    return db.execute(
        select(Shift.id, Occasion.local_day.label("day"), Shift.minutes, Occasion.attendance)
        .join(Occasion, Occasion.id == Shift.id)
        .where(
            Shift.placement_id == placement_id,
            Shift.day.between(first, today + WATCH_MOST),
            Shift.cancelled_at.is_(None),
        )
        .order_by(Occasion.starts_at)
    ).all()


@dataclass(frozen=True, slots=True)
class Dated:
    """``steps``: days around now on which a step of the plan of hours begins; ``held``: they hold that plan."""

    coaching: list[Any]
    changes: list[tuple[EventKind, date]]
    steps: list[date]
    held: bool


def dated(db: Session, head: Any, first: date, today: date) -> Dated:
    """Coaching of the weeks shown, what changed lately, and steps of the plan of hours."""
    participant_id = head.participant_id
    coaching = select(
        Contact.day.label("day"), Contact.minutes.label("minutes"), Contact.shift_id.label("shift"),
        literal("", String).label("change"),
    ).where(
        Contact.participant_id == participant_id,
        Contact.day.between(first, today),
        Contact.kind.in_([kind for kind in ContactKind if with_coach(kind)]),
    )  # fmt: skip
    changes = select(ChartEvent.day, null(), null(), cast(ChartEvent.kind, String)).where(
        ChartEvent.participant_id == participant_id, ChartEvent.day.between(today - NEW, today)
    )
    word = case((StepPlan.held_at.is_not(None), _HELD), else_=_STEP)
    steps = (
        select(PlanStage.first_day, null(), null(), word)
        .join(StepPlan, StepPlan.id == PlanStage.plan_id)
        .where(
            StepPlan.placement_id == head.id,
            StepPlan.participant_agreed_at.is_not(None),
            StepPlan.employer_agreed_at.is_not(None),
            StepPlan.stopped_at.is_(None),
            StepPlan.last_day >= today - NEW,
        )
    )
    rows: Sequence[Any] = db.execute(union_all(coaching, changes, steps)).all()
    return Dated(
        [row for row in rows if not row.change],
        [(EventKind(row.change), row.day) for row in rows if row.change and row.change not in (_STEP, _HELD)],
        [row.day for row in rows if row.change == _STEP],
        any(row.change == _HELD for row in rows),
    )


def tasks_of(db: Session, actor: Actor, head: Any) -> Sequence[Any]:
    """The opening's tasks as far as rated, with the checks after mastery."""
    probes = (
        select(Probe.kept)
        .join(Milestone, Milestone.id == Probe.milestone_id)
        .where(
            Milestone.participant_id == head.participant_id,
            Milestone.task_id == TaskSummary.task_id,
            Milestone.withdrawn_at.is_(None),
            Probe.done_on.is_not(None),
        )
        .correlate(TaskSummary)
    )
    last = probes.order_by(Probe.done_on.desc(), Probe.id.desc()).limit(1).scalar_subquery()
    kept = probes.with_only_columns(func.count()).where(Probe.kept.is_(True)).scalar_subquery()
    return db.execute(
        select(Task.name, TaskSummary.trend, TaskSummary.first_day, last.label("last_probe"), kept.label("kept"))
        .join(Task, Task.id == TaskSummary.task_id)
        .join(OpeningTask, OpeningTask.task_id == TaskSummary.task_id)
        .where(
            TaskSummary.participant_id == head.participant_id,
            OpeningTask.opening_id == head.opening_id,
            scope.tasks(actor),
        )
        .order_by(TaskSummary.count.desc(), TaskSummary.task_id)
    ).all()


def ranks_of(db: Session, actor: Actor, head: Any, first: date) -> list[int]:
    """The last ratings on the placement's shifts since ``first``, newest first: one for each shift and task."""
    rows = db.execute(
        select(func.min(Observation.rank))
        .join(Rater, Rater.id == Observation.rater_id)
        .join(Task, Task.id == Observation.task_id)
        .join(Occasion, Occasion.id == Observation.occasion_id)
        .join(Shift, Shift.id == Occasion.id)
        .where(
            counting(head.participant_id),
            Shift.placement_id == head.id,
            Occasion.participant_id == head.participant_id,
            Occasion.starts_at >= datetime.combine(first, time(), UTC),
            scope.tasks(actor),
        )
        .group_by(Observation.occasion_id, Observation.task_id, Occasion.starts_at)
        .order_by(Occasion.starts_at.desc(), Observation.task_id)
        .limit(RATINGS)
    )
    return [rank for (rank,) in rows if rank is not None]


def steps_of(db: Session, placement_id: int) -> Sequence[Any]:
    """The steps taken, the last first."""
    return db.execute(
        select(
            FadingStep.public_id, FadingStep.share_before, FadingStep.share_after, FadingStep.taken_on,
            FadingStep.watch_until, FadingStep.state, FadingStep.ended_on, Account.name, FadingStep.note,
        )
        .join(Account, Account.id == FadingStep.by_account_id)
        .where(FadingStep.placement_id == placement_id)
        .order_by(FadingStep.taken_on.desc(), FadingStep.id.desc())
        .limit(MOST_STEPS)
    ).all()  # fmt: skip
