"""Rows that are current today: running placements, owed feedback, new milestones, the last weeks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from placement.domain.fading import FadingState
from placement.domain.placements import Answer, PlacementState
from placement.domain.verdict import Trend
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement, PlacementMove, PlacementStep
from placement.models.programs.catalog import Task
from placement.models.progress.plan import FadingStep
from placement.models.progress.summary import TaskSummary, TaskWeek
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.queries import scope

#: Rows with named columns.
Rows = Sequence[Any]

RUNNING = (PlacementState.ACTIVE, PlacementState.PAUSED)
OPEN_STATES = (PlacementState.PROPOSED, PlacementState.OFFERED, PlacementState.ACCEPTED, *RUNNING)
#: A milestone is news for a week; one that was withdrawn waits until somebody has told the participant.
NEWS = timedelta(days=7)
#: A verdict on a task nobody has seen for longer is no matter for today.
SLIPPED = timedelta(weeks=4)
STEP_AHEAD = timedelta(days=7)
MOST_PLACEMENTS = 300
MOST_OWED = 200
#: Coordinators whose statements are kept: putting one together costs more than running it. What is kept depends on
#: everything the actor may see, and on nothing that time changes.
KEPT = 64


def whose(column: InstrumentedAttribute[int], people: Collection[int] | None) -> ColumnElement[bool]:
    """Only these participants; None: all that the scope shows.

    Their ids are part of the statement, which is kept for them anyway: to bind a caseload anew in ten places of every
    page costs more than most of its queries.
    """
    return true() if people is None else column.in_([literal_column(str(int(key))) for key in sorted(people)])


def placements(db: Session, actor: Actor, today: date, people: frozenset[int] | None) -> Rows:
    """Open placements, and those a shop has just declined, with person and shop, the next step due, and one slipping
    task; the most urgent first.
    """
    wanted: dict[str, Any] = {
        "program": actor.program,
        "ahead": today + STEP_AHEAD,
        "slipped": today - SLIPPED,
        "news": datetime.combine(today - NEWS, time(), UTC),
    }
    return db.execute(
        _placements(actor, people), wanted if people is None else wanted | {"people": sorted(people)}
    ).all()


@lru_cache(maxsize=KEPT)
def _placements(actor: Actor, people: frozenset[int] | None) -> Select[Any]:
    slip, step = _slipping(actor, people), _next_step(people is None)
    found: Any = (
        select(
            Placement.public_id.label("placement"), Placement.state, Placement.answer, Placement.ask_again_on,
            Placement.first_day, Placement.last_day, Participant.id.label("participant_id"),
            Participant.public_id.label("participant"), Participant.preferred_name, Participant.family_name,
            Participant.sort_key, Opening.role, Employer.name.label("employer"), Site.name.label("site"),
            slip.c.slips, slip.c.slip_task, slip.c.slip_since, Task.name.label("slip_name"),
            PlacementStep.kind.label("step"), PlacementStep.due_on.label("step_due"),
            FadingStep.share_before, FadingStep.share_after, FadingStep.taken_on, FadingStep.watch_until,
        )
        .join(Participant, Participant.id == Placement.participant_id)
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .outerjoin(slip, slip.c.participant_id == Placement.participant_id)
        .outerjoin(Task, Task.id == slip.c.slip_task)
        .outerjoin(step, step.c.placement_id == Placement.id)
        .outerjoin(PlacementStep, PlacementStep.id == step.c.step)
        .outerjoin(FadingStep, is_watched())
        .where(
            scope.placements(actor),
            or_(Placement.state.in_(OPEN_STATES), _declined_by_shop()),
            Participant.archived_at.is_(None),
            whose(Placement.participant_id, people),
        )
        .order_by(
            case((slip.c.slips.is_not(None), 0), (Placement.state.in_(RUNNING), 2), else_=1),
            Placement.last_day.is_(None), Placement.last_day, Placement.id,
        )
        .limit(MOST_PLACEMENTS)
    )  # fmt: skip
    return found


def is_watched() -> ColumnElement[bool]:
    """A placement's step back that is still watched; there is at most one."""
    return and_(FadingStep.placement_id == Placement.id, FadingStep.state == FadingState.WATCHING)


