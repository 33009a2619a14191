"""What a coordinator does to a placement: record the employer's answer, start, pause, end, withdraw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import Forbidden, Refused
from placement.domain.events import EventKind
from placement.domain.participants import ParticipantStatus
from placement.domain.placement_moves import is_final, mover, next_state
from placement.domain.placements import Move, Mover
from placement.domain.words import say
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.placements.placement import Placement
from placement.models.progress.milestone import ChartEvent
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.usecases.effects.log import audit
from placement.usecases.effects.pauses import bring_back, cancel_ahead
from placement.usecases.effects.placement_ends import end_placement, person_of, set_status
from placement.usecases.effects.placements import change_state, locked_placement
from placement.usecases.effects.start_gate import ensure_complete
from placement.usecases.effects.step_plans import ensure_result
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class MovePlacement:
    """``on``: the day of a start or an end, by default today. ``note`` stays with staff.

    ``cancel_shifts``: a pause takes the shifts to come out of the plan, too.
    """

    public_id: str
    version: int
    move: Move
    on: date | None = None
    note: str = ""
    cancel_shifts: bool = False


def move_placement(work: Work, actor: Actor, command: MovePlacement) -> None:
    """Make a move. Raises NotFound, Forbidden (also for what only the participant decides), Stale and Refused.

    A start marks the participant as on placement and puts a phase line into the chart. An end frees the place,
    cancels the shifts after it and sets the last day. Going on plans again what the pause took out.
    """
    with work.transaction() as session:
        row = locked_placement(session, actor, command.public_id)
        ensure(actor, Permission.PLACEMENT_MANAGE, Facts(row.program_id, row.participant_id))
        if mover(command.move) is Mover.PARTICIPANT:
            raise Forbidden(Permission.PLACEMENT_ANSWER)
        to = next_state(row.state, command.move)
        today = actor.today(work.clock())
        on = command.on or today
        if is_final(to) and on > today:
            raise Refused(say("This day is still to come. Set the last day instead."), "on")
        check_version(row, command.version, {})
        if command.move is Move.COMPLETE:
            ensure_result(session, row)
        elif command.move is Move.START:
            ensure_complete(session, row, on)
        was = row.state
        change_state(session, work, actor, row, to, command.note)
        if command.move is Move.START:
            _start(session, work, row, on)
        elif command.move is Move.PAUSE and command.cancel_shifts:
            cancel_ahead(session, work, actor, row)
        elif command.move is Move.RESUME:
            bring_back(session, work, actor, row)
        elif is_final(to):
            end_placement(session, work, actor, row, was, on, today)
        audit(session, work, actor, "placements.move", "placement", row.id, move=command.move.value, state=to.value)


def _start(session: Session, work: Work, row: Placement, on: date) -> None:
    if row.last_day is not None and on > row.last_day:
        raise Refused(say("This is after the last day. Change the last day first."), "on")
    row.first_day = min(row.first_day, on)
    set_status(person_of(session, row), ParticipantStatus.ACTIVE)
    site, employer = session.execute(
        select(Site.name, Employer.name)
        .join(Opening, Opening.site_id == Site.id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(Opening.id == row.opening_id)
    ).one()
    text = employer if site in ("", employer) else f"{employer}, {site}"
    session.add(
        ChartEvent(
            program_id=row.program_id,
            participant_id=row.participant_id,
            kind=EventKind.NEW_SITE,
            day=on,
            text=text[:80],
            created_at=work.clock(),
        )
    )
