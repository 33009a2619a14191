"""What planning a stretch of days would add, before anything is saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.domain import planning
from placement.domain.errors import NotFound, Refused
from placement.domain.placements import PlacementState
from placement.domain.planning import Plan
from placement.domain.words import Say
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.shifts.planned import busy_times, taken_days


@dataclass(frozen=True, slots=True)
class ToPlan:
    """A placement as its planner sees it. ``planned_until``: the last day that has a shift."""

    id: int
    public_id: str
    participant_id: int
    name: str
    role: str
    employer: str
    site: str
    zone: str
    state: PlacementState
    first_day: date
    last_day: date | None
    pattern: int
    availability: int | None
    weekly_hours_limit: float | None
    planned_until: date | None

    @property
    def closed(self) -> Say | None:
        """Why nothing can be planned now, None if it can."""
        try:
            planning.ensure_plannable(self.state)
        except Refused as refused:
            return refused.reason
        return None

    @property
    def hints(self) -> tuple[Say, ...]:
        """What to know before planning."""
        return planning.hints(self.pattern, self.availability, self.weekly_hours_limit)


def to_plan(db: Session, actor: Actor, placement: str) -> ToPlan:
    """Raises NotFound for a placement out of sight, Forbidden for somebody who does not plan."""
    until = (
        select(func.max(Shift.day))
        .where(Shift.placement_id == Placement.id, Shift.cancelled_at.is_(None))
        .scalar_subquery()
    )
    row = db.execute(
        select(
            Placement.id,
            Placement.public_id,
            Placement.participant_id,
            Participant.preferred_name,
            Opening.role,
            Employer.name,
            Site.name,
            Site.zone,
            Placement.state,
            Placement.first_day,
            Placement.last_day,
            Placement.pattern,
            Participant.availability,
            Participant.weekly_hours_limit,
            until,
        )
        .join(Participant, Participant.id == Placement.participant_id)
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(Placement.public_id == placement, scope.placements(actor))
    ).one_or_none()
    if row is None:
        raise NotFound
    found = ToPlan(*tuple(row))
    ensure(actor, Permission.SHIFT_PLAN, Facts(actor.program, found.participant_id))
    return found


def preview(db: Session, found: ToPlan, first: date, last: date) -> Plan:
    """The same plan the use case will make. Raises Refused with the field's name."""
    planning.ensure_plannable(found.state)
    first, last = planning.period(first, last, found.first_day, found.last_day)
    return planning.plan(
        found.pattern,
        first,
        last,
        found.zone,
        taken_days(db, found.id, first, last),
        busy_times(db, found.participant_id, first, last),
    )
