"""Moving, cancelling and restoring a planned shift."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.attendance import ensure_clear
from placement.domain.errors import Refused
from placement.domain.patterns import spans_of
from placement.domain.shift_changes import Times
from placement.domain.shifts import Attendance, PlannedTime, instants, was_present
from placement.domain.week import Span
from placement.domain.words import say
from placement.models.shifts.pattern import ShiftPattern
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.permissions import Permission
from placement.queries.shifts.preview import plan_of
from placement.usecases.effects.limits import ensure_allowed
from placement.usecases.effects.log import audit
from placement.usecases.effects.progress import refresh_progress
from placement.usecases.effects.shift_changes import planned_times, tell_of_changes
from placement.usecases.effects.shifts import Found, ensure_free, find_shift, has_feedback, set_due
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class MoveShift:
    """New local times of a shift (public id). A fold says which of a time that comes twice."""

    shift: str
    version: int
    day: date
    start: time
    end: time
    start_fold: int | None = None
    end_fold: int | None = None


def move_shift(work: Work, actor: Actor, command: MoveShift) -> None:
    """Give a shift another day or other times; the day first agreed is kept.

    Raises NotFound, Forbidden, Stale, and Refused with the field's name.
    """
    with work.transaction() as session:
        found = _open(session, work, actor, command.shift, command.version)
        shift, occasion = found.shift, found.occasion
        if shift.cancelled_at is not None:
            raise Refused(say("This shift was cancelled."))
        if occasion.attendance is not Attendance.UNKNOWN or has_feedback(session, shift.id):
            raise Refused(say("Somebody has said how this shift was. Correct its real times instead."))
        planned = PlannedTime(
            command.day, command.start, command.end, occasion.zone, command.start_fold or 0, command.end_fold or 0
        )
        ensure_clear(planned, command.start_fold, command.end_fold)
        starts_at, ends_at = instants(planned)
        ensure_free(session, occasion.participant_id, starts_at, ends_at, but=shift.id)
        ensure_allowed(session, plan_of(session, shift.placement_id), planned, but=shift.id)
        before = planned_times(shift, occasion)
        shift.day, shift.start, shift.end = planned.day, planned.start, planned.end
        shift.start_fold, shift.end_fold = planned.start_fold, planned.end_fold
        shift.moved = not _as_agreed(session, found)
        occasion.starts_at, occasion.ends_at, occasion.local_day = starts_at, ends_at, planned.day
        _done(session, work, actor, found, "shift.move", before)


def cancel_shift(work: Work, actor: Actor, shift: str, version: int) -> None:
    """Take a shift out of the plan; it can be restored. Raises NotFound, Forbidden, Stale, Refused."""
    with work.transaction() as session:
        found = _open(session, work, actor, shift, version)
        if found.shift.cancelled_at is None:
            if was_present(found.occasion.attendance) or has_feedback(session, found.shift.id):
                raise Refused(say("Somebody has said that this shift took place. Correct that first."))
            before = planned_times(found.shift, found.occasion)
            found.shift.cancelled_at = work.clock()
            _done(session, work, actor, found, "shift.cancel", before)


def restore_shift(work: Work, actor: Actor, shift: str, version: int) -> None:
    """Put a cancelled shift back into the plan. Raises NotFound, Forbidden, Stale, Refused."""
    with work.transaction() as session:
        found = _open(session, work, actor, shift, version)
        if found.shift.cancelled_at is not None:
            occasion = found.occasion
            ensure_free(session, occasion.participant_id, occasion.starts_at, occasion.ends_at, but=found.shift.id)
            if occasion.starts_at > work.clock():
                plan = plan_of(session, found.shift.placement_id)
                ensure_allowed(session, plan, found.planned, but=found.shift.id)
            found.shift.cancelled_at = None
            _done(session, work, actor, found, "shift.restore", None)


def _as_agreed(session: Session, found: Found) -> bool:
    """Whether the shift stands again exactly where its pattern puts it: then the pattern may go on with it."""
    shift = found.shift
    if (shift.day, shift.start) != (shift.agreed_day, shift.agreed_start):
        return False
    times = session.scalar(select(ShiftPattern.times).where(ShiftPattern.id == shift.pattern_id))
    return Span(shift.day.weekday(), shift.start, shift.end) in spans_of(times or ())


def _open(session: Session, work: Work, actor: Actor, shift: str, version: int) -> Found:
    found = find_shift(session, actor, work.clock(), shift)
    ensure(actor, Permission.SHIFT_PLAN, found.facts)
    check_version(found.shift, version, _values(found))
    return found


def _values(found: Found) -> Mapping[str, Any]:
    """The form's fields as they are now, for whoever was slower."""
    shift = found.shift
    return {"day": shift.day, "start": shift.start, "end": shift.end}


def _done(session: Session, work: Work, actor: Actor, found: Found, action: str, before: Times) -> None:
    set_due(session, found)
    audit(session, work, actor, action, "shift", found.shift.id, placement_id=found.shift.placement_id)
    tell_of_changes(session, work, found.shift.program_id, found.shift.placement_id, {found.shift.id: before})
    refresh_progress(session, work, actor, found.occasion.participant_id, (), found.shift.placement_id)
