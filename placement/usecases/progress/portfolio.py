"""Whether somebody's portfolio names the shops they worked in: their own choice."""

from __future__ import annotations

from sqlalchemy import select

from placement.domain.errors import NotFound
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


def name_shops(work: Work, actor: Actor, wanted: bool) -> None:
    """Set the actor's own choice; the same again changes nothing. Raises NotFound for who is no participant."""
    with work.transaction() as session:
        row = session.scalar(
            select(Participant)
            .where(Participant.id == (actor.participant_id or 0), scope.participants(actor))
            .with_for_update()
        )
        if row is None:
            raise NotFound
        ensure(actor, Permission.PORTFOLIO_OWN, Facts(row.program_id, row.id))
        if row.names_shops is wanted:
            return
        row.names_shops = wanted
        audit(session, work, actor, "participant.names_shops", "participant", row.id, named=wanted)
