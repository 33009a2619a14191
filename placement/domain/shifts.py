"""Planned times, what attendance says about hours, and when feedback is owed.

A shift is planned in local time and stored that way, because zone rules change;
its instants are derived. Local times that don't exist are refused, those that
exist twice are told apart by ``fold``. Durations are counted in UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from placement.domain.errors import Refused
from placement.domain.week import Span, to_spans
from placement.domain.words import Say, say


class Attendance(StrEnum):
    """What is known about presence. UNKNOWN until a person says otherwise."""

    UNKNOWN = "unknown"
    HERE = "here"
    LATE = "late"
    ABSENT = "absent"
    EXCUSED = "excused"


class TimeProblem(StrEnum):
    """What a clock change does to a local time."""

    NONEXISTENT = "nonexistent"
    AMBIGUOUS = "ambiguous"


class PlanError(Refused):
    """A time that can't be planned; ``say`` tells why."""

    @property
    def say(self) -> Say:
        """The reason in words."""
        return self.reason


@dataclass(frozen=True, slots=True)
class PlannedTime:
    """Local times of a shift. ``end <= start`` means it ends on the next day (00:00 is midnight).

    ``start_fold`` and ``end_fold`` choose the first (0) or second (1) of a
    time that exists twice, and mean nothing otherwise.
    """

    day: date
    start: time
    end: time
    zone: str
    start_fold: int = 0
    end_fold: int = 0

    @property
    def end_day(self) -> date:
        """The local day on which it ends. Raises PlanError past the calendar's end."""
        return self.day if self.end > self.start else _next_day(self.day)


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """A clock change meets one of a planned shift's times. Ambiguous: ask which. Nonexistent: refuse."""

    planned: PlannedTime
    day: date
    at: time
    problem: TimeProblem

    @property
    def say(self) -> Say:
        """The problem in words."""
        if self.problem is TimeProblem.NONEXISTENT:
            return _nonexistent(self.day, self.at)
        return say("On %(day)s the clocks go back, and %(time)s comes twice.", day=self.day, time=self.at)


