"""The statements for what stands beside the answers: milestones, the occasions they rest on, phase lines."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Executable, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import Session

from placement.domain.milestones import RuleKind
from placement.domain.occasions import OccasionKind
from placement.models.feedback.observation import Feedback
from placement.models.feedback.rater import Rater
from placement.models.programs.catalog import Task
from placement.models.progress.milestone import ChartEvent, Milestone, MilestoneRule
from placement.models.progress.plan import Probe
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.progress.reading import KEPT, Rows
from placement.queries.progress.records import Reached

#: Comments are looked for on this many of the latest occasions.
LATEST_OCCASIONS = 40
MOST_MILESTONES = 300
MOST_EVENTS = 40

_CHECKS = (
    select(
        Probe.milestone_id,
        func.max(case((Probe.kept.is_(True), Probe.due_on))).label("kept"),
        func.max(case((Probe.kept.is_(False), Probe.due_on))).label("lost"),
        func.min(case((Probe.done_on.is_(None), Probe.due_on))).label("open"),
    )
    .where(Probe.participant_id == bindparam("participant"))
    .group_by(Probe.milestone_id)
    .subquery()
)
_MILESTONES = (
    select(
        MilestoneRule.id.label("rule_id"), MilestoneRule.kind, MilestoneRule.percent, MilestoneRule.occasions,
        MilestoneRule.raters, MilestoneRule.amount, MilestoneRule.archived_at,
        Milestone.public_id, Milestone.task_id, Task.name.label("task"), Milestone.reached_at, Milestone.reached_on,
        Milestone.evidence, Milestone.seen_at, Milestone.withdrawn_at, Milestone.told_at,
        MilestoneRule.name.label("words"), MilestoneRule.task_id.label("rule_task"),
        _CHECKS.c.kept, _CHECKS.c.lost, _CHECKS.c.open,
    )
    .outerjoin(
        Milestone, and_(Milestone.rule_id == MilestoneRule.id, Milestone.participant_id == bindparam("participant"))
    )
    .outerjoin(Task, Task.id == Milestone.task_id)
    .outerjoin(_CHECKS, _CHECKS.c.milestone_id == Milestone.id)
    .where(
        or_(MilestoneRule.participant_id.is_(None), MilestoneRule.participant_id == bindparam("participant")),
        or_(
            Milestone.id.is_not(None),
            and_(MilestoneRule.archived_at.is_(None), MilestoneRule.kind == RuleKind.CONSECUTIVE_TASK),
        )
    )
    .order_by(Milestone.reached_at.desc().nulls_first(), Milestone.id.desc())
    .limit(MOST_MILESTONES)
)  # fmt: skip


def milestones(db: Session, actor: Actor, participant_id: int) -> Rows:
    """Rules with what the participant reached by them; also rules for tasks not reached yet, without a milestone."""
    return db.execute(_milestones(actor), {"participant": participant_id}).all()


@lru_cache(maxsize=KEPT)
def _milestones(actor: Actor) -> Executable:
    seen = (scope.in_program(actor, MilestoneRule.program_id), or_(Milestone.task_id.is_(None), scope.tasks(actor)))
    return _MILESTONES.where(*seen)


def _occasions() -> Executable:
    latest = (
        select(Occasion.id)
        .where(Occasion.participant_id == bindparam("participant"), Occasion.starts_at <= bindparam("now"))
        .order_by(Occasion.starts_at.desc())
        .limit(LATEST_OCCASIONS)
    )
    return (
        select(
            Occasion.id, Occasion.local_day, Rater.name.label("rater"),
            case((Occasion.kind == OccasionKind.SHIFT, Occasion.public_id)).label("public_id"),
            Feedback.went_well, Feedback.try_next, Feedback.released_at,
        )
        .outerjoin(Feedback, and_(Feedback.occasion_id == Occasion.id, Feedback.withdrawn_at.is_(None)))
        .outerjoin(Rater, Rater.id == Feedback.rater_id)
        .where(
            Occasion.participant_id == bindparam("participant"),
            or_(
                Occasion.id.in_(bindparam("evidence", expanding=True)),
                and_(Occasion.id.in_(latest), or_(Feedback.went_well != "", Feedback.try_next != "")),
            ),
        )
        .order_by(Occasion.starts_at.desc(), Feedback.id)
    )  # fmt: skip


_OCCASIONS = _occasions()


def occasions(db: Session, participant_id: int, evidence: Collection[int], now: datetime) -> Rows:
    """The occasions of ``evidence``, and the latest ones about which somebody wrote something."""
    wanted = {"participant": participant_id, "evidence": sorted(evidence), "now": now}
    return db.execute(_OCCASIONS, wanted).all()


_EVENTS = (
    select(ChartEvent.public_id, ChartEvent.kind, ChartEvent.day, ChartEvent.task_id, Task.name, ChartEvent.text)
    .outerjoin(Task, Task.id == ChartEvent.task_id)
    .where(ChartEvent.participant_id == bindparam("participant"))
    .order_by(ChartEvent.day.desc(), ChartEvent.id.desc())
    .limit(MOST_EVENTS)
)


def events(db: Session, actor: Actor, participant_id: int) -> Rows:
    """The latest phase lines, newest first."""
    seen = (scope.in_program(actor, ChartEvent.program_id), or_(ChartEvent.task_id.is_(None), scope.tasks(actor)))
    return db.execute(_EVENTS.where(*seen), {"participant": participant_id}).all()


def reached_in(db: Session, actor: Actor, participant_id: int, task_id: int) -> tuple[Reached, ...]:
    """Those of the task that stand, for the stars on its chart."""
    return tuple(
        Reached(
            row.public_id, RuleKind(row.kind), row.percent, row.occasions, row.amount, row.task_id, row.task, row.words,
            row.reached_on, (), 0, None,
        )
        for row in milestones(db, actor, participant_id)
        if row.public_id is not None and row.task_id == task_id and row.withdrawn_at is None
    )  # fmt: skip
