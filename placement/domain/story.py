"""What an invented program went through, as plain values: the input of both ways to load demo data.

People and things are named by short keys, catalog entries by their catalog keys. Days are local days of the program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from placement.domain.events import EventKind
from placement.domain.participants import ParticipantStatus, TravelMode, Wish
from placement.domain.placements import Move, StepKind
from placement.domain.roles import Role
from placement.domain.shifts import Attendance
from placement.domain.support import NotTodayReason


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account."""

    key: str
    name: str
    email: str
    locale: str
    roles: frozenset[Role]
    #: Sites a supervisor looks after.
    sites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Intern:
    """A participant; ``account`` is the key of their Person, if they sign in."""

    key: str
    preferred_name: str
    family_name: str
    status: ParticipantStatus
    lat: float
    lon: float
    home_address: str
    phone: str
    emergency_name: str
    emergency_phone: str
    travel_mode: TravelMode
    travel_limit_minutes: int
    weekly_hours_limit: float
    availability: int
    abilities: Mapping[str, int]
    task_wishes: Mapping[str, Wish]
    employer_wishes: Mapping[str, Wish] = field(default_factory=dict)
    needs: frozenset[str] = frozenset()
    exclusions: Mapping[str, str] = field(default_factory=dict)
    account: str | None = None
    #: Staff who look after this person, each with the colleague they stand in for, if any.
    assigned: tuple[tuple[str, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Shop:
    """A site with its employer's name as key of the employer."""

    key: str
    employer: str
    name: str
    street: str
    postcode: str
    city: str
    lat: float
    lon: float
    phone: str
    opening_hours: str


@dataclass(frozen=True, slots=True)
class Place:
    """An opening."""

    key: str
    site: str
    role: str
    description: str
    capacity: int
    first_day: date
    last_day: date | None
    pattern: int
    tasks: tuple[str, ...]
    requirements: Mapping[str, tuple[int, int]]
    accommodations: frozenset[str] = frozenset()
    minimum_weekly_hours: float | None = None


@dataclass(frozen=True, slots=True)
class Rated:
    """One task: a canonical rank, or why it was not done today."""

    task: str
    rank: int | None
    not_today: NotTodayReason | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """Feedback of one person about one shift."""

    rater: str
    at: datetime
    ratings: tuple[Rated, ...]
    attendance: Attendance | None = None
    went_well: str = ""
    try_next: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """A shift and what became of it."""

    day: date
    start: time
    end: time
    feedback: tuple[Sent, ...] = ()
    #: An entry by the coordinator, at an instant.
    attendance: Attendance | None = None
    entered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """A placement from its proposal on. ``moves`` are in order, each on its day."""

    key: str
    intern: str
    place: str
    first_day: date
    last_day: date | None
    proposed_on: date
    moves: tuple[tuple[Move, date], ...] = ()
    steps: tuple[tuple[StepKind, date, date | None], ...] = ()
    turns: tuple[Turn, ...] = ()
    #: Planned shifts reach until here.
    planned_until: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A phase line on a person's chart."""

    intern: str
    day: date
    kind: EventKind
    text: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One program."""

    name: str
    zone: str
    locale: str
    country: str
    #: When it all began: everything before the first placement is written then.
    began: datetime
    admin: Person
    people: tuple[Person, ...]
    interns: tuple[Intern, ...]
    shops: tuple[Shop, ...]
    places: tuple[Place, ...]
    stays: tuple[Stay, ...]
    lines: tuple[Line, ...]
    #: Label in both languages, phone, hours.
    contacts: tuple[tuple[Mapping[str, str], str, str], ...]
