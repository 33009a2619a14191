"""The participant's own words about a proposal: what they like, what worries them."""

from __future__ import annotations

from dataclasses import dataclass

from placement.domain.errors import Refused
from placement.domain.placement_moves import is_final
from placement.domain.words import say
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.usecases.effects.log import audit
from placement.usecases.effects.placements import locked_placement
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class WriteWords:
    """Both may be empty; what is empty is taken back."""

    public_id: str
    likes: str
    worries: str


def write_words(work: Work, actor: Actor, command: WriteWords) -> None:
    """Keep the words for the people who accompany the participant; no shop ever reads them.

    Raises NotFound, Forbidden for anybody but the participant, and Refused once the placement is over.
    """
    with work.transaction() as session:
        row = locked_placement(session, actor, command.public_id)
        ensure(actor, Permission.PLACEMENT_ANSWER, Facts(row.program_id, row.participant_id))
        if is_final(row.state):
            raise Refused(say("This placement is over; it can only be read."))
        row.likes, row.worries = command.likes, command.worries
        audit(session, work, actor, "placements.words", "placement", row.id, fields=["likes", "worries"])
