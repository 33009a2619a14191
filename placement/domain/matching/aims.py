"""What the check of a run proved, in words; its weights and its minimum in words."""

from __future__ import annotations

from collections.abc import Mapping

from placement.domain.matching.problem import Mode, Settings
from placement.domain.words import Say, say

#: What the check of a mode proves; never more.
PROOF_WORDS: Mapping[Mode, Say] = {
    Mode.TOTAL: say(
        "Proved: under these rules nobody more can be placed, and no other arrangement of as many people fits better."
    ),
    Mode.LEAST_SHORTFALL: say(
        "Proved: under these rules nobody more can be placed, and no other arrangement of as many people"
        " has a smaller sum of squared gaps to a full fit."
    ),
    Mode.MAX_MIN: say(
        "Proved: under these rules nobody more can be placed, the lowest fit cannot be higher with as many people,"
        " and with that lowest fit no other arrangement fits better."
    ),
    Mode.STABLE: say(
        "Checked: no person and no opening would both rather have each other than what they have."
        " Another arrangement may place more people or fit better."
    ),
}


def weights_words(settings: Settings) -> Say:
    """How much each factor counts, in points of 100."""
    w = settings.weights
    return say(
        "Abilities count %(profile)s of 100, wishes %(wishes)s, travel %(travel)s, schedule %(schedule)s.",
        profile=_points(w.profile),
        wishes=_points(w.wishes),
        travel=_points(w.travel),
        schedule=_points(w.schedule),
    )


def minimum_words(settings: Settings) -> Say:
    """Below which fit nobody is placed."""
    if not settings.minimum_fit:
        return say("There is no minimum fit: as many people as possible get a place.")
    return say("Nobody is placed below a fit of %(points)s of 100.", points=_points(settings.minimum_fit))


def _points(basis: int) -> int | float:
    return basis // 100 if basis % 100 == 0 else basis / 100