def _declined_by_shop() -> ColumnElement[bool]:
    """Their own yes stands, and the shop's no is news: another place is to be looked for."""
    said_no = exists().where(
        PlacementMove.placement_id == Placement.id,
        PlacementMove.to_state == PlacementState.DECLINED,
        PlacementMove.at >= bindparam("news"),
    )
    return and_(Placement.state == PlacementState.DECLINED, Placement.answer == Answer.YES, said_no)


def _slipping(actor: Actor, people: Collection[int] | None) -> Any:
    """Per participant: how many tasks slip, one of them, and since when."""
    return (
        select(
            TaskSummary.participant_id,
            func.count().label("slips"),
            func.max(TaskSummary.task_id).label("slip_task"),
            func.max(TaskSummary.trend_since).label("slip_since"),
        )
        .join(Task, Task.id == TaskSummary.task_id)
        .where(
            scope.in_program(actor, TaskSummary.program_id),
            TaskSummary.trend == Trend.NEEDS_MORE_HELP,
            TaskSummary.last_day >= bindparam("slipped"),
            scope.tasks(actor),
            whose(TaskSummary.participant_id, people),
        )
        .group_by(TaskSummary.participant_id)
        .subquery()
    )


@cache
def _next_step(everybody: bool) -> Any:
    """Per placement: the earliest step that is due within a week or overdue. Put together once."""
    due = select(
        PlacementStep.placement_id,
        PlacementStep.id.label("step"),
        func.row_number()
        .over(partition_by=PlacementStep.placement_id, order_by=(PlacementStep.due_on, PlacementStep.id))
        .label("nth"),
    ).where(
        PlacementStep.program_id == bindparam("program"),
        PlacementStep.due_on <= bindparam("ahead"),
        PlacementStep.done_on.is_(None),
    )
    if not everybody:
        # Looked up by placement, not among everybody's past ones.
        of_people = select(Placement.id).where(Placement.participant_id.in_(bindparam("people", expanding=True)))
        due = due.where(PlacementStep.placement_id.in_(of_people))
    rows = due.subquery()
    return select(rows.c.placement_id, rows.c.step).where(rows.c.nth == 1).subquery()


def owed_rows(actor: Actor, people: Collection[int] | None) -> Select[Any]:
    """Feedback owed by shop: (site, its name, employer, how many shifts, since when). Parameter: ``now``."""
    latest = (
        select(Shift.site_id, Shift.day)
        .join(Occasion, Occasion.id == Shift.id)
        .where(
            scope.in_program(actor, Shift.program_id),
            scope.of_people(actor, Occasion.participant_id),
            Shift.feedback_due_at.is_not(None),
            Shift.feedback_due_at <= bindparam("now"),
            Shift.cancelled_at.is_(None),
            whose(Occasion.participant_id, people),
        )
        .order_by(Shift.feedback_due_at.desc())
        .limit(MOST_OWED)
        .subquery()
    )
    found: Any = (
        select(
            Site.public_id, Site.name, Employer.name.label("employer"), func.count().label("n"),
            func.min(latest.c.day).label("day"),
        )
        .join(Site, Site.id == latest.c.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .group_by(Site.public_id, Site.name, Employer.name)
    )  # fmt: skip
    return found


# What does not depend on who asks is put together once: building a statement costs more than running it.
_WEEKS = (
    select(TaskWeek.participant_id, TaskWeek.monday, TaskWeek.median)
    .join(Task, Task.id == TaskWeek.task_id)
    .where(TaskWeek.participant_id.in_(bindparam("people", expanding=True)), TaskWeek.monday >= bindparam("since"))
)


def weeks(db: Session, actor: Actor, people: Collection[int], since: date) -> Rows:
    """(participant, Monday, median) of each task in the last weeks."""
    return db.execute(_weeks(actor), {"people": sorted(people), "since": since}).all()


@lru_cache(maxsize=KEPT)
def _weeks(actor: Actor) -> Select[Any]:
    found: Any = _WEEKS.where(scope.tasks(actor))
    return found
