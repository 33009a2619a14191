"""What staff do with and for a participant: the source of coach hours."""

from __future__ import annotations

from enum import StrEnum

from placement.domain.words import Say, say

#: Longest single contact that can be entered, in minutes.
MOST_MINUTES = 24 * 60
#: Lengths one tap enters.
QUICK_MINUTES = (15, 30, 45, 60, 90, 120)
#: Longest note, in characters.
LONGEST_NOTE = 4000
#: Instead of a shift: the one of that day, if there is one and it was about work there.
AUTO = "auto"


class ContactKind(StrEnum):
    #: At work, beside the participant.
    COACHING = "coaching"
    CALL = "call"
    EMPLOYER_VISIT = "employer_visit"
    TRAVEL = "travel"
    MEETING = "meeting"


_WORDS = {
    ContactKind.COACHING: say("coaching at work"),
    ContactKind.CALL: say("call"),
    ContactKind.EMPLOYER_VISIT: say("visit to the employer"),
    ContactKind.TRAVEL: say("travel"),
    ContactKind.MEETING: say("meeting"),
}


def contact_words(kind: ContactKind) -> Say:
    """A kind as it is shown."""
    return _WORDS[kind]


def at_work(kind: ContactKind) -> bool:
    """Whether it takes place in the shop, so that it belongs to a shift of that day if there was one."""
    return kind in (ContactKind.COACHING, ContactKind.EMPLOYER_VISIT)


def with_coach(kind: ContactKind) -> bool:
    """Whether its minutes are time at work with a coach present."""
    return kind is ContactKind.COACHING
