"""The statements behind a progress page, each with a bounded number of rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, func, literal, null, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from placement.domain.errors import NotFound
from placement.domain.milestones import RuleKind
from placement.domain.support import RaterKind
from placement.models.feedback.observation import Feedback, Observation
from placement.models.feedback.rater import Rater
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.programs.catalog import Task
from placement.models.programs.scale import SupportLevel, SupportScale
from placement.models.progress.milestone import ChartEvent, Milestone, MilestoneRule
from placement.models.progress.summary import PlacementSummary, TaskSummary, TaskWeek
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.queries import scope

#: Rows with named columns.
Rows = Sequence[Any]

#: Then and now are compared over the last weeks (see ``domain.trend``).
RECENT = timedelta(weeks=20)
#: How far back weeks are drawn.
LONGEST = timedelta(weeks=156)
#: Comments are looked for on this many of the latest occasions.
LATEST_OCCASIONS = 40
MOST_MILESTONES = 300
MOST_EVENTS = 40


def person(db: Session, actor: Actor, which: ColumnElement[bool]) -> Rows:
    """The participant, once for each level of the scale in force. Raises NotFound out of sight."""
    newest = select(func.max(SupportScale.number)).where(SupportScale.program_id == actor.program_id).scalar_subquery()
    rows = db.execute(
        select(
            Participant.id,
            Participant.public_id,
            Participant.preferred_name,
            Participant.family_name,
            _total(func.sum(PlacementSummary.shifts_done)).label("shifts"),
            _total(func.sum(PlacementSummary.minutes_worked)).label("minutes"),
            _total(func.min(PlacementSummary.first_shift_day)).label("since"),
            SupportLevel.rank,
            SupportLevel.name,
        )
        .outerjoin(SupportScale, and_(SupportScale.program_id == Participant.program_id, SupportScale.number == newest))
        .outerjoin(SupportLevel, SupportLevel.scale_id == SupportScale.id)
        .where(scope.participants(actor), which)
        .order_by(SupportLevel.rank)
    ).all()
    if not rows:
        raise NotFound
    return rows


def _total(figure: ColumnElement[Any]) -> ColumnElement[Any]:
    return (
        select(figure)
        .join(Placement, Placement.id == PlacementSummary.placement_id)
        .where(Placement.participant_id == Participant.id)
        .correlate(Participant)
        .scalar_subquery()
    )


def tasks(db: Session, actor: Actor, participant_id: int) -> Rows:
    """One row for each task ever rated: a program's catalog bounds them."""
    S = TaskSummary
    return db.execute(
        select(
            Task.id, Task.public_id, Task.name, S.count.label("rated"), S.first_rank, S.first_day, S.last_rank,
            S.last_day, S.best_rank, S.run_alone, S.verdict, S.verdict_since,
        )
        .join(Task, Task.id == S.task_id)
        .where(S.participant_id == participant_id, S.count > 0, scope.tasks(actor))
    ).all()  # fmt: skip


def drawn(
    db: Session, participant_id: int, all_tasks: Collection[int], short: Collection[int], weekly: Collection[int],
    latest: date,
) -> Rows:  # fmt: skip
    """What is drawn: single answers of ``short`` tasks, weeks of ``weekly`` ones, and every task's recent weeks.

    Rows are (task, day, rank, count, occasion's public id, occasion, start, raters); weeks have no occasion.
    """
    answers = (
        select(
            Observation.task_id,
            Occasion.local_day,
            func.min(Observation.rank).label("rank"),
            literal(1).label("rated"),
            Occasion.public_id,
            Occasion.id,
            Occasion.starts_at,
            func.aggregate_strings(_saw_it(), ",").label("raters"),
        )
        .join(Occasion, Occasion.id == Observation.occasion_id)
        .join(Rater, Rater.id == Observation.rater_id)
        .where(
            Observation.participant_id == participant_id,
            Observation.task_id.in_(sorted(short)),
            Observation.replaced_at.is_(None),
            Rater.kind != RaterKind.SELF,
        )
        .group_by(Observation.task_id, Occasion.id)
    )
    weeks = select(
        TaskWeek.task_id, TaskWeek.monday, TaskWeek.median, TaskWeek.rated, null(), null(), null(), null()
    ).where(
        TaskWeek.participant_id == participant_id,
        TaskWeek.task_id.in_(sorted(all_tasks)),
        TaskWeek.monday >= latest - LONGEST,
        or_(TaskWeek.monday >= latest - RECENT, TaskWeek.task_id.in_(sorted(weekly))),
    )
    return db.execute(union_all(answers, weeks)).all()


