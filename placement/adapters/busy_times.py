"""Reading the busy times of a calendar file (RFC 5545), and nothing else of it.

``icalendar`` parses, ``recurring-ical-events`` expands what repeats. Both do what a file says however long it takes,
so what would take long is looked for in the text first: nothing is parsed that repeats more often than daily.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import recurring_ical_events
from dateutil.rrule import rrulestr
from icalendar import Calendar, Component, Event, vRecur

LARGEST = 1024 * 1024
MOST_EVENTS = 2000
#: Busy times in the window, before those that meet become one.
MOST_TIMES = 5000
#: What the rules of all events may have to walk through, in days of a daily rule: some seconds.
MOST_DAYS = 250_000
_MOST_ZONE_RULES = 60
_EARLIEST = date(1900, 1, 1)
#: More often than daily, or several times in a day.
_OFTEN = re.compile(r"FREQ=(SECONDLY|MINUTELY|HOURLY)|BY(SECOND|MINUTE|HOUR)=", re.IGNORECASE)
_ZONE = re.compile(r"^BEGIN:VTIMEZONE.*?^END:VTIMEZONE", re.IGNORECASE | re.MULTILINE | re.DOTALL)
_RULE = re.compile(r"^RRULE[^:]*:(.*)$", re.IGNORECASE | re.MULTILINE)
#: A change of clocks: once a year, on one day.
_YEARLY = re.compile(
    r"(?=.*FREQ=YEARLY)(?=.*BYMONTH=\d{1,2}(;|$))(?!.*BYDAY=[^;]*,)(?!.*BY(YEARDAY|WEEKNO|SETPOS))", re.IGNORECASE
)

Stretch = tuple[datetime, datetime]


class NotACalendar(ValueError):
    """Not a calendar file, or one that can't be read."""


class TooMuch(ValueError):
    """Too large, too many events, or rules that repeat too often."""


def read_busy(source: bytes, zone: str, since: datetime, until: datetime) -> list[Stretch]:
    """Busy times (UTC) that reach into ``since`` to ``until``, in order; those that meet are one.

    Whole days and times without a zone are those of ``zone``. Left out: what is marked as free, cancelled, or has no
    length. Raises NotACalendar and TooMuch.
    """
    text = _checked(source)
    try:
        calendar = Calendar.from_ical(text)
        events = [event for event in calendar.walk("VEVENT") if isinstance(event, Event)]
        _bound(events, until)
        found = list(_stretches(calendar, ZoneInfo(zone), since, until))
    except TooMuch:
        raise
    # Whatever a stranger's file makes two libraries stumble over, it is not a calendar we can read.
    except Exception as error:
        raise NotACalendar(type(error).__name__) from error
    return _joined(found)


def _checked(source: bytes) -> str:
    """The text, its long lines unfolded. Raises what the file deserves before anything walks through it."""
    if len(source) > LARGEST:
        raise TooMuch("size")
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotACalendar("encoding") from None
    text = re.sub(r"\r?\n[ \t]", "", text.lstrip()).replace("\r\n", "\n")
    if "\0" in text or not text[:15].upper() == "BEGIN:VCALENDAR":
        raise NotACalendar("beginning")
    if len(re.findall(r"^BEGIN:VEVENT", text, re.IGNORECASE | re.MULTILINE)) > MOST_EVENTS:
        raise TooMuch("events")
    if any(_OFTEN.search(rule) for rule in _RULE.findall(text)):
        raise TooMuch("rules")
    rules = [rule for zone in _ZONE.findall(text) for rule in _RULE.findall(zone)]
    if len(rules) > _MOST_ZONE_RULES or not all(_YEARLY.match(rule) for rule in rules):
        raise TooMuch("zones")
    return text


