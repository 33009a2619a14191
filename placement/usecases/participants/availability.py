"""When somebody can work."""

from __future__ import annotations

from placement.domain.errors import Refused, Stale
from placement.domain.week import FULL_WEEK
from placement.domain.words import say
from placement.policy.actor import Actor
from placement.policy.permissions import Permission
from placement.usecases.effects.log import audit
from placement.usecases.effects.people import lock_participant
from placement.usecases.transaction import Work

#: For ``seen``: whoever calls has looked at nothing.
UNSEEN = -1


def set_availability(work: Work, actor: Actor, public_id: str, mask: int | None, *, seen: int | None = UNSEEN) -> None:
    """Store the week (see ``domain.week``); None means not asked yet, which limits nothing.

    ``seen``: the week the editor was looking at; Stale if it is another one by now, and ``current['week']`` holds it.
    Raises Refused, NotFound, Forbidden.
    """
    if mask is not None and not 0 <= mask <= FULL_WEEK:
        raise Refused(say("That is not a week."))
    with work.transaction() as session:
        person = lock_participant(session, actor, public_id, Permission.PARTICIPANT_WISHES)
        if person.availability == mask:
            return
        if seen not in (UNSEEN, person.availability):
            raise Stale(person.version, {"week": person.availability})
        person.availability = mask
        audit(session, work, actor, "participants.availability", "participant", person.id)
