"""Which shifts a weekly pattern adds to a placement's plan, and what stands in the way: for preview and writer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from placement.domain.errors import Refused
from placement.domain.placements import PlacementState, state_words
from placement.domain.shifts import PlannedTime, expand, expand_problems, instants
from placement.domain.week import Span, covers, from_spans
from placement.domain.words import Say, say, say_n

#: Longest stretch that is planned at once.
LONGEST_DAYS = 366
_PLANNABLE = frozenset({PlacementState.ACCEPTED, PlacementState.ACTIVE})


@dataclass(frozen=True, slots=True)
class NewShift:
    """A shift to add, with its instants in UTC."""

    planned: PlannedTime
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """``added`` in order of start; ``skipped`` counts days that are planned already; ``problems`` in words."""

    added: tuple[NewShift, ...]
    skipped: int
    problems: tuple[Say, ...]


def ensure_plannable(state: PlacementState) -> None:
    """Only an accepted or running placement gets shifts. Raises Refused."""
    if state is PlacementState.PAUSED:
        raise Refused(say("This placement is paused. Continue it first, then plan its shifts."))
    if state not in _PLANNABLE:
        raise Refused(say("Shifts can be planned once a placement is accepted: %(state)s.", state=state_words(state)))


def period(first: date, last: date, placement_first: date, placement_last: date | None) -> tuple[date, date]:
    """The part of first–last (both included) that lies in the placement. Raises Refused with the field's name."""
    if last < first:
        raise Refused(say("The last day must not be before the first."), "last")
    if (last - first).days >= LONGEST_DAYS:
        raise Refused(say("Please plan one year at most."), "last")
    if placement_last is not None and first > placement_last:
        raise Refused(say("The placement ends on %(day)s.", day=placement_last), "first")
    if last < placement_first:
        raise Refused(say("The placement begins on %(day)s.", day=placement_first), "last")
    return max(first, placement_first), last if placement_last is None else min(last, placement_last)


def plan(
    pattern: int,
    first: date,
    last: date,
    zone: str,
    taken: Iterable[date],
    busy: Iterable[tuple[datetime, datetime]],
) -> Plan:
    """The shifts of ``pattern`` from ``first`` to ``last``.

    ``taken``: days with a shift of this placement (as agreed or as moved), left alone, so that planning twice adds
    nothing. ``busy``: instants (UTC) of the participant's other shifts; an overlapping shift is left out and told.
    """
    days, others = set(taken), sorted(busy)
    words = [problem.say for problem in expand_problems(pattern, first, last, zone)]
    added, skipped = [], set()
    for planned in expand(pattern, first, last, zone):
        if planned.day in days:
            skipped.add(planned.day)
            continue
        starts_at, ends_at = instants(planned)
        if any(start < ends_at and starts_at < end for start, end in others):
            words.append(say("On %(day)s there is another shift at that time.", day=planned.day))
            continue
        others.append((starts_at, ends_at))
        added.append(NewShift(planned, starts_at, ends_at))
    return Plan(tuple(added), len(skipped), tuple(words))


def hints(pattern: int, availability: int | None, weekly_hours_limit: float | None) -> tuple[Say, ...]:
    """What to know before planning: it is shown, never refused."""
    found = []
    hours = pattern.bit_count() / 4
    if availability is not None and not covers(availability, pattern):
        found.append(say("Part of this pattern is outside the times that suit the participant."))
    if weekly_hours_limit is not None and hours > weekly_hours_limit:
        found.append(
            say_n(
                "This is %(hours)s hours a week; the participant can work %(n)s hour.",
                "This is %(hours)s hours a week; the participant can work %(n)s hours.",
                round(weekly_hours_limit),
                hours=hours,
            )
        )
    return tuple(found)


def shift_hints(planned: PlannedTime, availability: int | None) -> tuple[Say, ...]:
    """The same for a single shift."""
    if availability is None:
        return ()
    first, last = (_minute_of(at) for at in (planned.start, planned.end))
    down, up = first // 15 * 15, -(-last // 15) * 15
    mask = from_spans([Span(planned.day.weekday(), _time_of(down), _time_of(up))])
    if covers(availability, mask):
        return ()
    return (say("This is outside the times that suit the participant."),)


def _minute_of(at: time) -> int:
    return at.hour * 60 + at.minute


def _time_of(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)