def _bound(events: Iterable[Event], until: datetime) -> None:
    """End every rule at ``until``, so that none is walked to the end of time; drop those of events that are free.

    Raises TooMuch for what would have to be walked through all the same.
    """
    days = 0.0
    for event in events:
        rules = event.get("RRULE")
        if rules is None:
            continue
        if _is_free(event):
            # Only the dates it was moved to could still be busy; they stand in events of their own.
            del event["RRULE"]
            continue
        start = event.start
        if _day(start) < _EARLIEST:
            raise TooMuch("start")
        kept = []
        for rule in rules if isinstance(rules, list) else [rules]:
            days += max((until.date() - _day(start)).days, 0) * _cost(rule)
            if days > MOST_DAYS:
                raise TooMuch("days")
            ended = _ended(rule, start, until)
            if ended is not None:
                kept.append(ended)
        del event["RRULE"]
        for rule in kept:
            event.add("RRULE", rule)


def _cost(rule: vRecur) -> float:
    """What a day of this rule costs, measured against a plain daily one; days picked out of a year cost most."""
    parts, often = {str(key).upper() for key in rule}, str(rule.get("FREQ", [""])[0]).upper()
    if parts & {"BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS", "BYEASTER"}:
        return 20 if often == "DAILY" else 3
    return {"DAILY": 1, "WEEKLY": 1 / 7}.get(often, 1 / 2)


def _ended(rule: vRecur, start: date | datetime, until: datetime) -> vRecur | None:
    """The rule with an end not after ``until``; a number of times becomes its last one. None: it never comes."""
    last = _naive(until) + timedelta(days=2)
    told = rule.get("UNTIL")
    if told and _naive(told[0]) <= last:
        return rule
    if rule.get("COUNT"):
        bare = vRecur({key: value for key, value in rule.items() if key.upper() not in ("COUNT", "UNTIL")})
        bare["UNTIL"] = [last]
        walked = rrulestr(bare.to_ical().decode(), dtstart=_naive(start))
        times = [at for _, at in zip(range(int(rule["COUNT"][0])), walked, strict=False)]
        if not times:
            return None
        last = times[-1]
    ended = vRecur({key: value for key, value in rule.items() if key.upper() != "COUNT"})
    ended["UNTIL"] = [_as(start, last)]
    return ended


def _as(start: date | datetime, last: datetime) -> date | datetime:
    """``last``, a time on the clock of ``start``, as a rule's end has to be written beside it."""
    if not isinstance(start, datetime):
        return last.date()
    return last if start.tzinfo is None else last.replace(tzinfo=start.tzinfo).astimezone(UTC)


def _stretches(calendar: Calendar, zone: ZoneInfo, since: datetime, until: datetime) -> Iterator[Stretch]:
    count = 0
    for event in recurring_ical_events.of(calendar).between(since - timedelta(days=2), until + timedelta(days=2)):
        count += 1
        if count > MOST_TIMES:
            raise TooMuch("times")
        if _is_free(event):
            continue
        begin, end = _instant(event.start, zone), _instant(event.end, zone)
        if begin < end and end > since and begin < until:
            yield max(begin, since), min(end, until)


def _is_free(event: Component) -> bool:
    return str(event.get("TRANSP", "")).upper() == "TRANSPARENT" or str(event.get("STATUS", "")).upper() == "CANCELLED"


def _instant(at: date | datetime, zone: ZoneInfo) -> datetime:
    """A whole day begins at its midnight; a time without a zone is on the clock of ``zone``."""
    if not isinstance(at, datetime):
        at = datetime.combine(at, time())
    return (at.replace(tzinfo=zone) if at.tzinfo is None else at).astimezone(UTC)


def _joined(found: Iterable[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for begin, end in sorted(found):
        if joined and begin <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((begin, end))
    return joined


def _day(at: date | datetime) -> date:
    return at.date() if isinstance(at, datetime) else at


def _naive(at: date | datetime) -> datetime:
    return at.replace(tzinfo=None) if isinstance(at, datetime) else datetime.combine(at, time())
