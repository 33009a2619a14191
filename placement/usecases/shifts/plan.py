"""Planning: all shifts of a weekly pattern, or a single one besides it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.attendance import ensure_clear
from placement.domain.errors import NotFound, Refused
from placement.domain.occasions import OccasionKind
from placement.domain.planning import NewShift, ensure_plannable, period, plan
from placement.domain.shifts import PlannedTime, instants
from placement.domain.words import Say, say
from placement.models.employers.employer import Site
from placement.models.employers.opening import Opening
from placement.models.placements.placement import Placement
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.shifts.planned import busy_times, taken_days
from placement.usecases.effects.log import audit
from placement.usecases.effects.progress import refresh_progress
from placement.usecases.effects.shifts import ensure_free
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class PlanShifts:
    """From ``first`` to ``last``, both included; ``placement``: its public id."""

    placement: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Planned:
    """How many shifts were added, how many days were planned already, and what stood in the way."""

    added: int
    skipped: int
    problems: tuple[Say, ...]


@dataclass(frozen=True, slots=True)
class AddShift:
    """One shift in the site's local time. A fold says which of a time that comes twice; None where it doesn't."""

    placement: str
    day: date
    start: time
    end: time
    start_fold: int | None = None
    end_fold: int | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    placement: Placement
    site_id: int
    zone: str


def plan_shifts(work: Work, actor: Actor, command: PlanShifts) -> Planned:
    """Add the shifts of the placement's weekly pattern. Days already planned are left alone: twice adds nothing.

    Shifts that meet a clock change or another shift are left out and told. Raises NotFound, Forbidden, Refused.
    """
    with work.transaction() as session:
        place = _place(session, actor, command.placement)
        row = place.placement
        first, last = period(command.first, command.last, row.first_day, row.last_day)
        made = plan(
            row.pattern,
            first,
            last,
            place.zone,
            taken_days(session, row.id, first, last),
            busy_times(session, row.participant_id, first, last),
        )
        for new in made.added:
            _add(session, work, place, new)
        if made.added:
            detail = {"first": first.isoformat(), "last": last.isoformat(), "count": len(made.added)}
            audit(session, work, actor, "shift.plan", "placement", row.id, **detail)
            refresh_progress(session, work, actor, row.participant_id, (), row.id)
        return Planned(len(made.added), made.skipped, made.problems)


def add_shift(work: Work, actor: Actor, command: AddShift) -> str:
    """Add one shift and return its public id. Raises NotFound, Forbidden, and Refused with the field's name."""
    with work.transaction() as session:
        place = _place(session, actor, command.placement)
        row = place.placement
        if command.day < row.first_day or (row.last_day is not None and command.day > row.last_day):
            raise Refused(say("This day is outside the placement."), "day")
        planned = PlannedTime(
            command.day, command.start, command.end, place.zone, command.start_fold or 0, command.end_fold or 0
        )
        ensure_clear(planned, command.start_fold, command.end_fold)
        starts_at, ends_at = instants(planned)
        ensure_free(session, row.participant_id, starts_at, ends_at)
        occasion = _add(session, work, place, NewShift(planned, starts_at, ends_at))
        audit(session, work, actor, "shift.add", "shift", occasion.id, placement_id=row.id)
        refresh_progress(session, work, actor, row.participant_id, (), row.id)
        return occasion.public_id


def _place(session: Session, actor: Actor, public_id: str) -> _Place:
    """The placement, locked so that two people planning at once add each day once."""
    row = session.execute(
        select(Placement, Site.id, Site.zone)
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .where(Placement.public_id == public_id, scope.placements(actor))
        .with_for_update(of=Placement, key_share=True)
    ).one_or_none()
    if row is None:
        raise NotFound
    place = _Place(*row)
    facts = Facts(place.placement.program_id, place.placement.participant_id, place.site_id)
    ensure(actor, Permission.SHIFT_PLAN, facts)
    ensure_plannable(place.placement.state)
    return place


def _add(session: Session, work: Work, place: _Place, new: NewShift) -> Occasion:
    now: datetime = work.clock()
    planned, row = new.planned, place.placement
    occasion = Occasion(
        program_id=row.program_id,
        participant_id=row.participant_id,
        kind=OccasionKind.SHIFT,
        starts_at=new.starts_at,
        ends_at=new.ends_at,
        zone=planned.zone,
        local_day=planned.day,
        created_at=now,
    )
    session.add(occasion)
    session.flush()
    session.add(
        Shift(
            id=occasion.id,
            program_id=row.program_id,
            placement_id=row.id,
            site_id=place.site_id,
            day=planned.day,
            start=planned.start,
            end=planned.end,
            start_fold=planned.start_fold,
            end_fold=planned.end_fold,
            agreed_day=planned.day,
            feedback_due_at=new.ends_at,
        )
    )
    return occasion
