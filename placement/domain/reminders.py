"""When a mail falls due, and until when it is still worth sending. Local times are those of the place it is about.

A window closes before the mail would say something that is over: after an outage nothing old is sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from placement.domain.mails import Quiet, after_quiet, before_quiet

#: The day before a shift.
SHIFT_AT = time(17)
#: On the day of a shift whose feedback is missing.
FEEDBACK_AT = time(18)
MILESTONE_AT = time(17, 30)
DIGEST_AT = time(7)
#: Mails that follow from somebody's decision wait for the day.
DAY_FROM, DAY_UNTIL = time(8), time(20)

#: A shop is asked again after so many days, and after so many more the coordinator hears of it.
ASK_AGAIN = timedelta(days=2)
MISSING_AFTER = timedelta(days=3)
ENDS_IN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Window:
    """From when (included) until when (excluded) a mail is sent. Instants."""

    opens: datetime
    closes: datetime

    def is_open(self, now: datetime) -> bool:
        return self.opens <= now < self.closes


def shift_tomorrow(starts_at: datetime, zone: str, quiet: Quiet | None) -> Window:
    """The evening before, until the shift begins. Quiet hours that last until then are come before."""
    day = _day(starts_at, zone) - timedelta(days=1)
    opens = _at(day, SHIFT_AT, zone)
    if quiet is not None and after_quiet(opens, quiet.zone, quiet.start, quiet.end) >= starts_at:
        opens = before_quiet(opens, quiet)
    return Window(opens, starts_at)


def feedback_asked_on(ends_at: datetime, zone: str, now: datetime) -> date | None:
    """The latest evening on which a shift's missing feedback was to be asked for, if it is not too long ago.

    The evening of the day it ended, and once more two days later. One mail asks for everything a shop owes by
    then, so the evening names the mail.
    """
    ended = _day(ends_at, zone)
    for evening in (ended + ASK_AGAIN, ended):
        opens = max(_at(evening, FEEDBACK_AT, zone), ends_at + timedelta(minutes=30))
        if Window(opens, opens + ASK_AGAIN).is_open(now):
            return evening
    return None


def feedback_missing(ends_at: datetime, zone: str) -> Window:
    """When the coordinator hears that both mails had no answer: the morning after the second."""
    opens = _at(_day(ends_at, zone) + MISSING_AFTER, time(9), zone)
    return Window(opens, opens + timedelta(days=7))


def milestone_told(stored_at: datetime, zone: str) -> tuple[date, Window]:
    """The evening on which somebody reads of what they reached, all of a day in one mail."""
    day = _day(stored_at, zone)
    if stored_at >= _at(day, MILESTONE_AT, zone):
        day += timedelta(days=1)
    opens = _at(day, MILESTONE_AT, zone)
    return day, Window(opens, opens + timedelta(days=3))


def proposal_waiting(since: datetime, zone: str) -> Window:
    """By day, once a proposal waits for somebody's answer."""
    return Window(by_day(since, zone), since + timedelta(days=14))


def placement_ending(first_day: date, last_day: date, zone: str) -> Window:
    """Two weeks before the last day, but not before the first; until the last day begins."""
    return Window(_at(max(last_day - ENDS_IN, first_day), time(10), zone), _at(last_day, time(0), zone))


def digest_of(now: datetime, zone: str) -> tuple[date, Window]:
    """This week's Monday, and when the week at a glance is sent: that morning, Tuesday at the latest."""
    today = _day(now, zone)
    monday = today - timedelta(days=today.weekday())
    return monday, Window(_at(monday, DIGEST_AT, zone), _at(monday + timedelta(days=2), time(0), zone))


def by_day(at: datetime, zone: str) -> datetime:
    """The first instant from ``at`` on that is no night there."""
    return after_quiet(at, zone, DAY_UNTIL, DAY_FROM)


def _day(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


def _at(day: date, at: time, zone: str) -> datetime:
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
