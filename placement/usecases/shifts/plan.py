"""Planning a single shift besides the weekly pattern."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from placement.domain.attendance import ensure_clear
from placement.domain.errors import Refused
from placement.domain.shifts import PlannedTime, instants
from placement.domain.words import say
from placement.policy.actor import Actor
from placement.usecases.effects.limits import ensure_allowed
from placement.usecases.effects.log import audit
from placement.usecases.effects.plans import add_planned, placement_to_plan
from placement.usecases.effects.progress import refresh_progress
from placement.usecases.effects.shift_changes import tell_of_changes
from placement.usecases.effects.shifts import ensure_free
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class AddShift:
    """One shift in the site's local time. A fold says which of a time that comes twice; None where it doesn't."""

    placement: str
    day: date
    start: time
    end: time
    start_fold: int | None = None
    end_fold: int | None = None


def add_shift(work: Work, actor: Actor, command: AddShift) -> str:
    """Add one shift and return its public id. Raises NotFound, Forbidden, and Refused with the field's name."""
    with work.transaction() as session:
        placed = placement_to_plan(session, actor, command.placement)
        plan = placed.plan
        if command.day < plan.first_day or (plan.last_day is not None and command.day > plan.last_day):
            raise Refused(say("This day is outside the placement."), "day")
        planned = PlannedTime(
            command.day, command.start, command.end, plan.zone, command.start_fold or 0, command.end_fold or 0
        )
        ensure_clear(planned, command.start_fold, command.end_fold)
        ensure_free(session, plan.participant_id, *instants(planned))
        ensure_allowed(session, plan, planned)
        occasion = add_planned(session, work.clock(), plan, planned)
        audit(session, work, actor, "shift.add", "shift", occasion.id, placement_id=plan.id)
        tell_of_changes(session, work, plan.program_id, plan.id, {occasion.id: None})
        refresh_progress(session, work, actor, plan.participant_id, (), plan.id)
        return occasion.public_id
