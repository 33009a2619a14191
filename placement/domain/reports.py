"""Progress reports: who reads one, over which days, and what the days say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from statistics import median

from placement.domain.errors import Refused
from placement.domain.support import is_alone
from placement.domain.trend import ThenNow
from placement.domain.words import Say, say

#: Longest period of a report, in days.
MOST_DAYS = 400
#: "At the start" and "now" are the middle of so many ratings at either end of a period.
ENDS = 3


class ReportReader(StrEnum):
    PARTICIPANT = "participant"
    THERAPIST = "therapist"
    EMPLOYER = "employer"


class Period(StrEnum):
    """What a report looks back on; DAYS: from one chosen day to another."""

    FOUR_WEEKS = "four_weeks"
    THREE_MONTHS = "three_months"
    HALF_YEAR = "half_year"
    YEAR = "year"
    DAYS = "days"


class ReleaseState(StrEnum):
    """How an employer's report stands: the participant decides."""

    WAITING = "waiting"
    RELEASED = "released"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class Course:
    """A task over a period: rated ``times`` times, ``alone`` of them alone; canonical ranks at both ends.

    ``start`` and ``now`` are medians of the first and the last :data:`ENDS` ratings; ``apart``: they share none.
    """

    times: int
    alone: int
    start: float
    now: float
    apart: bool


_WORDS = {
    ReportReader.PARTICIPANT: say("for the participant"),
    ReportReader.THERAPIST: say("for therapists and coaches"),
    ReportReader.EMPLOYER: say("for the employer"),
}

_PERIODS = {
    Period.FOUR_WEEKS: say("The last four weeks"),
    Period.THREE_MONTHS: say("The last three months"),
    Period.HALF_YEAR: say("The last half year"),
    Period.YEAR: say("The last year"),
    Period.DAYS: say("From one day to another"),
}

_BACK = {
    Period.FOUR_WEEKS: timedelta(weeks=4),
    Period.THREE_MONTHS: timedelta(weeks=13),
    Period.HALF_YEAR: timedelta(weeks=26),
    Period.YEAR: timedelta(weeks=52),
}

_STATES = {
    ReleaseState.WAITING: say("waits for the participant’s yes"),
    ReleaseState.RELEASED: say("released"),
    ReleaseState.TAKEN_BACK: say("taken back"),
}


def reader_words(reader: ReportReader, *, own: bool = False) -> Say:
    """A reader as it is shown; ``own``: to the participant."""
    return say("for me") if own and reader is ReportReader.PARTICIPANT else _WORDS[reader]


def period_words(period: Period) -> Say:
    """A period as it is offered."""
    return _PERIODS[period]


def state_words(state: ReleaseState) -> Say:
    """A state of release, to staff."""
    return _STATES[state]


def release_state(released_at: datetime | None, withdrawn_at: datetime | None) -> ReleaseState:
    """How it stands; taking back leaves the release in the record."""
    if released_at is None:
        return ReleaseState.WAITING
    return ReleaseState.RELEASED if withdrawn_at is None else ReleaseState.TAKEN_BACK


def days_of(period: Period, today: date, first: date | None = None, last: date | None = None) -> tuple[date, date]:
    """First and last day of a period that ends today, or the chosen ones. Raises Refused with the field's name."""
    if period is not Period.DAYS:
        return today - _BACK[period] + timedelta(days=1), today
    if first is None:
        raise Refused(say("Please choose the first day."), "first_day")
    check_days(first, last or today, today)
    return first, last or today


def check_days(first: date, last: date, today: date) -> None:
    """Raise Refused, naming the field, unless the days can be reported on."""
    if last > today:
        raise Refused(say("A report ends today or earlier."), "last_day")
    if last < first:
        raise Refused(say("The last day must not lie before the first."), "last_day")
    if (last - first).days >= MOST_DAYS:
        raise Refused(say("A report covers %(n)s days at most.", n=MOST_DAYS), "first_day")


def course(ranks: Sequence[float]) -> Course:
    """One task's ratings of a period, oldest first, at least one."""
    return Course(
        times=len(ranks),
        alone=sum(is_alone(rank) for rank in ranks),
        start=float(median(ranks[:ENDS])),
        now=float(median(ranks[-ENDS:])),
        apart=len(ranks) >= 2 * ENDS,
    )


def change_over(courses: Iterable[Course], first_day: date) -> ThenNow | None:
    """The same tasks at the start of a period and at its end; None where none was rated often enough."""
    apart = [one for one in courses if one.apart]
    if not apart:
        return None
    return ThenNow(
        tasks=len(apart),
        alone_then=sum(is_alone(one.start) for one in apart),
        alone_now=sum(is_alone(one.now) for one in apart),
        then_day=first_day,
        at_start=True,
        less_help=sum(one.now > one.start for one in apart),
    )
