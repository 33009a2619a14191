"""What stands in the way of a planned shift. Being in two places at once is refused; the rest is shown.

All instants are UTC, and touching is no overlap.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from placement.domain.errors import Refused
from placement.domain.limit_checks import Piece, hints, is_night, refusal, sift
from placement.domain.limits import Rules
from placement.domain.planning import shift_hints
from placement.domain.shifts import PlannedTime, instants
from placement.domain.words import Say, say, say_n

Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Standing:
    """A shift that stands in the plan: local day and instants."""

    day: date
    starts_at: datetime
    ends_at: datetime
    #: Of the placement planned, not of another one of the same person.
    own: bool = True


@dataclass(frozen=True, slots=True)
class Around:
    """What a person's shifts in an opening are held against.

    ``others``: the same person's other shifts; ``busy``: times at which they can't; ``crowd``: other people's shifts
    in the same opening, which has ``places``; hours a week as agreed with the person, None: no limit;
    ``rules``: work limits and plans.
    """

    others: tuple[Standing, ...] = ()
    busy: tuple[Stretch, ...] = ()
    crowd: tuple[Stretch, ...] = ()
    places: int = 1
    availability: int | None = None
    weekly_hours_limit: float | None = None
    rules: Rules = Rules()


@dataclass(frozen=True, slots=True)
class Look:
    """What speaks against one time; ``seen`` names the time and exactly this, for whoever goes on all the same."""

    planned: PlannedTime
    warnings: tuple[Say, ...]

    @property
    def seen(self) -> str:
        parts = [str(self.planned), *(str(line.to_json()) for line in self.warnings)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def look_at(planned: PlannedTime, around: Around, beside: Sequence[Standing]) -> Look:
    """For one shift beside the placement's others.

    Raises Refused where the person has another one at that time, and for what is past their limits or plan.
    """
    _, twice = split([planned], [*around.others, *beside])
    if twice:
        raise Refused(twice_words(planned), "start")
    ensure_within(planned, [*around.others, *beside], around.rules)
    return Look(planned, warnings([planned], around, beside))


def ensure_within(planned: PlannedTime, beside: Iterable[Standing], rules: Rules) -> None:
    """Refuse a shift past limits or plan beside the person's other shifts, with the reason."""
    reason = refusal(_piece(planned), _pieces(beside), rules)
    if reason is not None:
        raise Refused(reason, "day")


def within(
    wanted: Sequence[PlannedTime], standing: Iterable[Standing], rules: Rules
) -> tuple[list[PlannedTime], list[tuple[PlannedTime, Say]]]:
    """Those within limits and plan beside what stands, in order; and the others, each with the reason."""
    good, bad = sift([_piece(planned) for planned in wanted], _pieces(standing), rules)
    return [wanted[index] for index in good], [(wanted[index], reason) for index, reason in bad]


def split(wanted: Iterable[PlannedTime], standing: Iterable[Standing]) -> tuple[list[PlannedTime], list[PlannedTime]]:
    """Those that can be, and those at whose time the person already has a shift (or one of the first)."""
    taken = [(row.starts_at, row.ends_at) for row in standing]
    free, twice = [], []
    for planned in sorted(wanted, key=lambda one: (one.day, one.start)):
        stretch = instants(planned)
        if _meets(stretch, taken):
            twice.append(planned)
        else:
            taken.append(stretch)
            free.append(planned)
    return free, twice


def twice_words(planned: PlannedTime) -> Say:
    """Why a shift was left out."""
    return say("On %(day)s there is another shift at that time.", day=planned.day)


def warnings(wanted: Sequence[PlannedTime], around: Around, kept: Iterable[Standing] = ()) -> tuple[Say, ...]:
    """What to know before planning ``wanted`` beside ``kept`` and the person's other shifts: shown, never refused."""
    found = []
    crowded = [planned.day for planned in wanted if most_at_once(instants(planned), around.crowd) >= around.places]
    busy = [planned.day for planned in wanted if _meets(instants(planned), around.busy)]
    if crowded:
        found.append(
            say_n(
                "On %(day)s there are more people than places.",
                "On %(n)s days there are more people than places, first on %(day)s.",
                len(set(crowded)),
                day=min(crowded),
            )
        )
    if busy:
        found.append(
            say_n(
                "On %(day)s the participant can't at that time.",
                "On %(n)s days the participant can't at that time, first on %(day)s.",
                len(set(busy)),
                day=min(busy),
            )
        )
    unsuitable = [planned.day for planned in wanted if shift_hints(planned, around.availability)]
    if unsuitable:
        found.append(
            say_n(
                "On %(day)s it is outside the times that suit the participant.",
                "On %(n)s days it is outside the times that suit the participant, first on %(day)s.",
                len(set(unsuitable)),
                day=min(unsuitable),
            )
        )
    mind = hints([planned.day for planned in wanted], around.rules)
    return (*found, *_long_weeks(wanted, [*around.others, *kept], around.weekly_hours_limit), *mind)


def most_at_once(stretch: Stretch, crowd: Iterable[Stretch]) -> int:
    """The most of ``crowd`` that are there at one moment of ``stretch``."""
    start, end = stretch
    inside = [(max(start, a), min(end, b)) for a, b in crowd if a < end and start < b]
    return max((sum(a <= at < b for a, b in inside) for at, _ in inside), default=0)


def ensure_hours(weekly_hours: float, limit: float | None, forced: bool) -> None:
    """Refuse a weekly pattern above what the person can work, unless the placement was decided so, with a reason."""
    if limit is not None and weekly_hours > limit and not forced:
        raise Refused(
            say(
                "This is %(hours)s hours a week; at most %(limit)s are agreed with the participant. Shorten the times, "
                "or change the hours in their profile together with them.",
                hours=weekly_hours,
                limit=limit,
            ),
            "week",
        )


def _long_weeks(wanted: Sequence[PlannedTime], standing: Iterable[Standing], limit: float | None) -> tuple[Say, ...]:
    """Weeks in which ``wanted`` takes the hours above the limit."""
    if limit is None:
        return ()
    hours: dict[date, float] = defaultdict(float)
    for row in standing:
        hours[_monday(row.day)] += (row.ends_at - row.starts_at) / timedelta(hours=1)
    new = {_monday(planned.day) for planned in wanted}
    for planned in wanted:
        start, end = instants(planned)
        hours[_monday(planned.day)] += (end - start) / timedelta(hours=1)
    long = sorted(week for week in new if hours[week] > limit)
    if not long:
        return ()
    return (
        say_n(
            "In the week of %(day)s these are %(hours)s hours; at most %(limit)s are agreed with the participant.",
            "In %(n)s weeks the hours are above the %(limit)s agreed with the participant, first in the week of "
            "%(day)s: %(hours)s.",
            len(long),
            day=long[0],
            hours=round(hours[long[0]], 2),
            limit=limit,
        ),
    )


def _piece(planned: PlannedTime) -> Piece:
    start, end = instants(planned)
    return Piece(planned.day, (end - start) / timedelta(hours=1), night=is_night(planned.start, planned.end))


def _pieces(standing: Iterable[Standing]) -> list[Piece]:
    return [Piece(row.day, (row.ends_at - row.starts_at) / timedelta(hours=1), row.own) for row in standing]


def _meets(stretch: Stretch, taken: Iterable[Stretch]) -> bool:
    start, end = stretch
    return any(a < end and start < b for a, b in taken)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
