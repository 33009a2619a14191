"""States of a stored matching run and marks on its pairs."""

from __future__ import annotations

from enum import StrEnum

from placement.domain.words import Say, say


class RunState(StrEnum):
    #: Being solved in the background.
    SOLVING = "solving"
    DRAFT = "draft"
    CONFIRMED = "confirmed"
    DISCARDED = "discarded"
    #: Could not be solved; ``failure`` says why.
    FAILED = "failed"


class Mark(StrEnum):
    """What the coordinator said about a person's pair in a run."""

    FREE = "free"
    LOCKED = "locked"
    #: Kept against a rule or the minimum fit, with a reason.
    FORCED = "forced"


class Decision(StrEnum):
    """What became of a suggestion to change a profile."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"


_STATE_WORDS = {
    RunState.SOLVING: say("being solved"),
    RunState.DRAFT: say("draft"),
    RunState.CONFIRMED: say("proposed"),
    RunState.DISCARDED: say("discarded"),
    RunState.FAILED: say("no answer"),
}


def run_state_words(state: RunState) -> Say:
    """A run's state as it is shown."""
    return _STATE_WORDS[state]
