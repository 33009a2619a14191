"""Calendar feeds: whose shifts an address without sign-in hands out, how far, and as what.

An address is a secret, but calendars are shared, copied and kept on servers: what it hands out is a time, and for a
shop a first name. Never tasks, attendance or why somebody does not come.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from placement.domain.shifts import Attendance
from placement.domain.words import Say, say

#: How far back a participant's own calendar goes; ahead it shows whatever is planned.
BACK = timedelta(days=60)
#: A shop's goes as far as its pages: what is current, and the days ahead.
SHOP_BACK = timedelta(days=7)
SHOP_AHEAD = timedelta(days=7)
#: More than anybody plans in that time.
MOST_SHIFTS = 1000


class FeedKind(StrEnum):
    PARTICIPANT = "participant"
    SUPERVISOR = "supervisor"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class FeedShift:
    """A shift as a calendar may have it; instants UTC.

    ``person``: a first name, "" in one's own calendar; ``place``: "" unless the address names shops. ``revision`` only
    grows; ``changed_at``: the latest change.
    """

    uid: str
    revision: int
    starts_at: datetime
    ends_at: datetime
    zone: str
    person: str
    place: str
    cancelled: bool
    created_at: datetime
    changed_at: datetime


def window(kind: FeedKind, now: datetime) -> tuple[datetime, datetime | None]:
    """Shifts that end after the first and start before the second instant; None: whatever is planned."""
    if kind is FeedKind.PARTICIPANT:
        return now - BACK, None
    return now - SHOP_BACK, now + SHOP_AHEAD


def is_called_off(cancelled_at: datetime | None, attendance: Attendance) -> bool:
    """Whether nobody is expected: taken out of the plan or excused; which of both, no calendar learns."""
    return cancelled_at is not None or attendance is Attendance.EXCUSED


def title(shift: FeedShift) -> Say:
    """What stands in the calendar."""
    return say("Shift: %(name)s", name=shift.person) if shift.person else say("Shift")


def feed_name(kind: FeedKind) -> Say:
    """What a calendar program calls the calendar."""
    return say("My shifts") if kind is FeedKind.PARTICIPANT else say("Shifts")
