"""A yes that can be taken back at any time, and has no consequence when it is a no."""

from __future__ import annotations

from sqlalchemy import select

from placement.domain.errors import NotFound
from placement.domain.rights import ConsentPurpose
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.consents import give_consent, withdraw_consent
from placement.usecases.transaction import Work


def set_consent(work: Work, actor: Actor, purpose: ConsentPurpose, given: bool) -> None:
    """Say yes, or take it back; the same again changes nothing. What rested on it goes at once.

    Raises NotFound and Forbidden.
    """
    with work.transaction() as session:
        person = session.scalar(
            select(Participant)
            .where(scope.participants(actor), Participant.id == (actor.participant_id or 0))
            .with_for_update()
        )
        if person is None:
            raise NotFound
        ensure(actor, Permission.RIGHTS_OWN, Facts(person.program_id, person.id))
        change = give_consent if given else withdraw_consent
        change(session, work, actor, person.id, purpose)
