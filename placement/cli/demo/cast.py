"""Who is in an invented program: staff, supervisors, participants, shops and openings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from placement.adapters.opening_hours import weekly_mask
from placement.catalog import read
from placement.domain.participants import ParticipantStatus, TravelMode, Wish
from placement.domain.roles import Role
from placement.domain.story import Intern, Person, Place, Shop
from placement.domain.week import hours

#: Rules of thumb for invented positions: a few kilometers around the center.
SPREAD = 0.035
#: People one coordinator, therapist or coach looks after; nobody has hundreds.
CASELOAD = 40


@dataclass(frozen=True, slots=True)
class Town:
    """Where a program is, and how its data are told."""

    domain: str
    locale: str
    city: str
    postcode: str
    lat: float
    lon: float
    phone: str


LEEDS = Town("bridgeway.example", "en", "Leeds", "LS1 4", 53.797, -1.547, "0113 496 0")
LEIPZIG = Town("brueckenweg.example", "de", "Leipzig", "041", 51.340, 12.375, "0341 2312 ")

_STAFF = {
    Role.ADMIN: ("Robin", "Sascha"),
    Role.COORDINATOR: ("Maren", "Jules"),
    Role.THERAPIST: ("Irene", "Tomasz"),
    Role.COACH: ("Lena", "Malik"),
}


def team_size(people: int) -> int:
    """How many coordinators, therapists and coaches each look after so many participants; at least two."""
    return max(2, -(-people // CASELOAD))


def staff(town: Town, families: Sequence[str], people: int) -> list[Person]:
    """Two admins, and of every other role of staff as many as ``people`` participants need."""
    given = read.demo()["given"]
    made = []
    for number, (role, names) in enumerate(_STAFF.items()):
        for index in range(2 if role is Role.ADMIN else team_size(people)):
            first = names[index] if index < len(names) else given[(number * 9 + index) % len(given)]
            name = f"{first} {families[(number * 2 + index) % len(families)]}"
            key = f"{role.value}{index + 1}"
            made.append(Person(key, name, f"{key}@{town.domain}", town.locale, frozenset({role})))
    return made


def shops(town: Town, count: int, chance: Random) -> list[Shop]:
    """``count`` shops, the catalog's again and again with other streets."""
    rows: list[Mapping[str, Any]] = read.demo()["shop"]
    streets = read.demo()["streets"][town.locale]
    made = []
    for number in range(count):
        row = rows[number % len(rows)]
        round_ = number // len(rows)
        street = streets[(number + round_ * 3) % len(streets)]
        made.append(
            Shop(
                key=f"shop{number}",
                employer=row["employer"][town.locale],
                name=street,
                street=f"{street} {chance.randint(1, 90)}",
                postcode=f"{town.postcode}{chance.randint(10, 99)}"[:7],
                city=town.city,
                lat=round(town.lat + chance.uniform(-SPREAD, SPREAD), 5),
                lon=round(town.lon + chance.uniform(-SPREAD, SPREAD), 5),
                phone=f"{town.phone}{chance.randint(100, 999)}",
                opening_hours=row["hours"],
            )
        )
    return made


def places(town: Town, sites: Sequence[Shop], count: int, first_day: date) -> list[Place]:
    """``count`` openings: each shop's patterns in turn."""
    rows: list[Mapping[str, Any]] = read.demo()["shop"]
    made: list[Place] = []
    for lap in range(count):
        for number, site in enumerate(sites):
            row = rows[number % len(rows)]
            if len(made) < count and lap < len(row["patterns"]):
                made.append(_place(f"place{len(made)}", town, site, row, row["patterns"][lap], first_day))
    return made


def _place(key: str, town: Town, site: Shop, row: Mapping[str, Any], pattern: str, first_day: date) -> Place:
    mask = weekly_mask(pattern)
    if mask is None:
        raise ValueError(f"unreadable pattern in demo.toml: {pattern}")
    return Place(
        key=key,
        site=site.key,
        role=row["role"][town.locale],
        description="",
        capacity=row["places"],
        first_day=first_day,
        last_day=None,
        pattern=mask,
        tasks=tuple(row["tasks"]),
        requirements={trait: (level, weight) for trait, (level, weight) in row["requirements"].items()},
        accommodations=frozenset(row["accommodations"]),
    )


