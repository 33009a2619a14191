"""Writing planned shifts: one by one, or what follows from a pattern."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.occasions import OccasionKind
from placement.domain.planning import ensure_plannable
from placement.domain.replanning import Changes, Retimed, Stored, Why
from placement.domain.shift_changes import Times
from placement.domain.shifts import PlannedTime, instants
from placement.models.placements.placement import Placement
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.shifts.preview import ToPlan, to_plan


@dataclass(frozen=True, slots=True)
class Placed:
    """The placement's row, locked until the end, and what its planner sees."""

    row: Placement
    plan: ToPlan


def placement_to_plan(session: Session, actor: Actor, public_id: str) -> Placed:
    """Locked, so that two people planning at once add each shift once. Raises NotFound, Forbidden, Refused."""
    row = session.scalar(
        select(Placement)
        .where(Placement.public_id == public_id, scope.placements(actor))
        .with_for_update(of=Placement, key_share=True)
    )
    if row is None:
        raise NotFound
    plan = to_plan(session, actor, public_id)
    ensure_plannable(plan.state)
    return Placed(row, plan)


def add_planned(
    session: Session, now: datetime, plan: ToPlan, planned: PlannedTime, pattern_id: int | None = None
) -> Occasion:
    """A new shift with its occasion. Raises Refused on times that can't be."""
    starts_at, ends_at = instants(planned)
    occasion = Occasion(
        program_id=plan.program_id,
        participant_id=plan.participant_id,
        kind=OccasionKind.SHIFT,
        starts_at=starts_at,
        ends_at=ends_at,
        zone=planned.zone,
        local_day=planned.day,
        created_at=now,
    )
    session.add(occasion)
    session.flush()
    session.add(
        Shift(
            id=occasion.id,
            program_id=plan.program_id,
            placement_id=plan.id,
            site_id=plan.site_id,
            day=planned.day,
            start=planned.start,
            end=planned.end,
            start_fold=planned.start_fold,
            end_fold=planned.end_fold,
            agreed_day=planned.day,
            agreed_start=planned.start,
            pattern_id=pattern_id,
            feedback_due_at=ends_at,
        )
    )
    return occasion


def apply_changes(session: Session, now: datetime, plan: ToPlan, pattern_id: int, changes: Changes) -> dict[int, Times]:
    """Write what follows from a pattern. Shifts that stay are told their place in it and keep their version.

    Returns the changed ones by key, each with the times at which it was planned before.
    """
    before: dict[int, Times] = {}
    same = [(row.stored.id, row.planned) for row in changes.same]
    kept = [(row.stored.id, row.planned) for row in changes.kept if row.why is not Why.EXTRA]
    for shift_id, place in [*same, *kept]:
        if place is not None:
            _rename(session, shift_id, pattern_id, place)
    for change in (*changes.retimed, *changes.revived):
        before[change.stored.id] = _was(change.stored)
        _retime(session, pattern_id, change)
    for gone in changes.removed:
        shift = session.get_one(Shift, gone.id)
        shift.cancelled_at, shift.feedback_due_at = now, None
        shift.version += 1
        before[gone.id] = _was(gone)
    for planned in changes.added:
        before[add_planned(session, now, plan, planned, pattern_id).id] = None
    session.flush()
    return before


def _was(stored: Stored) -> Times:
    return None if stored.cancelled else (stored.starts_at, stored.ends_at)


def _rename(session: Session, shift_id: int, pattern_id: int, planned: PlannedTime) -> None:
    session.execute(update(Shift).where(Shift.id == shift_id).values(pattern_id=pattern_id, agreed_start=planned.start))


def _retime(session: Session, pattern_id: int, change: Retimed) -> None:
    shift, occasion = session.get_one(Shift, change.stored.id), session.get_one(Occasion, change.stored.id)
    planned = change.planned
    starts_at, ends_at = instants(planned)
    shift.day, shift.start, shift.end = planned.day, planned.start, planned.end
    shift.start_fold, shift.end_fold = planned.start_fold, planned.end_fold
    shift.agreed_day, shift.agreed_start, shift.pattern_id = planned.day, planned.start, pattern_id
    shift.cancelled_at, shift.feedback_due_at = None, ends_at
    shift.version += 1
    occasion.starts_at, occasion.ends_at, occasion.local_day = starts_at, ends_at, planned.day
