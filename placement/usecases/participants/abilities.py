"""What somebody can do, on the program's traits."""

from __future__ import annotations

from collections.abc import Mapping

from placement.domain.errors import Refused
from placement.domain.participants import TRAIT_LEVELS
from placement.domain.words import say
from placement.models.participants.profile import Ability
from placement.models.programs.catalog import Trait
from placement.policy.actor import Actor
from placement.policy.permissions import Permission
from placement.queries.scope import in_program
from placement.usecases.effects.links import set_values
from placement.usecases.effects.log import audit
from placement.usecases.effects.people import keys_by_public_id, lock_participant
from placement.usecases.transaction import Work

Levels = Mapping[str, int | None]


def set_abilities(work: Work, actor: Actor, public_id: str, levels: Levels, *, seen: Levels | None = None) -> None:
    """Set levels 0–5 by trait (public id); None means unknown, which is not 0. Traits not named stay as they are.

    ``seen``: the levels the editor was looking at. Raises Stale, Refused, NotFound, Forbidden.
    """
    if any(level is not None and level not in TRAIT_LEVELS for level in levels.values()):
        raise Refused(say("Use a level from 0 to 5, or “unknown”."))
    with work.transaction() as session:
        person = lock_participant(session, actor, public_id, Permission.PARTICIPANT_ABILITIES)
        ids = keys_by_public_id(session, Trait.id, Trait.public_id, in_program(actor, Trait.program_id), levels)
        changed = set_values(session, Ability, person, ids, levels, seen)
        if changed:
            audit(session, work, actor, "participants.abilities", "participant", person.id, traits=changed)
