"""Times at which somebody can't work: told as ill, taken from a calendar, or entered by hand. Never why."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

#: How far ahead somebody can say that they are ill.
LONGEST_ILL = timedelta(weeks=6)


class BusySource(StrEnum):
    ILL = "ill"
    CALENDAR = "calendar"
    BY_HAND = "by_hand"
