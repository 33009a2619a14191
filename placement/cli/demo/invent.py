"""Invents the stories of the demo programs: deterministic for a seed and a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from placement.catalog import read
from placement.cli.demo.cast import (
    LEEDS,
    LEIPZIG,
    Town,
    account_of,
    intern,
    places,
    shops,
    staff,
    supervisors,
    team_size,
)
from placement.cli.demo.course import turns
from placement.domain.events import EventKind
from placement.domain.participants import ParticipantStatus
from placement.domain.patterns import AHEAD
from placement.domain.placements import Move, StepKind
from placement.domain.story import Intern, Line, Person, Place, Stay, Story

WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Size:
    """People in the first program, weeks of history, and how many of the people wait for a place."""

    people: int
    weeks: int
    waiting: int


SIZES = {"small": Size(28, 8, 7), "medium": Size(200, 10, 25), "large": Size(1000, 54, 125)}

#: The second program stays small, so that a person can look at all of it.
SECOND = Size(4, 8, 1)


def invent(size: str, seed: int, now: datetime) -> list[Story]:
    """Two programs. ``size``: small, medium or large; ``now``: aware."""
    first = _program("Bridgeway", LEEDS, "Europe/London", "GB", SIZES[size], Random(seed), now)
    second = _program("Brückenweg", LEIPZIG, "Europe/Berlin", "DE", SECOND, Random(seed + 1), now)
    return [first, second]


def _program(name: str, town: Town, zone: str, country: str, size: Size, chance: Random, now: datetime) -> Story:
    today = now.astimezone(UTC).date()
    monday = today - timedelta(days=today.weekday()) - size.weeks * WEEK
    families, given = read.demo()["family"], read.demo()["given"]
    site_rows = shops(town, {28: 12, 4: 3}.get(size.people, size.people // 2), chance)
    openings = 14 if size.people == 28 else max(4, size.people)
    place_rows = places(town, site_rows, openings, monday - 4 * WEEK)
    team = staff(town, families, size.people)
    guides = supervisors(town, site_rows, families, given)
    order = _seats(place_rows, size.people)
    statuses = [_status(number, size) for number in range(size.people)]
    interns = [intern(town, n, order[n], statuses[n], chance, team_size(size.people)) for n in range(size.people)]
    stays = [
        stay
        for number, person in enumerate(interns)
        if (stay := _stay(number, size, person, order[number], guides, monday, now, zone, chance)) is not None
    ]
    return Story(
        name=name,
        zone=zone,
        locale=town.locale,
        country=country,
        began=datetime.combine(monday - 2 * WEEK, time(8), UTC),
        admin=team[0],
        people=(*team[1:], *guides, *(account_of(town, person, n) for n, person in enumerate(interns))),
        interns=tuple(interns),
        shops=tuple(site_rows),
        places=tuple(place_rows),
        stays=tuple(stays),
        lines=_lines(stays),
        contacts=_contacts(town),
    )


def _seats(rows: Sequence[Place], people: int) -> list[Place]:
    """Whose opening is whose: every opening's places in turn, so that nothing is oversold."""
    seats = [row for lap in range(max(row.capacity for row in rows)) for row in rows if lap < row.capacity]
    if len(seats) < people:
        raise ValueError(f"{len(seats)} places for {people} people")
    return seats[:people]


def _status(number: int, size: Size) -> ParticipantStatus:
    """The last few wait, one pauses, everybody else is on placement."""
    if number >= size.people - size.waiting:
        return ParticipantStatus.WAITING
    return ParticipantStatus.PAUSED if number % 24 == 17 else ParticipantStatus.ACTIVE


def _stay(
    number: int, size: Size, person: Intern, place: Place, guides: Sequence[Person], monday: date, now: datetime,
    zone: str, chance: Random,
) -> Stay | None:  # fmt: skip
    today = now.astimezone(UTC).date()
    kind = _ending(number, size)
    if kind == "waiting":
        return None
    late = number % 12 == 8  # somebody with three data points
    first = (
        today - timedelta(days=8) if late else monday + timedelta(weeks=number % 3 if size.weeks <= 10 else number % 9)
    )
    if kind in ("proposed", "offered", "accepted"):
        first = today + timedelta(days=7)
    last = today + timedelta(days=10) if number % 8 == 3 else first + timedelta(weeks=26 + size.weeks)
    proposed = min(first, today) - timedelta(days=12)
    worked_until = today - timedelta(days=1)
    if kind == "completed":
        worked_until = last = today - timedelta(days=15)
    raters = [guide.key for guide in guides if place.site in guide.sites]
    begun = kind not in ("proposed", "offered", "accepted")
    rows = turns(number, person, place, raters, first, worked_until, today, zone, chance) if begun else ()
    return Stay(
        key=f"stay{number}",
        intern=person.key,
        place=place.key,
        first_day=first,
        last_day=last,
        proposed_on=proposed,
        moves=_moves(kind, proposed, first, last, today),
        steps=_steps(kind, first, today),
        turns=rows,
        planned_until=None if kind in ("proposed", "offered", "completed") else today + AHEAD,
    )


def _ending(number: int, size: Size) -> str:
    if number >= size.people - size.waiting:
        return "completed" if number % 3 == 0 else "waiting"
    return {17: "paused", 18: "proposed", 19: "offered", 20: "accepted"}.get(number % 24, "active")


def _moves(kind: str, proposed: date, first: date, last: date, today: date) -> tuple[tuple[Move, date], ...]:
    yes = (Move.PARTICIPANT_YES, proposed + timedelta(days=2))
    employer = (Move.EMPLOYER_YES, proposed + timedelta(days=5))
    start = (Move.START, first)
    ways: dict[str, tuple[tuple[Move, date], ...]] = {
        "proposed": (),
        "offered": (yes,),
        "accepted": (yes, employer),
        "active": (yes, employer, start),
        "paused": (yes, employer, start, (Move.PAUSE, today - timedelta(days=1))),
        "completed": (yes, employer, start, (Move.COMPLETE, last)),
    }
    return ways[kind]


def _steps(kind: str, first: date, today: date) -> tuple[tuple[StepKind, date, date | None], ...]:
    if kind in ("proposed", "offered"):
        return ()
    meeting = first - timedelta(days=3)
    middle = first + timedelta(weeks=6)
    rows: list[tuple[StepKind, date, date | None]] = [
        (StepKind.FIRST_MEETING, meeting, meeting if meeting < today else None)
    ]
    if kind in ("active", "paused"):
        rows.append((StepKind.MID_REVIEW, middle, middle if middle < today - timedelta(days=6) else None))
    return tuple(rows)


def _lines(stays: Sequence[Stay]) -> tuple[Line, ...]:
    """A coaching step in the fifth week of every fourth person who has been there that long."""
    return tuple(
        Line(stay.intern, stay.first_day + timedelta(weeks=4, days=1), EventKind.COACHING_STEP)
        for number, stay in enumerate(stays)
        if number % 4 == 0 and len(stay.turns) > 14
    )


def _contacts(town: Town) -> tuple[tuple[dict[str, str], str, str], ...]:
    desk = {"en": "The program's desk", "de": "Büro des Programms"}
    evening = {"en": "Evenings and weekends", "de": "Abends und am Wochenende"}
    hours = (
        ("Monday to Friday, 8–17", "17–22") if town.locale == "en" else ("Montag bis Freitag, 8–17 Uhr", "17–22 Uhr")
    )
    return ((desk, f"{town.phone}200", hours[0]), (evening, f"{town.phone}201", hours[1]))