def time_problem(day: date, at: time, zone: str) -> TimeProblem | None:
    """Whether a local time is missing or doubled by a clock change there. Raises PlanError on an unknown zone."""
    tz = _zone(zone)
    first, second = (datetime.combine(day, at.replace(fold=fold), tz) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return None
    # In a gap no instant carries this local time, so the way to UTC and back does not return to it.
    back = _utc(first).astimezone(tz)
    return TimeProblem.AMBIGUOUS if back.replace(tzinfo=None) == first.replace(tzinfo=None) else TimeProblem.NONEXISTENT


def problems(planned: PlannedTime) -> tuple[PlanProblem, ...]:
    """Every clock-change problem of start and end, in that order. Raises PlanError on an unknown zone."""
    found = []
    for day, at in ((planned.day, planned.start), (planned.end_day, planned.end)):
        problem = time_problem(day, at, planned.zone)
        if problem is not None:
            found.append(PlanProblem(planned, day, at, problem))
    return tuple(found)


def instants(planned: PlannedTime) -> tuple[datetime, datetime]:
    """Start and end in UTC (aware).

    Raises PlanError on a time that doesn't exist, an unknown zone, or folds
    that would make the shift end before it starts.
    """
    starts_at = _instant(planned.day, planned.start, planned.start_fold, planned.zone)
    ends_at = _instant(planned.end_day, planned.end, planned.end_fold, planned.zone)
    if ends_at <= starts_at:
        raise PlanError(say("The end must be after the start."))
    return starts_at, ends_at


def duration_minutes(planned: PlannedTime) -> int:
    """Real length in minutes: 22:00-06:00 is 7 or 9 hours when the clocks change. Raises like :func:`instants`."""
    starts_at, ends_at = instants(planned)
    return _minutes(starts_at, ends_at)


def expand(pattern: int | Iterable[Span], first: date, last: date, zone: str) -> tuple[PlannedTime, ...]:
    """The shifts a weekly pattern (mask or spans) gives from ``first`` to ``last``, both included, in order of start.

    One shift for each span and each day it starts on. A shift with a time that
    does not exist is left out, one with a doubled time takes the first; both
    are told by :func:`expand_problems`, to be shown before anything is saved.
    """
    return tuple(planned for planned in _candidates(pattern, first, last, zone) if not _impossible(problems(planned)))


def expand_problems(pattern: int | Iterable[Span], first: date, last: date, zone: str) -> tuple[PlanProblem, ...]:
    """What clock changes do to the same pattern: the shifts left out, and those to be asked about."""
    return tuple(problem for planned in _candidates(pattern, first, last, zone) for problem in problems(planned))


def overlaps(a: PlannedTime, b: PlannedTime) -> bool:
    """Whether two shifts share any time, across zones too; touching is not sharing. Raises like :func:`instants`."""
    (a_start, a_end), (b_start, b_end) = instants(a), instants(b)
    return a_start < b_end and b_start < a_end


def worked_minutes(
    attendance: Attendance, planned_minutes: int, actual_start: datetime | None, actual_end: datetime | None
) -> int | None:
    """Minutes worked, None while unknown: nothing invents presence.

    *Here* confirms the planned times unless both actual times are entered;
    *late* stays unknown until they are; *absent* and *excused* are 0 whatever
    was entered. Raises PlanError if the actual end is before the start.
    """
    match attendance:
        case Attendance.UNKNOWN:
            return None
        case Attendance.ABSENT | Attendance.EXCUSED:
            return 0
    if actual_start is not None and actual_end is not None:
        if actual_end < actual_start:
            raise PlanError(say("The end must be after the start."))
        return _minutes(actual_start, actual_end)
    return planned_minutes if attendance is Attendance.HERE else None


def was_present(attendance: Attendance) -> bool:
    """Whether a person has said that the participant came."""
    return attendance in (Attendance.HERE, Attendance.LATE)


def is_owed(ends_at: datetime, now: datetime, attendance: Attendance, has_feedback: bool) -> bool:
    """Whether feedback is owed: the shift is over, nobody gave any, and nobody said the participant was away."""
    return ends_at <= now and not has_feedback and attendance not in (Attendance.ABSENT, Attendance.EXCUSED)


def attendance_words(attendance: Attendance) -> Say:
    """How attendance is shown."""
    return _ATTENDANCE_WORDS[attendance]


_ATTENDANCE_WORDS = {
    Attendance.UNKNOWN: say("not confirmed yet"),
    Attendance.HERE: say("was here"),
    Attendance.LATE: say("came later"),
    Attendance.ABSENT: say("did not come"),
    Attendance.EXCUSED: say("excused"),
}


def _candidates(pattern: int | Iterable[Span], first: date, last: date, zone: str) -> Iterator[PlannedTime]:
    spans = to_spans(pattern) if isinstance(pattern, int) else tuple(sorted(set(pattern)))
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        for span in spans:
            if span.weekday == day.weekday():
                yield PlannedTime(day, span.start, span.end, zone)


def _impossible(found: tuple[PlanProblem, ...]) -> bool:
    return any(problem.problem is TimeProblem.NONEXISTENT for problem in found)


def _instant(day: date, at: time, fold: int, zone: str) -> datetime:
    if time_problem(day, at, zone) is TimeProblem.NONEXISTENT:
        raise PlanError(_nonexistent(day, at))
    return _utc(datetime.combine(day, at.replace(fold=fold), _zone(zone)))


def _nonexistent(day: date, at: time) -> Say:
    return say("On %(day)s the clocks go forward, and there is no %(time)s.", day=day, time=at)


def _utc(local: datetime) -> datetime:
    try:
        return local.astimezone(UTC)
    except OverflowError:
        raise PlanError(_TOO_FAR) from None


def _next_day(day: date) -> date:
    if day == date.max:
        raise PlanError(_TOO_FAR)
    return day + timedelta(days=1)


def _zone(zone: str) -> ZoneInfo:
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise PlanError(say("The time zone %(zone)s is not known.", zone=zone)) from None


def _minutes(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds() // 60)


_TOO_FAR = say("This day is too far away.")
