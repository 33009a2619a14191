"""What every new placement and every change of its state brings along.

The opening's counter moves before the placement's own row is written: whoever waits, waits at the opening, so that
two people at work on the same one never wait for each other in a circle.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.placements import PlacementKind, PlacementState, occupies
from placement.domain.words import say
from placement.models.placements.placement import Placement, PlacementMove
from placement.models.progress.summary import PlacementSummary
from placement.policy.actor import Actor
from placement.queries import scope
from placement.usecases.effects.log import audit
from placement.usecases.effects.places import free_place, take_place
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class NewPlacement:
    """Keys of one program; ``pattern`` a week's mask; ``fit`` in basis points, None by hand.

    ``force_reason``: why it was decided against a rule of the matching, empty for every other.
    """

    program_id: int
    participant_id: int
    opening_id: int
    kind: PlacementKind
    first_day: date
    last_day: date | None
    pattern: int
    run_id: int | None = None
    fit: int | None = None
    force_reason: str = ""


def add_placement(session: Session, work: Work, actor: Actor, new: NewPlacement) -> Placement:
    """Take a place and write a placement in state *proposed*.

    Raises Refused if no place is free, or the person already is at this opening; the transaction is lost then.
    """
    if not take_place(session, new.opening_id):
        raise Refused(say("The last place there has been taken meanwhile."), "opening")
    now = work.clock()
    row = Placement(
        program_id=new.program_id,
        participant_id=new.participant_id,
        opening_id=new.opening_id,
        run_id=new.run_id,
        kind=new.kind,
        state=PlacementState.PROPOSED,
        fit=new.fit,
        force_reason=new.force_reason,
        first_day=new.first_day,
        last_day=new.last_day,
        pattern=new.pattern,
        created_at=now,
    )
    session.add(row)
    try:
        session.flush()
    except IntegrityError as error:
        raise Refused(say("They already have a placement at this opening."), "opening") from error
    session.add(PlacementSummary(placement_id=row.id, program_id=row.program_id))
    _write_move(session, row, None, now, actor, "")
    audit(session, work, actor, "placements.propose", "placement", row.id, participant=new.participant_id)
    return row


def locked_placement(session: Session, actor: Actor, public_id: str) -> Placement:
    """The placement, held against other writers until the end. Raises NotFound if absent or out of sight."""
    row = session.scalar(
        select(Placement).where(Placement.public_id == public_id, scope.placements(actor)).with_for_update()
    )
    if row is None:
        raise NotFound
    return row


def change_state(session: Session, work: Work, actor: Actor, row: Placement, to: PlacementState, note: str) -> None:
    """Move a locked placement on: its row of history, and the place given back when it no longer needs one."""
    before = row.state
    if occupies(before) and not occupies(to):
        free_place(session, row.opening_id)
    row.state = to
    _write_move(session, row, before, work.clock(), actor, note)


def _write_move(
    session: Session, row: Placement, before: PlacementState | None, at: datetime, actor: Actor, note: str
) -> None:
    session.add(
        PlacementMove(
            program_id=row.program_id,
            placement_id=row.id,
            from_state=before,
            to_state=row.state,
            at=at,
            by_account_id=actor.account_id,
            note=note,
        )
    )
