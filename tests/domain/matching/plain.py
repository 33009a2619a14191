"""The hard rules and the fit once more, one pair at a time and without arrays, as an oracle."""

from __future__ import annotations

import math
from fractions import Fraction

from placement.domain.matching.problem import Opening, Person, Problem

HALF = Fraction(1, 2)
WEEK = 168.0


def meters(person: Person, opening: Opening) -> int | None:
    """Great-circle distance by the haversine formula."""
    if person.lat is None or opening.lat is None:
        return None
    a, b = math.radians(person.lat), math.radians(opening.lat)
    turn = math.radians(opening.lon - person.lon)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(turn / 2) ** 2
    return round(2 * 6_371_008.8 * math.asin(math.sqrt(h)))


def km_limit(person: Person) -> float:
    """Meters."""
    return math.inf if person.travel_limit_km is None else person.travel_limit_km * 1000


def limit(person: Person) -> float:
    """How far they travel, meters."""
    minutes = person.travel_limit_minutes
    return min(km_limit(person), math.inf if minutes is None else minutes * person.travel_speed_kmh * 1000 / 60)


def too_far(person: Person, opening: Opening) -> bool:
    """By the table of minutes where it knows the pair, else by distance and speed."""
    away = meters(person, opening)
    if opening.key not in person.minutes:
        return away is not None and away > limit(person)
    longest = math.inf if person.travel_limit_minutes is None else person.travel_limit_minutes
    return person.minutes[opening.key] > longest or (away is not None and away > km_limit(person))


def travel_share(person: Person, opening: Opening) -> float:
    """From 0 to 1."""
    away, near = meters(person, opening), limit(person)
    if opening.key in person.minutes:
        near = person.travel_limit_minutes
        if near is None:
            near = 25.0 if person.travel_limit_km is None else person.travel_limit_km
            near = near / person.travel_speed_kmh * 60
        return max(0.0, 1 - person.minutes[opening.key] / near)
    near = 25_000.0 if math.isinf(near) else near
    return 0.5 if away is None else max(0.0, 1 - away / near)


def broken(problem: Problem, person: Person, opening: Opening) -> list[str]:
    """The names of all rules that fail, in their order."""
    asked = opening.pattern.bit_count() / 4 if opening.minimum_weekly_hours is None else opening.minimum_weekly_hours
    shared = WEEK if person.availability is None else (person.availability & opening.pattern).bit_count() / 4
    rules = {
        "excluded": opening.employer in person.excluded_employers,
        "banned": (person.key, opening.key) in problem.bans,
        "distance": too_far(person, opening),
        "hours": person.weekly_hours_limit is not None and asked > person.weekly_hours_limit,
        "schedule": shared < min(asked, opening.pattern.bit_count() / 4),
        "accommodation": not person.needs <= opening.offers,
        "places": opening.places == 0,
    }
    return [name for name, fails in rules.items() if fails]


def shares(person: Person, opening: Opening) -> tuple[Fraction, Fraction, float, Fraction]:
    """Profile, wishes, travel, schedule, each from 0 to 1."""
    cost, worst = 0, 0
    for trait, asked in opening.requirements.items():
        if trait in person.abilities:
            gap = asked.level - person.abilities[trait]
            cost += asked.weight * (3 * gap if gap > 0 else -gap)
            worst += asked.weight * 15
    stated = [person.task_wishes[task] for task in opening.tasks if task in person.task_wishes]
    stated += 2 * [person.employer_wishes[opening.employer]] if opening.employer in person.employer_wishes else []
    points = [{-1: 0, 0: 2, 1: 3, 2: 4}[wish] for wish in stated]
    week = opening.pattern.bit_count() if person.availability is not None else 0
    return (
        1 - Fraction(cost, worst) if worst else HALF,
        Fraction(sum(points), 4 * len(points)) if points else HALF,
        travel_share(person, opening),
        Fraction((person.availability & opening.pattern).bit_count(), week) if week else HALF,
    )
