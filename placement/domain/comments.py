"""Words of a shop for a participant: when they read them, and what they may answer."""

from __future__ import annotations

from enum import StrEnum

from placement.domain.words import Say, say

#: Longest answer of a participant, in characters.
LONGEST_ANSWER = 2000


class Reads(StrEnum):
    """The participant's own choice of when to read what a shop wrote."""

    AT_ONCE = "at_once"
    WITH_COACH = "with_coach"


_READS = {Reads.AT_ONCE: say("I read it at once"), Reads.WITH_COACH: say("I read it with my coach first")}


def reads_words(reads: Reads) -> Say:
    """A choice as the participant reads it."""
    return _READS[reads]
