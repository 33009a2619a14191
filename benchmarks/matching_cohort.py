"""Invented cohorts for the matching benchmarks: traits, wishes, weeks and distances as real ones are spread.

Everything comes from one seed. ``reach`` is the kilometers people travel, by which the
share of openings within their rules is set; None lets every pair pass every rule.
"""

from __future__ import annotations

import random

from placement.domain.matching.problem import Opening, Person, Problem, Requirement
from placement.domain.matching.week import pattern_mask

TRAITS = tuple(f"trait{k:02}" for k in range(35))
TASKS = tuple(f"task{k:02}" for k in range(20))
NEEDS = ("daylight", "quiet", "seat", "short ways")
#: Half the side of the square that everybody lives in, degrees.
_SPREAD = 0.45


def cohort(people: int, openings: int, reach: float | None, seed: int = 1) -> Problem:
    """``people`` × ``openings`` around one city, four openings an employer."""
    rng = random.Random(seed)
    employers = [f"e{k:04}" for k in range(max(1, openings // 4))]
    patterns = [_pattern(rng) for _ in range(max(20, openings // 10))]
    weeks = [_week(rng) for _ in range(max(20, people // 4))]
    return Problem(
        people=tuple(_person(rng, f"p{k:05}", reach, weeks, employers) for k in range(people)),
        openings=tuple(_opening(rng, f"o{k:05}", reach is None, patterns, employers) for k in range(openings)),
        traits=TRAITS,
    )


def _person(rng: random.Random, key: str, reach: float | None, weeks: list[int], employers: list[str]) -> Person:
    lat, lon = _place(rng)
    free = reach is None
    return Person(
        key=key,
        lat=lat,
        lon=lon,
        travel_limit_km=None if reach is None else reach * rng.uniform(0.5, 1.5),
        travel_speed_kmh=rng.choice([5.0, 12.0, 20.0, 40.0]),
        availability=(1 << 672) - 1 if free else rng.choice(weeks),
        weekly_hours_limit=None if free else rng.choice([None, 12.0, 15.0, 20.0, 30.0]),
        abilities={trait: rng.randint(0, 5) for trait in rng.sample(TRAITS, rng.randint(15, 35))},
        task_wishes={task: rng.randint(-1, 2) for task in rng.sample(TASKS, rng.randint(0, 10))},
        employer_wishes={e: rng.randint(-1, 2) for e in rng.sample(employers, min(len(employers), rng.randint(0, 3)))},
        needs=frozenset() if free or rng.random() < 0.7 else frozenset(rng.sample(NEEDS, 1)),
        excluded_employers=frozenset() if free or rng.random() < 0.9 else frozenset(rng.sample(employers, 1)),
    )


def _opening(rng: random.Random, key: str, free: bool, patterns: list[int], employers: list[str]) -> Opening:
    lat, lon = _place(rng)
    return Opening(
        key=key,
        employer=rng.choice(employers),
        lat=lat,
        lon=lon,
        places=rng.choice([1, 1, 1, 2, 3]),
        pattern=rng.choice(patterns),
        minimum_weekly_hours=None if free else rng.choice([None, 4.0, 6.0, 8.0]),
        requirements={t: Requirement(rng.randint(0, 5), rng.randint(1, 5)) for t in rng.sample(TRAITS, 10)},
        tasks=frozenset(rng.sample(TASKS, rng.randint(2, 6))),
        offers=frozenset(need for need in NEEDS if rng.random() < 0.6),
    )


def _place(rng: random.Random) -> tuple[float, float]:
    return 51.05 + rng.uniform(-_SPREAD, _SPREAD), 13.74 + rng.uniform(-_SPREAD, _SPREAD) * 1.6


def _pattern(rng: random.Random) -> int:
    start, hours, mask = rng.choice([6, 8, 9, 13, 16]) * 60, rng.choice([3, 4, 5]), 0
    for day in rng.sample(range(6), rng.randint(2, 5)):
        mask |= pattern_mask(day, start, start + hours * 60)
    return mask


def _week(rng: random.Random) -> int:
    mask = 0
    for day in rng.sample(range(7), rng.randint(3, 6)):
        start = rng.choice([6, 7, 8, 9, 12]) * 60 + rng.choice([0, 15, 30])
        mask |= pattern_mask(day, start, min(start + rng.choice([5, 6, 8, 10]) * 60, 24 * 60))
    return mask
