"""Times at which somebody can't work: told as ill, taken from a calendar, or entered by hand. Never why."""

from __future__ import annotations

from enum import StrEnum


class BusySource(StrEnum):
    ILL = "ill"
    CALENDAR = "calendar"
    BY_HAND = "by_hand"
