"""The statements behind a report, each bounded by its period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, func, or_, select
from sqlalchemy.orm import Session

from placement.domain.maintenance import Standing
from placement.domain.milestones import RuleKind, ShiftPoint, TaskPoint
from placement.domain.occasions import Audience, OccasionKind
from placement.domain.reports import course
from placement.domain.shifts import was_present
from placement.domain.support import RaterKind, is_alone
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.feedback.observation import Observation
from placement.models.feedback.rater import Rater
from placement.models.placements.placement import Placement
from placement.models.programs.catalog import Task
from placement.models.progress.milestone import Milestone, MilestoneRule
from placement.models.progress.plan import Probe
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.queries.reports.records import Place, Point, Reached, TaskLine

Rows = Sequence[Any]
MOST_MILESTONES = 100


@dataclass(frozen=True, slots=True)
class About:
    """Whose report, and which days. ``placement``: about that one alone."""

    program_id: int
    participant_id: int
    first: date
    last: date
    placement: int | None = None

    def days(self) -> ColumnElement[bool]:
        """Occasions of the participant in the period."""
        return and_(
            Occasion.program_id == self.program_id,
            Occasion.participant_id == self.participant_id,
            Occasion.local_day.between(self.first, self.last),
        )


def points(db: Session, about: About, *, shop: bool = False) -> Rows:
    """Rated tasks, one row for each occasion and task, oldest first; tasks kept between two people are in no report.

    Rank None: not tried. ``shop``: only what the shop's own people said on shifts of the placement.
    """
    saw_it = case((Observation.rank.is_not(None), cast(Observation.rater_id, String)))
    counts = [Rater.kind == RaterKind.SUPERVISOR, Shift.placement_id == about.placement] if shop else []
    return db.execute(
        select(
            Task.id, Task.public_id, Task.name, Occasion.id.label("occasion"), Occasion.local_day, Occasion.starts_at,
            case((Occasion.kind == OccasionKind.SHIFT, Occasion.public_id)).label("key"),
            Shift.site_id, func.min(Observation.rank).label("rank"),
            func.aggregate_strings(saw_it, ",").label("raters"),
        )
        .join(Observation, Observation.task_id == Task.id)
        .join(Occasion, Occasion.id == Observation.occasion_id)
        .join(Rater, Rater.id == Observation.rater_id)
        .outerjoin(Shift, Shift.id == Occasion.id)
        .where(
            about.days(),
            Task.audience == Audience.PROGRAM,
            Observation.replaced_at.is_(None),
            Rater.kind != RaterKind.SELF,
            *counts,
        )
        .group_by(Task.id, Occasion.id, Shift.id)
        .order_by(Occasion.starts_at, Occasion.id, Task.id)
    ).all()  # fmt: skip


def shifts(db: Session, about: About) -> Rows:
    """Shifts that stand, oldest first, with where they are."""
    which = [] if about.placement is None else [Shift.placement_id == about.placement]
    return db.execute(
        select(
            Occasion.id, Occasion.starts_at, Occasion.local_day, Occasion.attendance, Shift.minutes,
            Shift.placement_id, Opening.role, Employer.name.label("employer"), Site.name.label("site"),
        )
        .join(Shift, Shift.id == Occasion.id)
        .join(Placement, Placement.id == Shift.placement_id)
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Shift.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(about.days(), Shift.cancelled_at.is_(None), *which)
        .order_by(Occasion.starts_at, Occasion.id)
    ).all()  # fmt: skip


def milestones(db: Session, about: About, kinds: Iterable[RuleKind] = tuple(RuleKind)) -> Rows:
    """What was reached in the period and stands, newest first."""
    return db.execute(
        select(
            MilestoneRule.kind, MilestoneRule.percent, MilestoneRule.occasions, MilestoneRule.amount,
            MilestoneRule.name.label("words"), Task.name.label("task"), Milestone.task_id, Milestone.reached_on,
            Milestone.evidence, *checks(),
        )
        .join(MilestoneRule, MilestoneRule.id == Milestone.rule_id)
        .outerjoin(Task, Task.id == Milestone.task_id)
        .where(
            Milestone.program_id == about.program_id,
            Milestone.participant_id == about.participant_id,
            Milestone.reached_on.between(about.first, about.last),
            Milestone.withdrawn_at.is_(None),
            MilestoneRule.kind.in_(list(kinds)),
            or_(Milestone.task_id.is_(None), Task.audience == Audience.PROGRAM),
        )
        .order_by(Milestone.reached_at.desc(), Milestone.id.desc())
        .limit(MOST_MILESTONES)
    ).all()  # fmt: skip


def checks() -> tuple[Any, ...]:
    """The three dates of a milestone's checks, as in ``domain.maintenance.Standing``: kept, lost, open."""
    dates = (
        ("kept", func.max(Probe.due_on), Probe.kept.is_(True)),
        ("lost", func.max(Probe.due_on), Probe.kept.is_(False)),
        ("open", func.min(Probe.due_on), Probe.done_on.is_(None)),
    )
    return tuple(
        select(of).where(Probe.milestone_id == Milestone.id, which).correlate(Milestone).scalar_subquery().label(name)
        for name, of, which in dates
    )


def reached(row: Any) -> Reached:
    """A row of :func:`milestones`."""
    standing = Standing(row.kept, row.lost, row.open) if row.kept or row.lost or row.open else None
    return Reached(
        row.kind, row.percent, row.occasions, row.amount, row.words, row.task, row.task_id, row.reached_on, standing
    )


def task_lines(rows: Rows) -> list[TaskLine]:
    """Each task that was tried, the most practiced first, with every occasion it was asked about on."""
    of_task: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        of_task[row.id].append(row)
    found = [
        TaskLine(
            id=task,
            public_id=said[0].public_id,
            name=said[0].name,
            course=course([row.rank for row in said if row.rank is not None]),
            points=tuple(Point(row.local_day, row.rank, row.key) for row in said),
        )
        for task, said in of_task.items()
        if any(row.rank is not None for row in said)
    ]
    return sorted(found, key=lambda line: (-line.course.times, line.id))


def task_points(rows: Rows) -> list[TaskPoint]:
    """The rated ones as the rules read them."""
    return [
        TaskPoint(
            row.occasion, row.starts_at, row.local_day, row.id, 100.0 * is_alone(row.rank), row.rank,
            frozenset(int(rater) for rater in (row.raters or "").split(",") if rater), row.site_id or 0,
        )
        for row in rows
        if row.rank is not None
    ]  # fmt: skip


def shift_points(rows: Rows) -> list[ShiftPoint]:
    """Rows of :func:`shifts` as the rules read them; what they say about tasks is not asked here."""
    return [
        ShiftPoint(
            row.id, row.starts_at, row.local_day, row.attendance, row.minutes, None, frozenset(), False,
            row.placement_id, row.local_day,
        )
        for row in rows
    ]  # fmt: skip


def worked(rows: Rows) -> tuple[int, int]:
    """Shifts somebody came to, and their minutes as far as known."""
    came = [row for row in rows if was_present(row.attendance)]
    return len(came), sum(row.minutes or 0 for row in came)


def places(rows: Rows) -> tuple[Place, ...]:
    """Where these shifts were, each once, in order of time."""
    came = (Place(row.role, row.employer, row.site) for row in rows if was_present(row.attendance))
    return tuple(dict.fromkeys(came))
