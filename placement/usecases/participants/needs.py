"""What somebody cannot do without."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select

from placement.domain.errors import Stale
from placement.models.participants.profile import Need
from placement.models.programs.catalog import Accommodation
from placement.policy.actor import Actor
from placement.policy.permissions import Permission
from placement.queries.scope import in_program
from placement.usecases.effects.log import audit
from placement.usecases.effects.people import keys_by_public_id, lock_participant
from placement.usecases.transaction import Work


def set_needs(
    work: Work, actor: Actor, public_id: str, needs: frozenset[str], *, seen: frozenset[str] | None = None
) -> None:
    """Make ``needs`` (public ids of accommodations) all that this participant needs.

    ``seen``: what the editor was looking at. Raises Stale (``current['needs']``), NotFound, Forbidden.
    """
    with work.transaction() as session:
        person = lock_participant(session, actor, public_id, Permission.PARTICIPANT_ABILITIES)
        own = in_program(actor, Accommodation.program_id)
        wanted = keys_by_public_id(session, Accommodation.id, Accommodation.public_id, own, needs)
        rows: Any = session.execute(
            select(Accommodation.public_id, Accommodation.id)
            .join(Need, Need.accommodation_id == Accommodation.id)
            .where(Need.participant_id == person.id)
        )
        current: dict[str, int] = dict(rows.all())
        if current == wanted:
            return
        if seen is not None and seen != frozenset(current):
            raise Stale(0, {"needs": sorted(current)})
        gone = set(current.values()) - set(wanted.values())
        added = sorted(set(wanted.values()) - set(current.values()))
        session.execute(delete(Need).where(Need.participant_id == person.id, Need.accommodation_id.in_(sorted(gone))))
        session.add_all(
            Need(program_id=person.program_id, participant_id=person.id, accommodation_id=key) for key in added
        )
        audit(session, work, actor, "participants.needs", "participant", person.id, added=added, removed=sorted(gone))
