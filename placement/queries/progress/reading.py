"""The statements behind a progress page, each with a bounded number of rows: the person, tasks, their answers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Executable,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.occasions import OccasionKind
from placement.domain.support import RaterKind
from placement.models.feedback.observation import Observation
from placement.models.feedback.rater import Rater
from placement.models.groups.group import Group, GroupSeat, GroupSession
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.programs.catalog import Task
from placement.models.programs.scale import SupportLevel, SupportScale
from placement.models.progress.plan import PointNote
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
#: Readers whose statements are kept: putting one together costs more than running it. What is kept depends on
#: everything the actor may see, and on nothing that time changes.
KEPT = 128


def _total(figure: ColumnElement[Any]) -> ColumnElement[Any]:
    return (
        select(figure)
        .join(Placement, Placement.id == PlacementSummary.placement_id)
        .where(Placement.participant_id == Participant.id)
        .correlate(Participant)
        .scalar_subquery()
    )


# What does not depend on who asks is put together once: building a statement costs more than running it.
_PERSON = (
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
    .outerjoin(
        SupportScale,
        and_(
            SupportScale.program_id == Participant.program_id,
            SupportScale.number
            == select(func.max(SupportScale.number))
            .where(SupportScale.program_id == bindparam("program"))
            .scalar_subquery(),
        ),
    )
    .outerjoin(SupportLevel, SupportLevel.scale_id == SupportScale.id)
    .order_by(SupportLevel.rank)
)


def person(db: Session, actor: Actor, which: ColumnElement[bool]) -> Rows:
    """The participant, once for each level of the scale in force. Raises NotFound out of sight."""
    rows = db.execute(_PERSON.where(scope.participants(actor), which), {"program": actor.program_id}).all()
    if not rows:
        raise NotFound
    return rows


_TASKS = select(
    Task.id, Task.public_id, Task.name, TaskSummary.count.label("rated"), TaskSummary.first_rank,
    TaskSummary.first_day, TaskSummary.last_rank, TaskSummary.last_day, TaskSummary.best_rank, TaskSummary.run_alone,
    TaskSummary.trend, TaskSummary.trend_since, TaskSummary.trend_nap, TaskSummary.trend_size, TaskSummary.trend_rated,
    TaskSummary.trend_shifts,
).join(Task, Task.id == TaskSummary.task_id).where(
    TaskSummary.participant_id == bindparam("participant"), TaskSummary.count > 0
)  # fmt: skip


def tasks(db: Session, actor: Actor, participant_id: int) -> Rows:
    """One row for each task ever rated: a program's catalog bounds them."""
    return db.execute(_tasks(actor), {"participant": participant_id}).all()


@lru_cache(maxsize=KEPT)
def _tasks(actor: Actor) -> Executable:
    return _TASKS.where(scope.tasks(actor))


_NOTES = (
    select(func.aggregate_strings(PointNote.text, " · "))
    .where(
        PointNote.participant_id == bindparam("participant"),
        PointNote.occasion_id == Occasion.id,
        or_(PointNote.task_id.is_(None), PointNote.task_id == Observation.task_id),
    )
    .correlate(Occasion, Observation)
    .scalar_subquery()
)


def _drawn() -> CompoundSelect[Any]:
    """Single answers of the tasks in ``short``, weeks of all ``tasks`` since ``recent``, longer of the ``weekly``."""
    return union_all(_answers(), _weeks())


def _answers() -> Any:
    """Single answers; what an occasion that is no shift is called stands in the last two columns."""
    # Who saw the task tried; "not today" is no answer.
    saw_it = case((Observation.rank.is_not(None), cast(Observation.rater_id, String)))
    return (
        select(
            Observation.task_id,
            Occasion.local_day,
            func.min(Observation.rank).label("rank"),
            literal(1).label("rated"),
            # What leads to a shift's page; other occasions have none.
            case((Occasion.kind == OccasionKind.SHIFT, Occasion.public_id)).label("public_id"),
            Occasion.id,
            Occasion.starts_at,
            func.aggregate_strings(saw_it, ",").label("raters"),
            _NOTES.label("notes"),
            Occasion.kind,
            func.min(Group.name).label("group_name"),
        )
        .join(Occasion, Occasion.id == Observation.occasion_id)
        .join(Rater, Rater.id == Observation.rater_id)
        .outerjoin(GroupSeat, GroupSeat.id == Occasion.id)
        .outerjoin(GroupSession, GroupSession.id == GroupSeat.session_id)
        .outerjoin(Group, Group.id == GroupSession.group_id)
        .where(
            Observation.participant_id == bindparam("participant"),
            Observation.task_id.in_(bindparam("short", expanding=True)),
            Observation.replaced_at.is_(None),
            Rater.kind != RaterKind.SELF,
        )
        .group_by(Observation.task_id, Occasion.id)
    )


def _weeks() -> Any:
    """Weekly medians, in the columns of single answers."""
    nothing = [null() for _ in range(5)]
    return select(
        TaskWeek.task_id,
        TaskWeek.monday,
        TaskWeek.median,
        TaskWeek.rated,
        *nothing,
        cast(null(), Occasion.kind.type),
        cast(null(), String),
    ).where(
        TaskWeek.participant_id == bindparam("participant"),
        TaskWeek.task_id.in_(bindparam("tasks", expanding=True)),
        TaskWeek.monday >= bindparam("longest"),
        or_(TaskWeek.monday >= bindparam("recent"), TaskWeek.task_id.in_(bindparam("weekly", expanding=True))),
    )


_DRAWN = _drawn()


def drawn(
    db: Session, participant_id: int, all_tasks: Collection[int], short: Collection[int], weekly: Collection[int],
    latest: date,
) -> Rows:  # fmt: skip
    """What is drawn: single answers of ``short`` tasks, weeks of ``weekly`` ones, and every task's recent weeks.

    Rows are (task, day, rank, count, shift's public id, occasion, start, raters, notes, kind, group); weeks have no
    occasion.
    """
    wanted = {
        "participant": participant_id,
        "tasks": sorted(all_tasks),
        "short": sorted(short),
        "weekly": sorted(weekly),
        "longest": latest - LONGEST,
        "recent": latest - RECENT,
    }
    return db.execute(_DRAWN, wanted).all()
