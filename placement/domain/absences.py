"""Times at which somebody can't work: told as ill, taken from a calendar, or entered by hand. Never why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from placement.domain.clashes import Stretch
from placement.domain.errors import Refused
from placement.domain.words import say

#: How far ahead somebody can say that they are ill.
LONGEST_ILL = timedelta(weeks=6)


class BusySource(StrEnum):
    ILL = "ill"
    CALENDAR = "calendar"
    BY_HAND = "by_hand"


#: How far ahead the busy times of a calendar are taken over; what repeats has no end.
CALENDAR_AHEAD = timedelta(weeks=26)
#: So many times of one calendar, and so many calendars of one person.
MOST_BUSY = 1000
MOST_CALENDARS = 5
_MINUTE = timedelta(minutes=1)
_ZERO = datetime(1970, 1, 1, tzinfo=UTC)


def pack_times(times: Iterable[Stretch]) -> str:
    """Times as text, to the minute and never shorter than they are: what a page shows before it is taken over."""
    parts = []
    for start, end in times:
        first = (start - _ZERO) // _MINUTE
        parts.append(f"{first}.{-((_ZERO - end) // _MINUTE) - first}")
    return " ".join(parts)


def unpack_times(text: str, now: datetime) -> tuple[Stretch, ...]:
    """The same back, as far as it is still to come. Raises Refused for what a page never said."""
    parts = [part.split(".") for part in text.split(" ", MOST_BUSY + 1) if part]
    if len(parts) > MOST_BUSY or not all(len(part) == 2 and all(map(_is_number, part)) for part in parts):
        raise Refused(say("Please choose the file again."), "file")
    times = [(_ZERO + int(first) * _MINUTE, int(minutes) * _MINUTE) for first, minutes in parts]
    if any(not length or start > now + CALENDAR_AHEAD for start, length in times):
        raise Refused(say("Please choose the file again."), "file")
    return tuple((start, start + length) for start, length in times if start + length > now)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 9
