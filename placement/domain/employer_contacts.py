"""What is kept of talking with an employer: calls, visits, thanks, and "not now until"."""

from __future__ import annotations

from enum import StrEnum

from placement.domain.words import Say, say

LONGEST_NOTE = 2000


class EmployerContactKind(StrEnum):
    CALL = "call"
    VISIT = "visit"
    MAIL = "mail"
    MEETING = "meeting"
    THANKS = "thanks"


def employer_contact_words(kind: EmployerContactKind) -> Say:
    return _WORDS[kind]


_WORDS = {
    EmployerContactKind.CALL: say("call"),
    EmployerContactKind.VISIT: say("visit"),
    EmployerContactKind.MAIL: say("letter or mail"),
    EmployerContactKind.MEETING: say("meeting"),
    EmployerContactKind.THANKS: say("thanks"),
}
