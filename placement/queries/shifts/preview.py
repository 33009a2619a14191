"""A placement as its planner sees it: what shifts hang on, and its patterns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.domain import planning
from placement.domain.errors import NotFound, Refused
from placement.domain.patterns import Pattern, spans_of
from placement.domain.placements import PlacementKind, PlacementState
from placement.domain.words import Say
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.programs.program import Program
from placement.models.shifts.pattern import ShiftPattern
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope


@dataclass(frozen=True, slots=True)
class ToPlan:
    """A placement as its planner sees it. ``planned_until``: the last day that has a shift.

    ``region``: whose public holidays count. ``forced``: the placement was decided against a rule, with a reason.
    """

    id: int
    public_id: str
    program_id: int
    participant_id: int
    name: str
    opening_id: int
    role: str
    places: int
    employer: str
    site_id: int
    site: str
    zone: str
    region: str
    state: PlacementState
    first_day: date
    last_day: date | None
    pattern: int
    forced: bool
    availability: int | None
    weekly_hours_limit: float | None
    planned_until: date | None
    kind: PlacementKind = PlacementKind.INTERNSHIP

    @property
    def closed(self) -> Say | None:
        """Why nothing can be planned now, None if it can."""
        try:
            planning.ensure_plannable(self.state)
        except Refused as refused:
            return refused.reason
        return None


@dataclass(frozen=True, slots=True)
class PatternRow:
    """A stored pattern with its version; ``planned_until``: shifts exist up to and including this day."""

    id: int
    version: int
    pattern: Pattern
    planned_until: date | None


def to_plan(db: Session, actor: Actor, placement: str) -> ToPlan:
    """Raises NotFound for a placement out of sight, Forbidden for somebody who does not plan."""
    row = db.execute(_planned().where(Placement.public_id == placement, scope.placements(actor))).one_or_none()
    if row is None:
        raise NotFound
    found = _to_plan(row)
    ensure(actor, Permission.SHIFT_PLAN, Facts(found.program_id, found.participant_id, found.site_id))
    return found


def plan_of(db: Session, placement_id: int) -> ToPlan:
    """The same for the program itself, by key."""
    return _to_plan(db.execute(_planned().where(Placement.id == placement_id)).one())


def patterns_of(db: Session, placement_id: int) -> list[PatternRow]:
    """The placement's patterns that hold, in order."""
    rows = db.execute(
        select(
            ShiftPattern.id, ShiftPattern.version, ShiftPattern.first_day, ShiftPattern.last_day,
            ShiftPattern.every_weeks, ShiftPattern.times, ShiftPattern.holidays, ShiftPattern.planned_until,
        )
        .where(ShiftPattern.placement_id == placement_id, ShiftPattern.archived_at.is_(None))
        .order_by(ShiftPattern.first_day, ShiftPattern.id)
    )  # fmt: skip
    return [
        PatternRow(row.id, row.version, pattern_of(row), row.planned_until)  # one line a pattern
        for row in rows
    ]


def pattern_of(row: Any) -> Pattern:
    """The rule in a row of ``shift_pattern``."""
    return Pattern(row.first_day, row.last_day, row.every_weeks, spans_of(row.times), row.holidays)


def current(rows: Sequence[PatternRow], day: date) -> PatternRow | None:
    """The pattern that holds on ``day``, else the next one, else the last."""
    holding = [row for row in rows if row.pattern.last_day is None or row.pattern.last_day >= day]
    return holding[0] if holding else (rows[-1] if rows else None)


def version_of(rows: Sequence[PatternRow]) -> int:
    """What a placement's patterns are at: each new one counts on from the last; 0 before the first."""
    return max((row.version for row in rows), default=0)


def _planned() -> Any:
    until = (
        select(func.max(Shift.day))
        .where(Shift.placement_id == Placement.id, Shift.cancelled_at.is_(None))
        .scalar_subquery()
    )
    return (
        select(
            Placement.id,
            Placement.public_id,
            Placement.program_id,
            Placement.participant_id,
            Participant.preferred_name,
            Placement.opening_id,
            Opening.role,
            Opening.capacity,
            Employer.name.label("employer"),
            Opening.site_id,
            Site.name.label("site"),
            Site.zone,
            Site.holiday_region,
            Program.country,
            Placement.state,
            Placement.first_day,
            Placement.last_day,
            Placement.pattern,
            Placement.force_reason,
            Participant.availability,
            Participant.weekly_hours_limit,
            until.label("planned_until"),
            Placement.kind,
        )
        .join(Program, Program.id == Placement.program_id)
        .join(Participant, Participant.id == Placement.participant_id)
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
    )


def _to_plan(row: Any) -> ToPlan:
    return ToPlan(
        row.id, row.public_id, row.program_id, row.participant_id, row.preferred_name, row.opening_id, row.role,
        row.capacity, row.employer, row.site_id, row.site, row.zone, row.holiday_region or row.country, row.state,
        row.first_day, row.last_day, row.pattern, bool(row.force_reason), row.availability, row.weekly_hours_limit,
        row.planned_until, row.kind,
    )  # fmt: skip
