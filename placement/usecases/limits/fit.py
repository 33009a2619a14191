"""Taking shifts out of the plan that no longer fit, all with one yes; and bringing back what was held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import Refused, Stale
from placement.domain.shift_changes import Times
from placement.models.limits.limits import StepPlan
from placement.models.participants.participant import Participant
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries.limits.rules import rules_of
from placement.queries.limits.unfit import fingerprint, held_back, unfit_shifts
from placement.queries.shifts.preview import plan_of
from placement.usecases.effects.limits import ensure_allowed
from placement.usecases.effects.log import audit
from placement.usecases.effects.people import lock_participant
from placement.usecases.effects.progress import refresh_progress
from placement.usecases.effects.shift_changes import planned_times, tell_of_changes
from placement.usecases.effects.shifts import Found, ensure_free
from placement.usecases.transaction import Work


def cancel_unfit(work: Work, actor: Actor, participant: str, seen: str) -> int:
    """Cancel the shifts (of a person, by public id) that no longer fit; how many. Those concerned are told once.

    ``seen``: the fingerprint of the list that was shown. Raises NotFound, Forbidden, and Stale where it is another
    list by now.
    """
    with work.transaction() as session:
        person = lock_participant(session, actor, participant, Permission.SHIFT_PLAN, archived=True)
        found = unfit_shifts(session, person.id, work.clock(), rules_of(session, person.id))
        if fingerprint(found) != seen:
            raise Stale(0, {})
        held = _held_since(session, person.id)
        before: dict[int, dict[int, Times]] = defaultdict(dict)
        for row in found:
            shift, occasion = session.get_one(Shift, row.id), session.get_one(Occasion, row.id)
            before[row.placement_id][row.id] = planned_times(shift, occasion)
            # Bears the instant of the hold, so that it can be found again when the participant goes on.
            shift.cancelled_at, shift.feedback_due_at = held.get(row.placement_id, work.clock()), None
            shift.version += 1
        _tell(session, work, actor, person, before, "limit.cancel_unfit")
        return len(found)


def bring_back(work: Work, actor: Actor, participant: str) -> int:
    """Plan again what was taken out while a plan was held, as far as it fits; how many.

    Raises NotFound and Forbidden.
    """
    with work.transaction() as session:
        person = lock_participant(session, actor, participant, Permission.SHIFT_PLAN)
        before: dict[int, dict[int, Times]] = defaultdict(dict)
        for shift, occasion in session.execute(held_back(person.id, work.clock())).all():
            found = Found(shift, occasion, Facts(shift.program_id, person.id, shift.site_id))
            if not _fits(session, found):
                continue
            shift.cancelled_at, shift.feedback_due_at = None, occasion.ends_at
            shift.version += 1
            session.flush()
            before[shift.placement_id][shift.id] = None
        _tell(session, work, actor, person, before, "limit.bring_back")
        return sum(len(rows) for rows in before.values())


def _fits(session: Session, found: Found) -> bool:
    occasion = found.occasion
    try:
        ensure_free(session, occasion.participant_id, occasion.starts_at, occasion.ends_at, but=found.shift.id)
        ensure_allowed(session, plan_of(session, found.shift.placement_id), found.planned, but=found.shift.id)
    except Refused:
        return False
    return True


def _held_since(session: Session, participant_id: int) -> dict[int, datetime]:
    """Placement → when the plan that holds its shifts was held."""
    rows = session.execute(
        select(StepPlan.placement_id, StepPlan.held_at)
        .where(StepPlan.participant_id == participant_id, StepPlan.held_at.is_not(None), StepPlan.stopped_at.is_(None))
        .order_by(StepPlan.id)
    )
    return {placement_id: at for placement_id, at in rows if at is not None}


def _tell(
    session: Session,
    work: Work,
    actor: Actor,
    person: Participant,
    before: Mapping[int, Mapping[int, Times]],
    verb: str,
) -> None:
    """Mails, the log and summaries, once for each placement."""
    session.flush()
    for placement_id, shifts in sorted(before.items()):
        tell_of_changes(session, work, person.program_id, placement_id, shifts)
        audit(session, work, actor, verb, "placement", placement_id, shifts=sorted(shifts))
        refresh_progress(session, work, actor, person.id, (), placement_id)
