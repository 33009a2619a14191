"""What kind of occasion a task is done on, and who may see the task at all."""

from __future__ import annotations

from enum import StrEnum


class OccasionKind(StrEnum):
    SHIFT = "shift"
    GROUP_SESSION = "group_session"
    ONE_TO_ONE = "one_to_one"
    OWN_DAY = "own_day"


class Audience(StrEnum):
    """Everybody in the program with access to the person, or participant and therapist alone."""

    PROGRAM = "program"
    PRIVATE = "private"
