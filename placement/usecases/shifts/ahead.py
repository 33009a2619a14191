"""What the worker does for plans: go on with patterns, and keep instants true when a zone's rules change."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from placement.domain.patterns import AHEAD
from placement.domain.planning import PLANNABLE, is_plannable
from placement.domain.plans import horizon, only_more, outlook
from placement.domain.shifts import PlanError, PlannedTime, instants
from placement.models.placements.placement import Placement
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.pattern import ShiftPattern
from placement.models.shifts.shift import Shift
from placement.policy.actor import System
from placement.queries.shifts.planned import ground
from placement.queries.shifts.preview import pattern_of, plan_of
from placement.usecases.effects.log import audit
from placement.usecases.effects.plans import apply_changes
from placement.usecases.effects.progress import refresh_progress
from placement.usecases.transaction import Work

#: So many shifts are looked at in one transaction.
_BATCH = 500
#: Generating begins when less than this is planned, so that it comes in weeks and not every day.
_SLACK = timedelta(days=6)


def plan_ahead(work: Work) -> int:
    """Make the shifts of all patterns some weeks ahead; returns how many came. Again at once: none.

    Each pattern in a transaction of its own; what fails for one is raised after all others were made. A shift that
    would meet another one of the person is left out, as it is when a pattern is set; what is there is left alone.
    """
    with work.sessions() as session:
        waiting = list(session.scalars(_waiting(work.clock().date())))
    count, errors = 0, []
    for key in waiting:
        try:
            count += _go_on(work, key)
        except Exception as error:
            errors.append(error)
    if errors:
        raise ExceptionGroup("patterns that could not go on", errors)
    return count


def recompute_instants(work: Work) -> int:
    """Derive the instants of shifts to come from their local plan again; returns how many were other than stored.

    A local time that no longer exists keeps its instants: a person has to decide.
    """
    changed, after = 0, 0
    while True:
        with work.transaction() as session:
            found, after = _recompute_some(session, work, after)
        changed += found
        if after == 0:
            return changed


def _waiting(today: date) -> Select[int]:
    """Patterns of running placements with less planned than they should have."""
    wanted = today + AHEAD - _SLACK
    planned = func.coalesce(ShiftPattern.planned_until, date.min)
    return (
        select(ShiftPattern.id)
        .join(Placement, Placement.id == ShiftPattern.placement_id)
        .where(
            ShiftPattern.archived_at.is_(None),
            Placement.state.in_(PLANNABLE),
            planned < wanted,
            or_(ShiftPattern.last_day.is_(None), planned < ShiftPattern.last_day),
            or_(Placement.last_day.is_(None), planned < Placement.last_day),
        )
        .order_by(ShiftPattern.id)
    )


def _go_on(work: Work, pattern_id: int) -> int:
    now = work.clock()
    with work.transaction() as session:
        placement_id = session.scalar(select(ShiftPattern.placement_id).where(ShiftPattern.id == pattern_id))
        # The placement first, as everybody who plans does; then the pattern as it is now.
        placement = session.get_one(Placement, placement_id, with_for_update={"key_share": True})
        row = session.get_one(ShiftPattern, pattern_id, populate_existing=True)
        if row.archived_at is not None or not is_plannable(placement.state):
            return 0
        plan, pattern = plan_of(session, placement.id), pattern_of(row)
        here = now.astimezone(ZoneInfo(plan.zone)).date()
        until = horizon(here, pattern, plan.last_day)
        first = max(pattern.first_day, here if row.planned_until is None else row.planned_until + timedelta(days=1))
        if first > until:
            return 0
        found = ground(session, plan, now, first)
        names = work.holidays(plan.region, first, until)
        shown = outlook(pattern, plan.zone, first, until, now, found.stored, found.around, names)
        more = only_more(shown.changes)
        if shown.impossible is not None:
            # Held or not begun: what is not made now is made as soon as the plan allows it.
            return 0
        apply_changes(session, now, plan, pattern_id, more)
        row.planned_until = until
        count = len(more.added) + len(more.revived)
        if count:
            system = System(plan.program_id)
            audit(session, work, system, "shift.ahead", "shift_pattern", pattern_id, placement_id=plan.id, count=count)
            refresh_progress(session, work, system, plan.participant_id, (), plan.id)
        return count


def _recompute_some(session: Session, work: Work, after: int) -> tuple[int, int]:
    """The next batch; answers how many changed and the last key, 0 at the end."""
    rows = session.execute(
        select(Shift, Occasion)
        .join(Occasion, Occasion.id == Shift.id)
        .where(Occasion.starts_at > work.clock(), Shift.id > after)
        .order_by(Shift.id)
        .limit(_BATCH)
        .with_for_update(of=[Shift, Occasion], key_share=True)
    ).all()
    changed = 0
    for shift, occasion in rows:
        planned = PlannedTime(shift.day, shift.start, shift.end, occasion.zone, shift.start_fold, shift.end_fold)
        try:
            derived = instants(planned)
        except PlanError:
            continue
        if derived != (occasion.starts_at, occasion.ends_at):
            occasion.starts_at, occasion.ends_at = derived
            shift.version += 1
            if shift.feedback_due_at is not None:
                shift.feedback_due_at = occasion.ends_at
            system = System(shift.program_id)
            audit(session, work, system, "shift.instants", "shift", shift.id, placement_id=shift.placement_id)
            changed += 1
    return changed, rows[-1][0].id if len(rows) == _BATCH else 0
