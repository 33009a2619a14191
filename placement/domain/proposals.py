"""States of a stored matching run and marks on its pairs."""

from __future__ import annotations

from enum import StrEnum


class RunState(StrEnum):
    DRAFT = "draft"
    CONFIRMED = "confirmed"
    DISCARDED = "discarded"


class Mark(StrEnum):
    """What the coordinator said about a person's pair in a run."""

    FREE = "free"
    LOCKED = "locked"
