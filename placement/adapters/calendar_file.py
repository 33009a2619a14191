"""Writing calendar files (RFC 5545) through the library ``icalendar``.

The zones are described here: a calendar program that knows no "Europe/Berlin" reads from them when its clocks change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vDuration

PRODUCT = "-//Placement//Shifts//EN"
#: How often a calendar program should look again.
REFRESH = timedelta(hours=1)
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One shift; instants UTC, shown in ``zone``. ``place``: "" for none."""

    uid: str
    revision: int
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    cancelled: bool
    created_at: datetime
    changed_at: datetime


def write_calendar(name: str, entries: Sequence[Entry]) -> bytes:
    """A whole calendar, in the order given. The same entries give the same bytes."""
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", name)
    calendar.add("REFRESH-INTERVAL", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(REFRESH))
    for zone, first, last in _zones(entries):
        calendar.add_component(_described(zone, first, last))
    for entry in entries:
        calendar.add_component(_event(entry))
    return calendar.to_ical()


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("UID", entry.uid)
    event.add("SEQUENCE", entry.revision)
    event.add("DTSTAMP", entry.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("CREATED", entry.created_at.astimezone(UTC).replace(microsecond=0))
    event.add("LAST-MODIFIED", entry.changed_at.astimezone(UTC).replace(microsecond=0))
    starts, ends = _shown(entry)
    event.add("DTSTART", starts)
    event.add("DTEND", ends)
    event.add("SUMMARY", entry.title)
    if entry.place:
        event.add("LOCATION", entry.place)
    event.add("STATUS", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("TRANSP", "TRANSPARENT" if entry.cancelled else "OPAQUE")
    event.add("CLASS", "PRIVATE")
    return event


def _shown(entry: Entry) -> tuple[datetime, datetime]:
    """Local times of the zone. A time that comes twice means its first in a calendar file: the second is written in
    UTC, and the other end of the shift with it."""
    local = tuple(at.astimezone(ZoneInfo(entry.zone)) for at in (entry.starts_at, entry.ends_at))
    if _is_utc(entry) or any(at.fold for at in local):
        return entry.starts_at.astimezone(UTC), entry.ends_at.astimezone(UTC)
    return local[0], local[1]


def _is_utc(entry: Entry) -> bool:
    return entry.zone in ("UTC", "Etc/UTC")


def _zones(entries: Iterable[Entry]) -> list[tuple[str, int, int]]:
    """Zone, first and last year, as far as the entries need it."""
    years: dict[str, set[int]] = {}
    for entry in entries:
        if not _is_utc(entry):
            years.setdefault(entry.zone, set()).update((entry.starts_at.year, entry.ends_at.year))
    return [(zone, min(found), max(found)) for zone, found in sorted(years.items())]


def _described(zone: str, first: int, last: int) -> Timezone:
    found = Timezone()
    found.add("TZID", zone)
    for onset, before, after, name, summer in _observances(zone, first - 1, last + 1):
        part = TimezoneDaylight() if summer else TimezoneStandard()
        part.add("DTSTART", onset)
        part.add("TZOFFSETFROM", before)
        part.add("TZOFFSETTO", after)
        part.add("TZNAME", name)
        found.add_component(part)
    return found


@lru_cache(maxsize=64)
def _observances(zone: str, first: int, last: int) -> tuple[tuple[datetime, timedelta, timedelta, str, bool], ...]:
    """From the beginning of one year to the end of another: when a time begins (local, by the offset before it), the
    offsets before and after, its name, and whether it is a summer time."""
    tz = ZoneInfo(zone)
    begin = datetime(first, 1, 1, tzinfo=UTC)
    moments = [(begin, _offset(begin, tz)), *_changes(tz, begin, datetime(last + 1, 1, 1, tzinfo=UTC))]
    return tuple(
        ((at + before).replace(tzinfo=None), before, _offset(at, tz), str(at.astimezone(tz).tzname()),
         bool(at.astimezone(tz).dst()))
        for at, before in moments
    )  # fmt: skip


def _changes(tz: ZoneInfo, begin: datetime, end: datetime) -> Iterator[tuple[datetime, timedelta]]:
    """The instants at which the clocks change, to the minute, with the offset before."""
    at = begin
    while at < end:
        before = _offset(at, tz)
        if _offset(at + _DAY, tz) != before:
            low, high = at, at + _DAY
            while high - low > _MINUTE:
                middle = low + (high - low) // 2 // _MINUTE * _MINUTE
                low, high = (middle, high) if _offset(middle, tz) == before else (low, middle)
            yield high, before
        at += _DAY


def _offset(at: datetime, tz: ZoneInfo) -> timedelta:
    return at.astimezone(tz).utcoffset() or timedelta()
