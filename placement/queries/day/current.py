"""Rows that are current today: running placements, owed feedback, new milestones, the last weeks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    true,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from placement.domain.fading import FadingState
from placement.domain.maintenance import LOOK_FOR
from placement.domain.placements import Answer, PlacementState
from placement.domain.verdict import Trend
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement, PlacementMove, PlacementStep
from placement.models.programs.catalog import Task
from placement.models.progress.milestone import Milestone, MilestoneRule
from placement.models.progress.plan import FadingStep, Probe
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
MOST_MILESTONES = 200
MOST_CHECKS = 200


def whose(column: InstrumentedAttribute[int], people: Collection[int] | None) -> ColumnElement[bool]:
    """Only these participants; None: all that the scope shows."""
    return true() if people is None else column.in_(sorted(people))


def placements(db: Session, actor: Actor, today: date, people: Collection[int] | None) -> Rows:
    """Open placements, and those a shop has just declined, with person and shop, the next step due, and one slipping
    task; the most urgent first.
    """
    slip, step = _slipping(actor, today, people), _next_step(people is None)
    wanted: dict[str, Any] = {"program": actor.program, "ahead": today + STEP_AHEAD}
    return db.execute(
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
            or_(Placement.state.in_(OPEN_STATES), _declined_by_shop(today)),
            Participant.archived_at.is_(None),
            whose(Placement.participant_id, people),
        )
        .order_by(
            case((slip.c.slips.is_not(None), 0), (Placement.state.in_(RUNNING), 2), else_=1),
            Placement.last_day.is_(None), Placement.last_day, Placement.id,
        )
        .limit(MOST_PLACEMENTS),
        wanted if people is None else wanted | {"people": sorted(people)},
    ).all()  # fmt: skip


def is_watched() -> ColumnElement[bool]:
    """A placement's step back that is still watched; there is at most one."""
    return and_(FadingStep.placement_id == Placement.id, FadingStep.state == FadingState.WATCHING)


def _declined_by_shop(today: date) -> ColumnElement[bool]:
    """Their own yes stands, and the shop's no is news: another place is to be looked for."""
    said_no = exists().where(
        PlacementMove.placement_id == Placement.id,
        PlacementMove.to_state == PlacementState.DECLINED,
        PlacementMove.at >= datetime.combine(today - NEWS, time(), UTC),
    )
    return and_(Placement.state == PlacementState.DECLINED, Placement.answer == Answer.YES, said_no)


def _slipping(actor: Actor, today: date, people: Collection[int] | None) -> Any:
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
            TaskSummary.last_day >= today - SLIPPED,
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


