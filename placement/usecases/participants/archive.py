"""Putting a participant's record away, and taking it back out. Nothing is deleted."""

from __future__ import annotations

from sqlalchemy import select

from placement.domain.errors import Refused
from placement.domain.placements import PlacementState, occupies
from placement.domain.words import say
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.policy.permissions import Permission
from placement.usecases.effects.log import audit
from placement.usecases.effects.people import lock_participant
from placement.usecases.transaction import Work

OCCUPYING = [state for state in PlacementState if occupies(state)]


def archive_participant(work: Work, actor: Actor, public_id: str) -> None:
    """Archive; a second time changes nothing. Raises Refused while a place is occupied, NotFound, Forbidden."""
    with work.transaction() as session:
        person = lock_participant(session, actor, public_id, Permission.PARTICIPANT_CREATE, archived=True)
        if person.archived_at is not None:
            return
        placed = session.scalar(
            select(Placement.id).where(Placement.participant_id == person.id, Placement.state.in_(OCCUPYING)).limit(1)
        )
        if placed is not None:
            raise Refused(say("There is a placement that has not ended. End or withdraw it first."))
        person.archived_at = work.clock()
        audit(session, work, actor, "participants.archive", "participant", person.id)


def restore_participant(work: Work, actor: Actor, public_id: str) -> None:
    """Take an archived participant back; a live one stays as it is. Raises NotFound, Forbidden."""
    with work.transaction() as session:
        person = lock_participant(session, actor, public_id, Permission.PARTICIPANT_CREATE, archived=True)
        if person.archived_at is None:
            return
        person.archived_at = None
        audit(session, work, actor, "participants.restore", "participant", person.id)
