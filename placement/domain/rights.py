"""What somebody can ask about the record kept of them."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from placement.domain.errors import Refused
from placement.domain.words import Say, say


class RequestKind(StrEnum):
    CORRECTION = "correction"
    READ_NOTE = "read_note"
    ERASURE = "erasure"


class RequestState(StrEnum):
    OPEN = "open"
    DONE = "done"
    PARTLY = "partly"
    REFUSED = "refused"


class ConsentPurpose(StrEnum):
    """What rests on a yes that can be taken back; nothing else depends on it."""

    #: Keeping words about an abstract picture.
    REFLECTIONS = "reflections"
    #: Being on the program's pictures of finished work is never asked; this is work they made.
    WORK_PHOTOS = "work_photos"


class RepresentationScope(StrEnum):
    """What a legal representative decides about."""

    HEALTH = "health"
    MONEY = "money"
    WORK = "work"
    RESIDENCE = "residence"
    MAIL = "mail"
    EVERYTHING = "everything"


#: Days within which somebody answers (GDPR Art. 12 (3): within a month).
ANSWER_WITHIN = {
    RequestKind.CORRECTION: timedelta(days=30),
    RequestKind.READ_NOTE: timedelta(days=14),
    RequestKind.ERASURE: timedelta(days=30),
}
LONGEST_REQUEST = 2_000
LONGEST_ANSWER = 2_000
LONGEST_NAME, LONGEST_PHONE, LONGEST_SCOPE_WORDS = 120, 40, 300
#: Open questions of one person.
MOST_OPEN = 20

_KINDS = {
    RequestKind.CORRECTION: say("Please correct something"),
    RequestKind.READ_NOTE: say("I want to read a note"),
    RequestKind.ERASURE: say("Please forget me"),
}
_STATES = {
    RequestState.OPEN: say("not answered yet"),
    RequestState.DONE: say("done"),
    RequestState.PARTLY: say("done in part"),
    RequestState.REFUSED: say("not done"),
}
_PURPOSES = {
    ConsentPurpose.REFLECTIONS: say("Keep my words about abstract pictures"),
    ConsentPurpose.WORK_PHOTOS: say("Show photos of my finished work"),
}
_PURPOSES_MORE = {
    ConsentPurpose.REFLECTIONS: say("If you take this back, these words are deleted at once."),
    ConsentPurpose.WORK_PHOTOS: say("Never photos of you. If you take this back, no new ones are shown."),
}
_SCOPES = {
    RepresentationScope.HEALTH: say("health"),
    RepresentationScope.MONEY: say("money"),
    RepresentationScope.WORK: say("work"),
    RepresentationScope.RESIDENCE: say("where you live"),
    RepresentationScope.MAIL: say("mail and offices"),
    RepresentationScope.EVERYTHING: say("everything"),
}


def kind_words(kind: RequestKind) -> Say:
    return _KINDS[kind]


def state_words(state: RequestState) -> Say:
    return _STATES[state]


def purpose_words(purpose: ConsentPurpose) -> Say:
    return _PURPOSES[purpose]


def purpose_more(purpose: ConsentPurpose) -> Say:
    """What taking it back does."""
    return _PURPOSES_MORE[purpose]


def scope_words(scope: RepresentationScope) -> Say:
    return _SCOPES[scope]


def ensure_answer(kind: RequestKind, state: RequestState, answer: str) -> None:
    """Refuse an answer that is none, and a no without a ground."""
    if state is RequestState.OPEN or (state is RequestState.PARTLY and kind is RequestKind.READ_NOTE):
        raise Refused(say("Choose an answer."), "state")
    if state is not RequestState.DONE and not answer:
        raise Refused(say("Please say why. They read it."), "answer")
    if len(answer) > LONGEST_ANSWER:
        raise Refused(say("Please write at most %(count)s characters.", count=LONGEST_ANSWER), "answer")
