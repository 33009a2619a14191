"""What participants can do with their own placement, as their pages offer it."""

from __future__ import annotations

from placement.domain.placement_moves import own_moves
from placement.domain.placements import Move, PlacementState
from placement.domain.words import Say, say

#: What stands in the address.
STEPS = {"pause": Move.PAUSE, "go-on": Move.RESUME, "end": Move.END_EARLY, "stop": Move.WITHDRAW}
_WORDS = {
    Move.PAUSE: say("Pause it"),
    Move.RESUME: say("Go on"),
    Move.END_EARLY: say("End it"),
    Move.WITHDRAW: say("End it"),
}


def steps_of(state: PlacementState) -> list[tuple[str, Say]]:
    """(word in the address, words on the button) of each step this state allows."""
    allowed = own_moves(state)
    return [(step, _WORDS[move]) for step, move in STEPS.items() if move in allowed]
