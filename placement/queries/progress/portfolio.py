"""What somebody can do by now, to show to others: no verdicts, nothing about help needed, nothing private."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, extract, func, or_, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.milestones import RuleKind
from placement.domain.occasions import Audience
from placement.domain.practice import AREAS
from placement.domain.profiles import full_name
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.programs.catalog import Task
from placement.models.progress.milestone import Milestone, MilestoneRule
from placement.models.progress.summary import PlacementSummary, TaskSummary
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.queries import scope

Words = Mapping[str, str]
MOST_MILESTONES = 60
#: Milestones that speak of company at work are for the own page alone.
INSIDE = (RuleKind.FADING_HELD,)


@dataclass(frozen=True, slots=True)
class Strength:
    """A task done alone on ``occasions`` occasions, all of them between ``first`` and ``last``."""

    name: Words
    occasions: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Mark:
    """A milestone that stands, with what names it."""

    kind: RuleKind
    percent: int
    occasions: int
    amount: int
    name: Words
    task: Words | None
    day: date


@dataclass(frozen=True, slots=True)
class Stay:
    """A time in a shop; ``shop`` None unless the participant wants it named."""

    role: str
    shop: str | None
    first: date
    last: date
    minutes: int


@dataclass(frozen=True, slots=True)
class Worked:
    """Minutes worked in a month, told by its last day with work."""

    last: date
    minutes: int


@dataclass(frozen=True, slots=True)
class Portfolio:
    participant_id: int
    public_id: str
    name: str
    names_shops: bool
    strengths: tuple[Strength, ...]
    milestones: tuple[Mark, ...]
    stays: tuple[Stay, ...]
    months: tuple[Worked, ...]

    @property
    def minutes(self) -> int:
        """Worked so far, in all shops."""
        return sum(stay.minutes for stay in self.stays)


def own_portfolio(db: Session, actor: Actor) -> Portfolio:
    """The actor's own. Raises NotFound for somebody who is no participant. Five statements."""
    if actor.participant_id is None:
        raise NotFound
    return _read(db, actor, Participant.id == actor.participant_id)


def portfolio_of(db: Session, actor: Actor, public_id: str) -> Portfolio:
    """The same page for those who look after them. Raises NotFound out of sight. Five statements."""
    return _read(db, actor, Participant.public_id == public_id)


def _read(db: Session, actor: Actor, which: ColumnElement[bool]) -> Portfolio:
    person = db.execute(
        select(
            Participant.id, Participant.public_id, Participant.preferred_name, Participant.family_name,
            Participant.names_shops,
        ).where(scope.participants(actor), which)
    ).one_or_none()  # fmt: skip
    if person is None:
        raise NotFound
    return Portfolio(
        participant_id=person.id,
        public_id=person.public_id,
        name=full_name(person.preferred_name, person.family_name),
        names_shops=person.names_shops,
        strengths=_strengths(db, actor, person.id),
        milestones=_milestones(db, actor, person.id),
        stays=_stays(db, actor, person.id, person.names_shops),
        months=_months(db, actor, person.id),
    )


def _strengths(db: Session, actor: Actor, participant_id: int) -> tuple[Strength, ...]:
    """Tasks done alone. A portfolio is shown in shops: what somebody practices at home is not in it."""
    rows = db.execute(
        select(Task.name, TaskSummary.alone_count, TaskSummary.first_day, TaskSummary.last_day)
        .join(Task, Task.id == TaskSummary.task_id)
        .where(
            TaskSummary.participant_id == participant_id,
            TaskSummary.alone_count > 0,
            scope.tasks(actor),
            Task.audience == Audience.PROGRAM,
            Task.area.not_in(AREAS),
        )
        .order_by(TaskSummary.alone_count.desc(), Task.id)
    )
    return tuple(Strength(*row) for row in rows)


def _milestones(db: Session, actor: Actor, participant_id: int) -> tuple[Mark, ...]:
    rows = db.execute(
        select(
            MilestoneRule.kind, MilestoneRule.percent, MilestoneRule.occasions, MilestoneRule.amount,
            MilestoneRule.name, Task.name, Milestone.reached_on,
        )
        .join(MilestoneRule, MilestoneRule.id == Milestone.rule_id)
        .outerjoin(Task, Task.id == Milestone.task_id)
        .where(
            scope.in_program(actor, Milestone.program_id),
            Milestone.participant_id == participant_id,
            Milestone.withdrawn_at.is_(None),
            MilestoneRule.kind.not_in(INSIDE),
            or_(
                Milestone.task_id.is_(None), and_(Task.audience == Audience.PROGRAM, Task.area.not_in(AREAS))
            ),
        )
        .order_by(Milestone.reached_at.desc(), Milestone.id.desc())
        .limit(MOST_MILESTONES)
    )  # fmt: skip
    return tuple(Mark(*row) for row in rows)


def _stays(db: Session, actor: Actor, participant_id: int, names_shops: bool) -> tuple[Stay, ...]:
    rows: Any = db.execute(
        select(
            Opening.role, Employer.name, PlacementSummary.first_shift_day, PlacementSummary.last_shift_day,
            PlacementSummary.minutes_worked,
        )
        .join(Placement, Placement.id == PlacementSummary.placement_id)
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(
            scope.placements(actor),
            Placement.participant_id == participant_id,
            PlacementSummary.shifts_done > 0,
        )
        .order_by(PlacementSummary.first_shift_day, Placement.id)
    )  # fmt: skip
    return tuple(
        Stay(role, employer if names_shops else None, first, last, minutes)
        for role, employer, first, last, minutes in rows
    )


def _months(db: Session, actor: Actor, participant_id: int) -> tuple[Worked, ...]:
    """A row for each month with work: a handful even after years."""
    month = (extract("year", Shift.day), extract("month", Shift.day))
    rows = db.execute(
        select(func.max(Shift.day), func.sum(Shift.minutes))
        .join(Placement, Placement.id == Shift.placement_id)
        .where(scope.placements(actor), Placement.participant_id == participant_id, Shift.minutes > 0)
        .group_by(*month)
        .order_by(func.max(Shift.day))
    )
    return tuple(Worked(last, int(minutes or 0)) for last, minutes in rows)