def owed(db: Session, actor: Actor, now: datetime, people: Collection[int] | None) -> Rows:
    """Feedback owed by shop: (site, its name, employer, how many shifts, since when), the longest owed first."""
    latest = (
        select(Shift.site_id, Shift.day)
        .join(Occasion, Occasion.id == Shift.id)
        .where(
            scope.shifts(actor, now),
            Shift.feedback_due_at.is_not(None),
            Shift.feedback_due_at <= now,
            Shift.cancelled_at.is_(None),
            whose(Occasion.participant_id, people),
        )
        .order_by(Shift.feedback_due_at.desc())
        .limit(MOST_OWED)
        .subquery()
    )
    return db.execute(
        select(Site.public_id, Site.name, Employer.name, func.count(), func.min(latest.c.day))
        .join(Site, Site.id == latest.c.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .group_by(Site.public_id, Site.name, Employer.name)
        .order_by(func.min(latest.c.day), Site.name)
    ).all()


# What does not depend on who asks is put together once: building a statement costs more than running it.
_MILESTONES = (
    select(
        Participant.id.label("participant_id"), Participant.public_id.label("participant"),
        Participant.preferred_name, Participant.family_name,
        MilestoneRule.kind, MilestoneRule.percent, MilestoneRule.occasions, MilestoneRule.amount,
        Task.name.label("task"), MilestoneRule.name.label("rule_name"), Milestone.reached_on, Milestone.seen_at,
        Milestone.withdrawn_at, Milestone.told_at, Milestone.id,
    )
    .join(Participant, Participant.id == Milestone.participant_id)
    .join(MilestoneRule, MilestoneRule.id == Milestone.rule_id)
    .outerjoin(Task, Task.id == Milestone.task_id)
    .where(
        or_(
            and_(Milestone.withdrawn_at.is_(None), Milestone.reached_on >= bindparam("since")),
            and_(Milestone.withdrawn_at.is_not(None), Milestone.seen_at.is_not(None), Milestone.told_at.is_(None)),
        )
    )
    .order_by(Milestone.reached_on.desc(), Milestone.id.desc())
    .limit(MOST_MILESTONES)
)  # fmt: skip


def milestones(db: Session, actor: Actor, today: date, people: Collection[int] | None) -> Rows:
    """Milestones since the first of the month or of the last week, and those somebody has to be told about."""
    return db.execute(_MILESTONES.where(*_in_sight(actor, people)), {"since": _since(today)}).all()


# Mastered tasks to look at: checks that are due, and those at which the task took help again.
_OPEN = select(Probe.id).where(
    Probe.program_id == bindparam("program"), Probe.done_on.is_(None), Probe.due_on <= bindparam("today")
)
_later = aliased(Probe)
_LOST = select(Probe.id).where(
    Probe.program_id == bindparam("program"),
    # As the index has it, on both databases.
    literal_column("NOT probe.kept", Boolean),
    Probe.done_on > bindparam("look"),
    ~exists().where(_later.milestone_id == Probe.milestone_id, _later.due_on > Probe.due_on, _later.kept.is_(True)),
)
_CHECKS = (
    select(
        Participant.id.label("participant_id"), Participant.public_id.label("participant"),
        Participant.preferred_name, Participant.family_name, Task.name.label("task"), Probe.due_on, Milestone.id,
        Probe.done_on,
    )
    .join(Milestone, Milestone.id == Probe.milestone_id)
    .join(Participant, Participant.id == Probe.participant_id)
    .join(Task, Task.id == Milestone.task_id)
    .where(Participant.archived_at.is_(None), Probe.id.in_(union_all(_OPEN, _LOST)))
    .order_by(Probe.due_on.desc(), Probe.id.desc())
    .limit(MOST_CHECKS)
)  # fmt: skip


def marks(db: Session, actor: Actor, today: date, people: Collection[int] | None) -> tuple[Rows, Rows]:
    """Milestones as :func:`milestones` finds them, and mastered tasks to look at, in one statement.

    The latter once each, with the day on which a check was due (``reached_on``) or the task took help (``lost_on``).
    """
    seen = _in_sight(actor, people)
    both = union_all(_as_mark(_MILESTONES.where(*seen).subquery()), _as_check(_CHECKS.where(*seen).subquery()))
    wanted = {"since": _since(today), "today": today, "look": today - LOOK_FOR, "program": actor.program}
    rows = db.execute(both, wanted).all()
    found = sorted((row for row in rows if not row.is_check), key=lambda row: (row.reached_on, row.id), reverse=True)
    # Of one task what took help counts, else the latest that is due.
    by_task = {row.id: row for row in sorted(rows, key=_urgency) if row.is_check}
    return found, list(by_task.values())


def _as_mark(found: Subquery) -> Select[Any]:
    return select(found, type_coerce(null(), Date).label("lost_on"), literal(False).label("is_check"))


def _as_check(found: Subquery) -> Select[Any]:
    """The columns of a milestone, those that a check has no use for empty."""
    row = found.c
    empty = null()
    return select(
        row.participant_id, row.participant, row.preferred_name, row.family_name, empty, empty, empty, empty,
        row.task, empty, row.due_on, empty, empty, empty, row.id, row.done_on, literal(True),
    )  # fmt: skip


def _urgency(row: Any) -> tuple[bool, date]:
    return row.lost_on is not None, row.reached_on


def _in_sight(actor: Actor, people: Collection[int] | None) -> tuple[ColumnElement[bool], ...]:
    return (
        scope.participants(actor),
        scope.in_program(actor, Milestone.program_id),
        or_(Milestone.task_id.is_(None), scope.tasks(actor)),
        whose(Milestone.participant_id, people),
    )


def _since(today: date) -> date:
    return min(today - NEWS, today.replace(day=1))


_WEEKS = (
    select(TaskWeek.participant_id, TaskWeek.monday, TaskWeek.median)
    .join(Task, Task.id == TaskWeek.task_id)
    .where(TaskWeek.participant_id.in_(bindparam("people", expanding=True)), TaskWeek.monday >= bindparam("since"))
)


def weeks(db: Session, actor: Actor, people: Collection[int], since: date) -> Rows:
    """(participant, Monday, median) of each task in the last weeks."""
    return db.execute(_WEEKS.where(scope.tasks(actor)), {"people": sorted(people), "since": since}).all()
