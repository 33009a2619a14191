"""One line for each person on placement, from summary rows, in four statements."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, or_, select
from sqlalchemy.orm import Session

from placement.domain.fading import FadingState
from placement.domain.milestones import RuleKind
from placement.domain.placements import PlacementState
from placement.domain.profiles import full_name
from placement.domain.text import fold
from placement.domain.verdict import Trend
from placement.models.contacts.contact import Contact
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.programs.catalog import Task
from placement.models.progress.milestone import Milestone, MilestoneRule
from placement.models.progress.plan import FadingStep
from placement.models.progress.summary import PlacementSummary, TaskSummary
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.pages import Page, fetch_page, starts_with
from placement.queries.progress.caseload_weeks import checks_and_levels, read_weeks, weeks_of
from placement.queries.progress.records import LevelName

Words = Mapping[str, str]
RUNNING = (PlacementState.ACTIVE, PlacementState.PAUSED)
#: A task nobody has seen for longer is no matter for the line.
CURRENT = timedelta(weeks=8)
SIZE = 25
SORTS = ("look", "name", "-name")
SHOWS = ("growing", "steady", "needs_more_help", "owed", "watched")


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """``whose``: "", "mine" or "covering"; ``show``: "" or one of ``SHOWS``; ``sort``: one of ``SORTS``."""

    search: str = ""
    whose: str = ""
    show: str = ""
    sort: str = "look"


@dataclass(frozen=True, slots=True)
class TaskMark:
    """A task as the latest stretch has it; ``run``: how often alone in a row, of ``needed`` for mastery; 0: reached."""

    name: Words
    trend: Trend
    since: date | None
    run: int
    needed: int


@dataclass(frozen=True, slots=True)
class CaseRow:
    """``tasks``: those that need more help again first. ``check``: the next check of a mastered task, and its day.

    ``step``: shares of the last step back in percent, and whether it is still watched. ``owed``: shifts without
    feedback; ``rated``: percent of the shifts since something last changed that are rated, None: none yet.
    """

    participant: str
    name: str
    placement: str
    shop: str
    last_day: date | None
    tasks: tuple[TaskMark, ...]
    check: tuple[Words, date] | None
    step: tuple[int, int, bool] | None
    owed: int
    rated: int | None
    last_contact: date | None
    #: (Monday, median rank) of each task in the last weeks.
    weeks: tuple[tuple[date, float], ...] = ()

    @property
    def counts(self) -> Mapping[Trend, int]:
        """How many tasks there are of each verdict."""
        return Counter(task.trend for task in self.tasks)

    @property
    def nearest(self) -> TaskMark | None:
        """The task nearest to mastery that has been done alone the last time."""
        begun = [task for task in self.tasks if 0 < task.run < task.needed]
        return min(begun, key=lambda task: task.needed - task.run, default=None)


@dataclass(frozen=True, slots=True)
class Caseload:
    """``levels``: the program's scale in force, for everybody's small chart."""

    page: Page[CaseRow]
    levels: tuple[LevelName, ...] = ()


def caseload(db: Session, actor: Actor, wanted: CaseFilter, now: datetime, cursor: str | None = None) -> Caseload:
    """One page of the people on placement, those who need more help again first."""
    today = actor.today(now)
    page = _people(db, actor, wanted, now, cursor)
    keys = [row.id for row in page.rows]
    if not keys:
        return Caseload(Page([], page.next, page.previous))
    places = {row.participant_id: row for row in _places(db, keys, now)}
    tasks, rated, weeks = _tasks(db, actor, keys, today)
    checks, levels = checks_and_levels(db, actor, keys)
    rows = []
    for person in page.rows:
        place = places[person.id]
        step = None if place.share_after is None else (
            place.share_before, place.share_after, place.step_state is FadingState.WATCHING
        )  # fmt: skip
        name = full_name(person.preferred_name, person.family_name)
        rows.append(
            CaseRow(
                person.public_id, name, place.public_id, f"{place.employer}, {place.site}", place.last_day,
                tuple(tasks[person.id]), checks.get(person.id), step, place.owed or 0, rated.get(person.id),
                place.last_contact, tuple(weeks[person.id]),
            )
        )  # fmt: skip
    return Caseload(Page(rows, page.next, page.previous), levels)


def _people(db: Session, actor: Actor, wanted: CaseFilter, now: datetime, cursor: str | None) -> Page[Any]:
    statement: Any = select(
        Participant.id, Participant.public_id, Participant.preferred_name, Participant.family_name
    ).where(scope.participants(actor), Participant.archived_at.is_(None), *_conditions(actor, wanted, now))
    keys: list[Any] = [Participant.sort_key, Participant.id]
    if wanted.sort == "look":
        slips = _has_trend(actor, Trend.NEEDS_MORE_HELP, now)
        keys.insert(0, case((slips, 0), else_=1).label("turn"))
    return fetch_page(db, statement, keys, cursor, descending=wanted.sort == "-name", size=SIZE)


def _conditions(actor: Actor, wanted: CaseFilter, now: datetime) -> list[ColumnElement[bool]]:
    running = (Placement.participant_id == Participant.id) & Placement.state.in_(RUNNING)
    conditions: list[ColumnElement[bool]] = [exists().where(running)]
    if wanted.whose:
        people = actor.covering if wanted.whose == "covering" else actor.caseload
        conditions.append(Participant.id.in_(sorted(people)))
    folded = fold(wanted.search)
    if folded:
        key: Any = Participant.sort_key
        conditions.append(or_(starts_with(key, folded), key.contains(" " + folded, autoescape=True)))
    if wanted.show == "owed":
        owed = (Shift.placement_id == Placement.id) & (Shift.feedback_due_at <= now) & Shift.cancelled_at.is_(None)
        conditions.append(exists().where(running, owed))
    elif wanted.show == "watched":
        watched = (FadingStep.placement_id == Placement.id) & (FadingStep.state == FadingState.WATCHING)
        conditions.append(exists().where(running, watched))
    elif wanted.show:
        conditions.append(_has_trend(actor, Trend(wanted.show), now))
    return conditions


def _has_trend(actor: Actor, trend: Trend, now: datetime) -> ColumnElement[bool]:
    return exists().where(
        TaskSummary.participant_id == Participant.id,
        TaskSummary.trend == trend,
        TaskSummary.last_day >= actor.today(now) - CURRENT,
        Task.id == TaskSummary.task_id,
        scope.tasks(actor),
    )


def _places(db: Session, people: Sequence[int], now: datetime) -> Sequence[Any]:
    """Each person's running placement (the latest begun of several), its last step back, and what is missing."""
    owed = (
        select(func.count())
        .where(Shift.placement_id == Placement.id, Shift.feedback_due_at <= now, Shift.cancelled_at.is_(None))
        .correlate(Placement)
        .scalar_subquery()
    )
    contact = (
        select(func.max(Contact.day))
        .where(Contact.participant_id == Placement.participant_id)
        .correlate(Placement)
        .scalar_subquery()
    )
    step = (
        select(func.max(FadingStep.id))
        .where(FadingStep.placement_id == Placement.id, FadingStep.state != FadingState.TAKEN_BACK)
        .correlate(Placement)
        .scalar_subquery()
    )
    return db.execute(
        select(
            Placement.participant_id, Placement.public_id, Placement.last_day, Employer.name.label("employer"),
            Site.name.label("site"), owed.label("owed"), contact.label("last_contact"), FadingStep.share_before,
            FadingStep.share_after, FadingStep.state.label("step_state"), PlacementSummary.shifts_done,
        )
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .outerjoin(PlacementSummary, PlacementSummary.placement_id == Placement.id)
        .outerjoin(FadingStep, FadingStep.id == step)
        .where(Placement.participant_id.in_(people), Placement.state.in_(RUNNING))
        .order_by(Placement.first_day, Placement.id)
    ).all()  # fmt: skip


