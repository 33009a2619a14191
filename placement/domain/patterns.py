"""A placement's weekly pattern: from when to when, every how many weeks, on which days, and what holidays do.

A pattern is planned in the site's local time. An occurrence is known by its day and start: generating twice, or a
stretch in pieces, gives the same ones. Holidays come in as days, so that the rule needs no calendar of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from placement.domain.errors import Refused
from placement.domain.shifts import PlannedTime, PlanProblem, expand, expand_problems
from placement.domain.week import Span, from_spans, to_spans
from placement.domain.words import Say, say, say_n

#: Every so many weeks at most.
MOST_WEEKS = 8
#: Shifts exist so far ahead; the worker goes on from there.
AHEAD = timedelta(weeks=6)


class Holidays(StrEnum):
    """Whether there are shifts on public holidays of the site's region."""

    OFF = "off"
    WORK = "work"


_HOLIDAYS = {Holidays.OFF: say("no shifts on public holidays"), Holidays.WORK: say("shifts on public holidays too")}


def holiday_words(rule: Holidays) -> Say:
    """A rule as it is shown."""
    return _HOLIDAYS[rule]


def rhythm_words(every_weeks: int) -> Say:
    """How often, as it is shown."""
    return say("every week") if every_weeks == 1 else say_n("every %(n)s week", "every %(n)s weeks", every_weeks)


@dataclass(frozen=True, slots=True)
class Pattern:
    """From ``first_day`` to ``last_day`` (None: open), both included; weeks are counted from the one of ``first_day``.

    ``spans`` are local to the site; a shift belongs to the day on which it starts, its holiday too.
    """

    first_day: date
    last_day: date | None
    every_weeks: int
    spans: tuple[Span, ...]
    holidays: Holidays = Holidays.OFF

    @property
    def mask(self) -> int:
        """The week as a mask, for editing and comparing with availability."""
        return from_spans(self.spans)

    @property
    def times(self) -> list[list[object]]:
        """The stored form: [[weekday, "HH:MM", "HH:MM"], …]."""
        return [[span.weekday, f"{span.start:%H:%M}", f"{span.end:%H:%M}"] for span in self.spans]

    def falls_in_week_of(self, day: date) -> bool:
        """Whether the week (Monday to Sunday) of ``day`` is one of the pattern's."""
        return (_monday(day) - _monday(self.first_day)).days // 7 % self.every_weeks == 0


def spans_of(times: Iterable[Sequence[object]]) -> tuple[Span, ...]:
    """The inverse of :attr:`Pattern.times`. Raises ValueError on a foreign shape."""
    found = []
    for weekday, start, end in times:
        if not isinstance(weekday, int):
            raise ValueError("a weekday is a number")
        found.append(Span(weekday, time.fromisoformat(str(start)), time.fromisoformat(str(end))))
    return tuple(sorted(found))


def weekly(mask: int, first_day: date, last_day: date | None = None) -> Pattern:
    """What a placement starts with: its agreed week, every week, off on holidays."""
    return Pattern(first_day, last_day, 1, to_spans(mask))


def ensure_sound(pattern: Pattern) -> None:
    """Raise Refused with the field's name unless the pattern can give shifts."""
    if not pattern.spans:
        raise Refused(say("Enter at least one time."), "week")
    if not 1 <= pattern.every_weeks <= MOST_WEEKS:
        raise Refused(say("Choose how often from the list."), "every_weeks")
    if pattern.last_day is not None and pattern.last_day < pattern.first_day:
        raise Refused(say("The last day must not be before the first."), "last")


def occurrences(
    pattern: Pattern, first: date, last: date, zone: str, holidays: Collection[date] = frozenset()
) -> tuple[PlannedTime, ...]:
    """The pattern's shifts from ``first`` to ``last``, both included, in order of start.

    A shift with a time that does not exist is left out, one with a doubled time takes the first of the two.
    """
    start, end = _within(pattern, first, last)
    return tuple(
        planned for planned in expand(pattern.spans, start, end, zone) if _takes_place(pattern, planned.day, holidays)
    )


def clock_problems(
    pattern: Pattern, first: date, last: date, zone: str, holidays: Collection[date] = frozenset()
) -> tuple[PlanProblem, ...]:
    """What clock changes do to the same shifts."""
    start, end = _within(pattern, first, last)
    return tuple(
        problem
        for problem in expand_problems(pattern.spans, start, end, zone)
        if _takes_place(pattern, problem.planned.day, holidays)
    )


def days_off(pattern: Pattern, first: date, last: date, holidays: Collection[date]) -> tuple[date, ...]:
    """The holidays on which this pattern would have a shift and, by its rule, has none."""
    if pattern.holidays is Holidays.WORK:
        return ()
    start, end = _within(pattern, first, last)
    weekdays = {span.weekday for span in pattern.spans}
    return tuple(
        day
        for day in sorted(set(holidays))
        if start <= day <= end and day.weekday() in weekdays and pattern.falls_in_week_of(day)
    )


def _takes_place(pattern: Pattern, day: date, holidays: Collection[date]) -> bool:
    free = pattern.holidays is Holidays.OFF and day in holidays
    return not free and pattern.falls_in_week_of(day)


def _within(pattern: Pattern, first: date, last: date) -> tuple[date, date]:
    end = last if pattern.last_day is None else min(last, pattern.last_day)
    return max(first, pattern.first_day), end


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
