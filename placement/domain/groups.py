"""Groups: people who work at a project together, or spend time at an activity."""

from __future__ import annotations

from enum import StrEnum


class GroupKind(StrEnum):
    #: Something gets done: a room is renovated, a market stall is run.
    PROJECT = "project"
    #: Time spent well: art, craft, cooking.
    ACTIVITY = "activity"
