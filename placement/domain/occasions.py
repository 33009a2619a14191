"""What kind of occasion a task is done on, and who may see the task at all."""

from __future__ import annotations

from enum import StrEnum

from placement.domain.words import Say, say


class OccasionKind(StrEnum):
    SHIFT = "shift"
    GROUP_SESSION = "group_session"
    ONE_TO_ONE = "one_to_one"
    OWN_DAY = "own_day"


class Audience(StrEnum):
    """Everybody in the program with access to the person, or participant and therapist alone."""

    PROGRAM = "program"
    PRIVATE = "private"


def occasion_words(kind: OccasionKind, name: str = "") -> Say | None:
    """What an occasion besides shifts is called on progress pages; ``name``: the group's. None for a shift."""
    match kind:
        case OccasionKind.SHIFT:
            return None
        case OccasionKind.GROUP_SESSION:
            return say("Group: %(name)s", name=name)
        case OccasionKind.ONE_TO_ONE:
            return say("One-to-one session")
        case OccasionKind.OWN_DAY:
            return say("By oneself")
