"""Words of an opening."""

from __future__ import annotations

from enum import StrEnum

from placement.domain.words import Say, say


class OpeningState(StrEnum):
    OPEN = "open"
    ON_HOLD = "on_hold"
    CLOSED = "closed"


_WORDS = {
    OpeningState.OPEN: say("open"),
    OpeningState.ON_HOLD: say("on hold"),
    OpeningState.CLOSED: say("closed"),
}


def opening_words(state: OpeningState) -> Say:
    return _WORDS[state]
