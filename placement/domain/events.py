"""Events that stand as phase lines on a chart."""

from __future__ import annotations

from enum import StrEnum

from placement.domain.words import Say, say


class EventKind(StrEnum):
    NEW_TASK = "new_task"
    NEW_SUPERVISOR = "new_supervisor"
    NEW_SITE = "new_site"
    COACHING_STEP = "coaching_step"
    HOURS_CHANGE = "hours_change"
    #: Anything else worth a line; its text says what.
    OTHER = "other"


_WORDS = {
    EventKind.NEW_TASK: say("new task"),
    EventKind.NEW_SUPERVISOR: say("new supervisor"),
    EventKind.NEW_SITE: say("new shop"),
    EventKind.COACHING_STEP: say("coaching step"),
    EventKind.HOURS_CHANGE: say("other hours"),
    EventKind.OTHER: say("another change"),
}


def event_words(kind: EventKind) -> Say:
    return _WORDS[kind]
