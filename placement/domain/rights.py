"""What somebody can ask about the record kept of them."""

from __future__ import annotations

from enum import StrEnum


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
