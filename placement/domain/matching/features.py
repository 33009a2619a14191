"""A problem as arrays: what scoring needs of each person and each opening.

People and openings are put in the order of their keys, so that the order in which
they were handed over never matters. All products formed from these arrays are of
small integers and exact in float32 whatever the order of summation.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from placement.domain.matching.problem import Opening, Person, Problem, Settings
from placement.domain.matching.week import QUARTERS

Array = NDArray[Any]

#: Mean radius of the Earth (IUGG R1), kilometers.
EARTH_KM = 6371.0088
#: How far "near" reaches for someone who gave no limit, kilometers.
FAR_KM = 25.0
#: One level asked for beyond the ability costs this many times a level left unused.
OVER = 3
WEEK_WORDS = -(-QUARTERS // 64)
_NO_LIMIT = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Rows:
    """Sparse values per person: row ``i`` holds ``columns[start[i]:start[i + 1]]``."""

    start: Array
    columns: Array
    values: Array
    width: int

    def dense(self, rows: Array) -> Array:
        """int8 (len(rows), width): the values of these rows, 0 elsewhere."""
        block = np.zeros((len(rows), self.width), np.int8)
        for r in np.flatnonzero(self.start[rows + 1] > self.start[rows]):
            span = slice(self.start[rows[r]], self.start[rows[r] + 1])
            block[r, self.columns[span]] = self.values[span]
        return block


@dataclass(frozen=True, slots=True)
class Features:
    """n people, m openings, T traits, K tasks, A accommodations; see :func:`prepare`."""

    people: tuple[str, ...]
    openings: tuple[str, ...]
    settings: Settings
    ability: Array  # int8 (n, T), -1 unknown
    requirement_level: Array  # int8 (m, T)
    requirement_weight: Array  # float32 (m, T), 0 not asked for
    demand: Array  # float32 (m, 10 T), thermometer code, see score
    task_wish: Array  # int8 (n, K), wish + 2, 0 not stated
    tasks: Array  # float32 (m, K)
    employer: Array  # int64 (m,), employers in the order of their names
    employer_wish: Rows  # over employers, wish + 2
    person_at: Array  # float64 (n, 3) kilometers from the center of the Earth, nan unknown
    opening_at: Array  # float64 (m, 3)
    reach: Array  # float64 (n,) square of the longest chord allowed, km², inf no limit
    near: Array  # float64 (n,) kilometers at which travel earns nothing
    hours_limit: Array  # int64 (n,) quarters a week
    week: Array  # uint64 (n, 11)
    week_known: Array  # bool (n,)
    pattern: Array  # uint64 (m, 11)
    pattern_size: Array  # int64 (m,) quarters
    asked_hours: Array  # int64 (m,) quarters within the person's weekly hours
    asked_overlap: Array  # int64 (m,) quarters within the person's availability
    needs: Array  # float32 (n, A)
    lacks: Array  # float32 (m, A), accommodations not offered
    excluded: Rows  # over employers
    banned: Rows  # over openings
    places: Array  # int64 (m,)


def prepare(problem: Problem) -> Features:
    """The arrays of a problem; people and openings in the order of their keys."""
    people = sorted(problem.people, key=lambda p: p.key)
    openings = sorted(problem.openings, key=lambda o: o.key)
    column = {o.key: j for j, o in enumerate(openings)}
    row = {p.key: i for i, p in enumerate(people)}
    bans = sorted({(row[p], column[o]) for p, o in problem.bans})
    return Features(
        people=tuple(row),
        openings=tuple(column),
        settings=problem.settings,
        **_profile(people, openings, problem.traits),
        **_tasks(people, openings),
        **_employers(people, openings),
        **_travel(people, openings),
        **_times(people, openings),
        **_accommodations(people, openings),
        banned=_rows(len(people), len(openings), [(i, j, 1) for i, j in bans]),
        places=np.array([o.places for o in openings], np.int64),
    )


def limit_meters(person: Person) -> int | None:
    """How far someone travels one way, in whole meters; the stricter of both limits, None unlimited."""
    limits = []
    if person.travel_limit_km is not None:
        limits.append(person.travel_limit_km * 1000)
    if person.travel_limit_minutes is not None:
        limits.append(person.travel_limit_minutes / 60 * person.travel_speed_kmh * 1000)
    return round(min(limits)) if limits else None


def _profile(people: Sequence[Person], openings: Sequence[Opening], traits: Sequence[str]) -> dict[str, Any]:
    at = {trait: t for t, trait in enumerate(traits)}
    ability = np.full((len(people), len(at)), -1, np.int8)
    for i, person in enumerate(people):
        for trait, known in person.abilities.items():
            ability[i, at[trait]] = known
    level = np.zeros((len(openings), len(at)), np.int8)
    weight = np.zeros((len(openings), len(at)), np.float32)
    for j, opening in enumerate(openings):
        for trait, asked in opening.requirements.items():
            level[j, at[trait]], weight[j, at[trait]] = asked.level, asked.weight
    steps = thermometer(level).astype(np.float32)
    weights = np.tile(weight, 5)
    demand = np.concatenate([weights * steps, weights * (1 - steps)], axis=1)
    return {"ability": ability, "requirement_level": level, "requirement_weight": weight, "demand": demand}


def thermometer(level: Array) -> Array:
    """bool (k, 5 T): for step 1…5, whether each level reaches it; levels below 0 reach none."""
    return np.concatenate([level >= step for step in range(1, 6)], axis=1)


def _tasks(people: Sequence[Person], openings: Sequence[Opening]) -> dict[str, Any]:
    at = _index(task for opening in openings for task in opening.tasks)
    wish = np.zeros((len(people), len(at)), np.int8)
    for i, person in enumerate(people):
        for task, stated in person.task_wishes.items():
            if task in at:
                wish[i, at[task]] = stated + 2
    tasks = np.zeros((len(openings), len(at)), np.float32)
    for j, opening in enumerate(openings):
        tasks[j, [at[task] for task in opening.tasks]] = 1
    return {"task_wish": wish, "tasks": tasks}


def _employers(people: Sequence[Person], openings: Sequence[Opening]) -> dict[str, Any]:
    at = _index(opening.employer for opening in openings)
    wishes = [(i, at[e], wish + 2) for i, p in enumerate(people) for e, wish in p.employer_wishes.items() if e in at]
    excluded = [(i, at[e], 1) for i, p in enumerate(people) for e in p.excluded_employers if e in at]
    return {
        "employer": np.array([at[o.employer] for o in openings], np.int64),
        "employer_wish": _rows(len(people), len(at), wishes),
        "excluded": _rows(len(people), len(at), excluded),
    }


def _travel(people: Sequence[Person], openings: Sequence[Opening]) -> dict[str, Any]:
    limits = [limit_meters(p) for p in people]
    return {
        "person_at": np.array([_on_earth(p.lat, p.lon) for p in people], np.float64).reshape(-1, 3),
        "opening_at": np.array([_on_earth(o.lat, o.lon) for o in openings], np.float64).reshape(-1, 3),
        "reach": np.array([_reach(limit) for limit in limits], np.float64),
        "near": np.array([FAR_KM if limit is None else max(limit, 1) / 1000 for limit in limits], np.float64),
    }


def _on_earth(lat: float | None, lon: float | None) -> tuple[float, float, float]:
    if lat is None or lon is None:
        return math.nan, math.nan, math.nan
    around, up = EARTH_KM * math.cos(math.radians(lat)), EARTH_KM * math.sin(math.radians(lat))
    return around * math.cos(math.radians(lon)), around * math.sin(math.radians(lon)), up


def _reach(limit: int | None) -> float:
    # Distances count in whole meters and the limit itself is within: half a meter more is the first refused.
    if limit is None or (limit + 0.5) / 1000 >= math.pi * EARTH_KM:
        return math.inf
    return float((2 * EARTH_KM * math.sin((limit + 0.5) / 1000 / (2 * EARTH_KM))) ** 2)


def _times(people: Sequence[Person], openings: Sequence[Opening]) -> dict[str, Any]:
    limits = [_NO_LIMIT if p.weekly_hours_limit is None else _down(p.weekly_hours_limit) for p in people]
    size = np.array([o.pattern.bit_count() for o in openings], np.int64)
    minimum = [o.minimum_weekly_hours for o in openings]
    asked = [full if least is None else _up(least) for least, full in zip(minimum, size.tolist(), strict=True)]
    return {
        "hours_limit": np.array(limits, np.int64),
        "week": _words(p.availability or 0 for p in people),
        "week_known": np.array([p.availability is not None for p in people], np.bool_),
        "pattern": _words(o.pattern for o in openings),
        "pattern_size": size,
        "asked_hours": np.array(asked, np.int64),
        "asked_overlap": np.minimum(np.array(asked, np.int64), size),
    }


def _down(hours: float) -> int:
    return math.floor(hours * 4 + 1e-9)


def _up(hours: float) -> int:
    return math.ceil(hours * 4 - 1e-9)


def _words(masks: Iterable[int]) -> Array:
    packed = b"".join(mask.to_bytes(WEEK_WORDS * 8, "little") for mask in masks)
    return np.frombuffer(packed, "<u8").astype(np.uint64).reshape(-1, WEEK_WORDS)


def _accommodations(people: Sequence[Person], openings: Sequence[Opening]) -> dict[str, Any]:
    at = _index(need for person in people for need in person.needs)
    needs = np.zeros((len(people), len(at)), np.float32)
    for i, person in enumerate(people):
        needs[i, [at[need] for need in person.needs]] = 1
    lacks = np.ones((len(openings), len(at)), np.float32)
    for j, opening in enumerate(openings):
        lacks[j, [at[offer] for offer in opening.offers if offer in at]] = 0
    return {"needs": needs, "lacks": lacks}


def _index(keys: Iterable[str]) -> dict[str, int]:
    return {key: k for k, key in enumerate(sorted(set(keys)))}


def _rows(n: int, width: int, entries: Sequence[tuple[int, int, int]]) -> Rows:
    i, j, v = np.array(sorted(entries), np.int64).reshape(-1, 3).T
    start = np.concatenate([[0], np.cumsum(np.bincount(i, minlength=n))])
    return Rows(start, j.copy(), v.astype(np.int8), width)