def supervisors(town: Town, sites: Sequence[Shop], families: Sequence[str], given: Sequence[str]) -> list[Person]:
    """One supervisor a shop, and a second one in every third."""
    made = []
    for number, site in enumerate(sites):
        for nth in range(2 if number % 3 == 0 else 1):
            name = f"{given[(number * 3 + nth * 7 + 5) % len(given)]} {families[(number + nth * 11) % len(families)]}"
            key = f"supervisor{number + 1}" + ("b" if nth else "")
            email = f"{key}@{town.domain}"
            made.append(Person(key, name, email, town.locale, frozenset({Role.SUPERVISOR}), (site.key,)))
    return made


def intern(town: Town, number: int, place: Place, status: ParticipantStatus, chance: Random, teams: int) -> Intern:
    """A participant who could work at ``place``; the ``teams`` of staff take turns."""
    demo = read.demo()
    given = demo["given"][number % len(demo["given"])]
    family = demo["family"][(number * 7 + number // 40) % len(demo["family"])]
    free = weekly_mask("Mo-Fr 09:00-15:00") or 0
    abilities = {trait: max(0, min(5, level + chance.choice((-1, 0, 0, 1)))) for trait, (level, _)
                 in place.requirements.items()}  # fmt: skip
    for trait in ("learning", "calm", "punctuality", "teamwork", "reading"):
        if chance.random() < 0.7:
            abilities.setdefault(trait, chance.randint(1, 5))
    wishes = {task: chance.choice((Wish.LIKE, Wish.LOVE)) for task in place.tasks[:2]}
    wishes[chance.choice(("take_cash", "clear_spill", "answer_phone"))] = Wish.RATHER_NOT
    return Intern(
        key=f"intern{number}",
        preferred_name=given,
        family_name=family,
        status=status,
        lat=round(town.lat + chance.uniform(-SPREAD, SPREAD), 5),
        lon=round(town.lon + chance.uniform(-SPREAD, SPREAD), 5),
        home_address=f"{demo['streets'][town.locale][number % 8]} {chance.randint(1, 99)}, {town.city}",
        phone=f"{town.phone}{chance.randint(100, 999)}",
        emergency_name=f"{demo['given'][(number + 13) % len(demo['given'])]} {family}",
        emergency_phone=f"{town.phone}{chance.randint(100, 999)}",
        travel_mode=chance.choice((TravelMode.TRANSIT, TravelMode.TRANSIT, TravelMode.BIKE, TravelMode.WALK)),
        travel_limit_minutes=chance.choice((45, 60, 75)),
        # Whoever has a place agreed to its hours.
        weekly_hours_limit=max(hours(place.pattern), float(chance.choice((15, 18, 20)))),
        availability=place.pattern | free if number % 3 else place.pattern,
        abilities=abilities,
        task_wishes=wishes,
        needs=frozenset(sorted(place.accommodations)[:1]) if number % 4 == 0 else frozenset(),
        account=f"participant{number + 1}",
        assigned=_team(number, teams),
    )


def account_of(town: Town, person: Intern, number: int) -> Person:
    """The account a participant signs in with."""
    key = person.account or f"participant{number + 1}"
    name = f"{person.preferred_name} {person.family_name}"
    return Person(key, name, f"{key}@{town.domain}", town.locale, frozenset({Role.PARTICIPANT}))


def _team(number: int, teams: int) -> tuple[tuple[str, str | None], ...]:
    """Coordinator, therapist and coach; now and then the colleague stands in as well."""
    mine, other = number % teams + 1, (number + 1) % teams + 1
    rows: list[tuple[str, str | None]] = [
        (f"coordinator{mine}", None),
        (f"therapist{mine}", None),
        (f"coach{mine}", None),
    ]
    if number % 6 == 1:
        rows.append((f"coach{other}", f"coach{mine}"))
    return tuple(rows)