def _saw_it() -> ColumnElement[str]:
    """Who saw the task tried; "not today" is no answer."""
    return case((Observation.rank.is_not(None), cast(Observation.rater_id, String)))


def milestones(db: Session, actor: Actor, participant_id: int) -> Rows:
    """Rules with what the participant reached by them; also rules for tasks not reached yet, without a milestone."""
    R, M = MilestoneRule, Milestone
    return db.execute(
        select(
            R.id.label("rule_id"), R.kind, R.percent, R.occasions, R.raters, R.amount, R.archived_at,
            M.public_id, M.task_id, Task.name.label("task"), M.reached_at, M.reached_on, M.evidence,
            M.seen_at, M.withdrawn_at, M.told_at,
        )
        .outerjoin(M, and_(M.rule_id == R.id, M.participant_id == participant_id))
        .outerjoin(Task, Task.id == M.task_id)
        .where(
            scope.in_program(actor, R.program_id),
            or_(M.id.is_not(None), and_(R.archived_at.is_(None), R.kind == RuleKind.CONSECUTIVE_TASK)),
            or_(M.task_id.is_(None), scope.tasks(actor)),
        )
        .order_by(M.reached_at.desc().nulls_first(), M.id.desc())
        .limit(MOST_MILESTONES)
    ).all()  # fmt: skip


def occasions(db: Session, participant_id: int, evidence: Collection[int], now: datetime) -> Rows:
    """The occasions of ``evidence``, and the latest ones about which somebody wrote something."""
    latest = (
        select(Occasion.id)
        .where(Occasion.participant_id == participant_id, Occasion.starts_at <= now)
        .order_by(Occasion.starts_at.desc())
        .limit(LATEST_OCCASIONS)
    )
    return db.execute(
        select(
            Occasion.id, Occasion.public_id, Occasion.local_day, Rater.name.label("rater"),
            Feedback.went_well, Feedback.try_next,
        )
        .outerjoin(Feedback, and_(Feedback.occasion_id == Occasion.id, Feedback.withdrawn_at.is_(None)))
        .outerjoin(Rater, Rater.id == Feedback.rater_id)
        .where(
            Occasion.participant_id == participant_id,
            or_(
                Occasion.id.in_(sorted(evidence)),
                and_(Occasion.id.in_(latest), or_(_written(Feedback.went_well), _written(Feedback.try_next))),
            ),
        )
        .order_by(Occasion.starts_at.desc(), Feedback.id)
    ).all()  # fmt: skip


def _written(column: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    return column != ""


def events(db: Session, actor: Actor, participant_id: int) -> Rows:
    """The latest phase lines, newest first."""
    return db.execute(
        select(ChartEvent.public_id, ChartEvent.kind, ChartEvent.day, ChartEvent.task_id, Task.name, ChartEvent.text)
        .outerjoin(Task, Task.id == ChartEvent.task_id)
        .where(
            scope.in_program(actor, ChartEvent.program_id),
            ChartEvent.participant_id == participant_id,
            or_(ChartEvent.task_id.is_(None), scope.tasks(actor)),
        )
        .order_by(ChartEvent.day.desc(), ChartEvent.id.desc())
        .limit(MOST_EVENTS)
    ).all()
