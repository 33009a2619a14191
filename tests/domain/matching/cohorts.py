"""Invented cohorts and problems for the matching tests."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product

from hypothesis import strategies as st

from placement.domain.matching.problem import Opening, Person, Problem, Requirement, Settings
from placement.domain.matching.week import pattern_mask

TRAITS = ("counting", "lifting", "patience", "reading", "talking")
TASKS = ("bread", "cartons", "carts", "checkout", "shelves")
EMPLOYERS = ("amber", "birch", "cedar")
NEEDS = ("quiet", "seat")


def cohort(seed: int, people: int, openings: int, settings: Settings | None = None) -> Problem:
    """A cohort in and around one city in which every rule and every unknown occurs."""
    rng = random.Random(seed)
    return Problem(
        people=tuple(_at_table(_person(rng, f"p{k:03}"), seed, openings) for k in range(people)),
        openings=tuple(_opening(rng, f"o{k:03}") for k in range(openings)),
        traits=TRAITS,
        settings=settings or Settings(),
        bans=tuple({(f"p{rng.randrange(people):03}", f"o{rng.randrange(openings):03}") for _ in range(3)}),
    )


def _person(rng: random.Random, key: str) -> Person:
    at_home = rng.random() < 0.9
    return Person(
        key=key,
        lat=51.05 + rng.uniform(-0.15, 0.15) if at_home else None,
        lon=13.74 + rng.uniform(-0.2, 0.2) if at_home else None,
        travel_limit_km=rng.choice([None, 5.0, 12.0, 30.0]),
        travel_limit_minutes=rng.choice([None, None, 30.0, 60.0]),
        travel_speed_kmh=rng.choice([5.0, 20.0, 35.0]),
        availability=rng.choice([None, _week(rng, 4, 8), _week(rng, 5, 10), _week(rng, 6, 12)]),
        weekly_hours_limit=rng.choice([None, 10.0, 15.0, 25.0]),
        abilities={trait: rng.randint(0, 5) for trait in TRAITS if rng.random() < 0.7},
        task_wishes={task: rng.randint(-1, 2) for task in TASKS if rng.random() < 0.5},
        employer_wishes={employer: rng.randint(-1, 2) for employer in EMPLOYERS if rng.random() < 0.3},
        needs=frozenset(need for need in NEEDS if rng.random() < 0.2),
        excluded_employers=frozenset(employer for employer in EMPLOYERS if rng.random() < 0.1),
    )


def _at_table(person: Person, seed: int, openings: int) -> Person:
    """Some of the minutes one way from a table of the program, for every third person."""
    rng = random.Random(f"{seed} {person.key}")
    if rng.random() < 2 / 3:
        return person
    known = rng.sample(range(openings), openings // 3)
    return replace(person, minutes={f"o{k:03}": rng.choice([0.0, 12.5, 30.0, 30.1, 55.0]) for k in known})


def _opening(rng: random.Random, key: str) -> Opening:
    at_home = rng.random() < 0.9
    return Opening(
        key=key,
        employer=rng.choice(EMPLOYERS),
        lat=51.05 + rng.uniform(-0.15, 0.15) if at_home else None,
        lon=13.74 + rng.uniform(-0.2, 0.2) if at_home else None,
        places=rng.choice([0, 1, 1, 1, 2, 3]),
        pattern=rng.choice([0, _week(rng, 2, 4), _week(rng, 4, 3), _week(rng, 5, 4)]),
        minimum_weekly_hours=rng.choice([None, 4.0, 8.0]),
        requirements={t: Requirement(rng.randint(0, 5), rng.randint(0, 5)) for t in TRAITS if rng.random() < 0.6},
        tasks=frozenset(task for task in TASKS if rng.random() < 0.5),
        offers=frozenset(need for need in NEEDS if rng.random() < 0.6),
    )


def _week(rng: random.Random, days: int, hours: int) -> int:
    start = rng.choice([6, 8, 9]) * 60
    mask = 0
    for day in rng.sample(range(7), days):
        mask |= pattern_mask(day, start, start + hours * 60)
    return mask


@st.composite
def matchings(draw: st.DrawFn, people: int = 5, openings: int = 4, heaviest: int = 12) -> tuple[object, ...]:
    """Arguments of ``solve_pairs``: small, with duplicates, ties, zero capacities and nobody at all."""
    n, m = draw(st.integers(0, people)), draw(st.integers(0, openings))
    cap = draw(st.lists(st.integers(0, 3), min_size=m, max_size=m))
    every = list(product(range(n), range(m)))
    pairs = draw(st.lists(st.sampled_from(every), max_size=2 * len(every))) if every else []
    w = draw(st.lists(st.integers(0, heaviest), min_size=len(pairs), max_size=len(pairs)))
    return n, m, [i for i, _ in pairs], [j for _, j in pairs], w, cap