def _tasks(
    db: Session, actor: Actor, people: Sequence[int], today: date
) -> tuple[dict[int, list[TaskMark]], dict[int, int], dict[int, list[tuple[date, float]]]]:
    """Tasks seen lately, the percent of the shifts since something last changed that are rated, and their weeks."""
    needed = (
        select(func.min(MilestoneRule.occasions))
        .where(
            scope.in_program(actor, MilestoneRule.program_id),
            MilestoneRule.kind == RuleKind.CONSECUTIVE_TASK,
            MilestoneRule.archived_at.is_(None),
            MilestoneRule.participant_id.is_(None),
            MilestoneRule.task_id.is_(None),
        )
        .scalar_subquery()
    )
    mastered = exists().where(
        Milestone.participant_id == TaskSummary.participant_id,
        Milestone.task_id == TaskSummary.task_id,
        Milestone.withdrawn_at.is_(None),
        MilestoneRule.id == Milestone.rule_id,
        MilestoneRule.kind == RuleKind.CONSECUTIVE_TASK,
    )
    found = db.execute(
        select(
            TaskSummary.participant_id, Task.name, TaskSummary.trend, TaskSummary.trend_since, TaskSummary.run_alone,
            TaskSummary.trend_rated, TaskSummary.trend_shifts, case((mastered, 0), else_=needed).label("needed"),
            weeks_of(today).label("weeks"),
        )
        .join(Task, Task.id == TaskSummary.task_id)
        .where(
            TaskSummary.participant_id.in_(people),
            TaskSummary.last_day >= today - CURRENT,
            scope.tasks(actor),
        )
        .order_by(TaskSummary.count.desc(), TaskSummary.task_id)
    ).all()  # fmt: skip
    marks: dict[int, list[TaskMark]] = defaultdict(list)
    rated: Counter[int] = Counter()
    shifts: Counter[int] = Counter()
    weeks: dict[int, list[tuple[date, float]]] = defaultdict(list)
    for row in found:
        weeks[row.participant_id] += read_weeks(row.weeks)
        mark = TaskMark(row.name, row.trend, row.trend_since, row.run_alone, row.needed or 0)
        marks[row.participant_id].append(mark)
        rated[row.participant_id] += row.trend_rated
        shifts[row.participant_id] += row.trend_shifts
    for tasks in marks.values():
        tasks.sort(key=lambda task: list(_ORDER).index(task.trend))
    return marks, {key: round(100 * rated[key] / count) for key, count in shifts.items() if count}, weeks


_ORDER = (Trend.NEEDS_MORE_HELP, Trend.GROWING, Trend.STEADY, Trend.TOO_EARLY)
