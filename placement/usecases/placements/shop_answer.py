"""The shop's own answer to somebody who would like to start there. No reason is asked of it, either."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.placement_moves import next_state
from placement.domain.placements import Move, PlacementState
from placement.models.employers.opening import Opening
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.log import audit
from placement.usecases.effects.placements import change_state
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class ShopAnswer:
    """``note`` goes to the coordinator alone."""

    public_id: str
    yes: bool
    note: str = ""


def answer_for_shop(work: Work, actor: Actor, command: ShopAnswer) -> None:
    """A yes makes it accepted, a no declines it and frees the place; who said so is kept with the move.

    The same answer twice changes nothing. Raises NotFound for a proposal that is not this shop's or was taken back,
    and Refused when the shop has answered the other way, or the program has withdrawn it.
    """
    move = Move.EMPLOYER_YES if command.yes else Move.EMPLOYER_NO
    with work.transaction() as session:
        row, site_id = _locked(session, work, actor, command.public_id)
        facts = Facts(row.program_id, row.participant_id, site_id, current=True)
        ensure(actor, Permission.PLACEMENT_SHOP_ANSWER, facts)
        if row.state is next_state(PlacementState.OFFERED, move):
            return
        change_state(session, work, actor, row, next_state(row.state, move), command.note)
        row.version += 1
        audit(session, work, actor, "placements.shop_answer", "placement", row.id, move=move.value)


def _locked(session: Session, work: Work, actor: Actor, public_id: str) -> tuple[Placement, int]:
    """The placement, held against other writers until the end, and its site.

    Held first and looked at then: while waiting, its participant may have taken it back, or a colleague answered.
    """
    row = session.scalar(
        select(Placement)
        .where(Placement.public_id == public_id, scope.in_program(actor, Placement.program_id))
        .with_for_update()
    )
    site_id = session.scalar(
        select(Opening.site_id)
        .join(Placement, Placement.opening_id == Opening.id)
        .where(Placement.public_id == public_id, scope.offers(actor, work.clock()))
    )
    if row is None or site_id is None:
        raise NotFound
    return row, site_id
