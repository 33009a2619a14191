"""A yes that can be taken back at any time, and has no consequence when it is a no."""

from __future__ import annotations

from sqlalchemy import delete, select

from placement.domain.errors import NotFound
from placement.domain.rights import ConsentPurpose
from placement.models.activities.activity import Reflection
from placement.models.participants.participant import Participant
from placement.models.rights.rights import Consent
from placement.models.rights.share import Share
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.log import audit
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
        row = session.scalar(
            select(Consent).where(
                Consent.participant_id == person.id, Consent.purpose == purpose, Consent.withdrawn_at.is_(None)
            )
        )
        if (row is not None) is given:
            return
        if row is None:
            row = Consent(
                program_id=person.program_id, participant_id=person.id, purpose=purpose, created_at=work.clock()
            )
            session.add(row)
            session.flush()
        else:
            row.withdrawn_at = work.clock()
            if purpose is ConsentPurpose.REFLECTIONS:
                mine = select(Reflection.id).where(Reflection.participant_id == person.id)
                session.execute(delete(Share).where(Share.reflection_id.in_(mine)))
                session.execute(delete(Reflection).where(Reflection.participant_id == person.id))
        action = "consent.give" if given else "consent.withdraw"
        audit(session, work, actor, action, "consent", row.id, participant_id=person.id, purpose=purpose.value)
