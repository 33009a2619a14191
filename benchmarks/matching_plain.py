"""Scoring as one would first write it in NumPy: blocks of people, one vectorised step after the other.

No tricks, but no traps either: traits are looped over with whole blocks (broadcasting
them all at once is slower and takes gigabytes), numbers are as small as is natural, and
``rules first`` computes factors for the pairs that pass only. Gives the same bits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from placement.domain.matching.problem import Problem, Requirement, Weights
from placement.domain.matching.schedule import quarters_down

Array = NDArray[Any]
EARTH_KM = 6371.0088
#: As in the engine, so that memory is alike.
PAIRS = 1 << 20
_WISH = np.array([0, 0, 2, 3, 4], np.int16)


@dataclass(frozen=True, slots=True)
class Plain:
    """Dense arrays, one row a person or opening, in the order of keys."""

    weights: Weights
    ability: Array
    level: Array
    asked: Array
    wish: Array
    tasks: Array
    employer_wish: Array
    employer: Array
    excluded: Array
    home: Array
    site: Array
    limit: Array
    near: Array
    hours: Array
    week: Array
    known: Array
    pattern: Array
    size: Array
    least: Array
    needs: Array
    offers: Array
    places: Array


def plain_arrays(problem: Problem) -> Plain:
    """Not part of what is timed. Everybody has a position and a limit in kilometers or none, as in the cohorts."""
    people = sorted(problem.people, key=lambda p: p.key)
    openings = sorted(problem.openings, key=lambda o: o.key)
    tasks, employers = sorted({t for o in openings for t in o.tasks}), sorted({o.employer for o in openings})
    needs = sorted({need for p in people for need in p.needs})
    limit = np.array([np.inf if p.travel_limit_km is None else round(p.travel_limit_km * 1000) for p in people])
    hours = [10_000 if p.weekly_hours_limit is None else quarters_down(p.weekly_hours_limit) for p in people]
    least = [o.pattern.bit_count() if o.minimum_weekly_hours is None else o.minimum_weekly_hours * 4 for o in openings]
    asked = [[o.requirements.get(t, Requirement(0, 0)) for t in problem.traits] for o in openings]
    return Plain(
        weights=problem.settings.weights,
        ability=np.array([[p.abilities.get(t, -1) for t in problem.traits] for p in people], np.int16),
        level=np.array([[trait.level for trait in line] for line in asked], np.int16),
        asked=np.array([[trait.weight for trait in line] for line in asked], np.int16),
        wish=np.array([[p.task_wishes.get(t, -2) + 2 for t in tasks] for p in people], np.int8),
        tasks=np.array([[t in o.tasks for t in tasks] for o in openings]),
        employer_wish=np.array([[p.employer_wishes.get(e, -2) + 2 for e in employers] for p in people], np.int8),
        employer=np.array([employers.index(o.employer) for o in openings]),
        excluded=np.array([[e in p.excluded_employers for e in employers] for p in people]),
        home=np.radians(np.array([(p.lat, p.lon) for p in people], np.float64)),
        site=np.radians(np.array([(o.lat, o.lon) for o in openings], np.float64)),
        limit=limit,
        near=np.where(np.isinf(limit), 25.0, np.maximum(limit, 1) / 1000),
        hours=np.array(hours),
        week=_words([p.availability or 0 for p in people]),
        known=np.array([p.availability is not None for p in people]),
        pattern=_words([o.pattern for o in openings]),
        size=np.array([o.pattern.bit_count() for o in openings]),
        least=np.ceil(np.array(least)).astype(np.int64),
        needs=np.array([[need in p.needs for need in needs] for p in people]),
        offers=np.array([[need in o.offers for need in needs] for o in openings]),
        places=np.array([o.places for o in openings]),
    )


def plain_blocks(a: Plain, rules_first: bool) -> Iterator[tuple[Array, Array, Array, Array]]:
    """``(i, j, fit, parts)`` block by block, as the engine gives them."""
    n, m = len(a.ability), len(a.level)
    size, j = max(1, PAIRS // max(1, m)), np.arange(m)
    for first in range(0, n, size):
        i = np.arange(first, min(first + size, n))
        away, shared = _chord(a, i[:, None], j), _overlap(a, i[:, None], j)
        r, c = np.nonzero(_passes(a, i, away, shared))
        if rules_first:
            parts = _parts(a, i[r], c, away[r, c], shared[r, c], a.employer_wish[i[r], a.employer[c]])
        else:
            wish = a.employer_wish[i][:, a.employer]
            parts = [part[r, c] for part in _parts(a, i[:, None], j[None, :], away, shared, wish)]
        stacked = np.stack(parts, axis=1)
        yield i[r].astype(np.int32), c.astype(np.int32), stacked.sum(axis=1, dtype=np.int32), stacked


def _chord(a: Plain, i: Array, j: Array) -> Array:
    """By the haversine formula, without its last step: kilometers straight through the Earth."""
    lat, lon, to_lat, to_lon = a.home[i, 0], a.home[i, 1], a.site[j, 0], a.site[j, 1]
    half = np.sin((to_lat - lat) / 2) ** 2 + np.cos(lat) * np.cos(to_lat) * np.sin((to_lon - lon) / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.sqrt(half))


def _overlap(a: Plain, i: Array, j: Array) -> Array:
    total = np.zeros(np.broadcast_shapes(i.shape, j.shape), np.int16)
    for word in range(a.week.shape[1]):
        total += np.bitwise_count(a.week[i, word] & a.pattern[j, word])
    return total


def _passes(a: Plain, i: Array, away: Array, shared: Array) -> Array:
    rounded = np.rint(2 * EARTH_KM * np.arcsin(away / (2 * EARTH_KM)) * 1000)
    ok = rounded <= a.limit[i, None]
    ok &= a.least <= a.hours[i, None]
    ok &= ~a.known[i, None] | (shared >= np.minimum(a.least, a.size))
    ok &= a.places > 0
    ok &= ~a.excluded[i][:, a.employer]
    for need in range(a.needs.shape[1]):
        ok &= ~a.needs[i, need, None] | a.offers[:, need]
    return np.asarray(ok)


def _parts(a: Plain, i: Array, j: Array, away: Array, shared: Array, wish: Array) -> list[Array]:
    w, shape = a.weights, away.shape
    cost, worst = np.zeros(shape, np.int16), np.zeros(shape, np.int16)
    for trait in range(a.ability.shape[1]):
        has, asked = a.ability[i, trait], a.asked[j, trait]
        gap = a.level[j, trait] - has
        counted = asked * (has >= 0)
        cost += counted * np.where(gap > 0, 3 * gap, -gap)
        worst += 15 * counted
    earned = 2 * _WISH[wish]
    stated = 2 * (wish > 0).astype(np.int16)
    for task in range(a.wish.shape[1]):
        mine, has_it = a.wish[i, task], a.tasks[j, task]
        earned += _WISH[mine] * has_it
        stated += (mine > 0) & has_it
    near = a.near[i]
    week = np.where(a.known[i], a.size[j], 0)
    return [
        _points(w.profile, worst - cost, worst),
        _points(w.wishes, earned, 4 * stated),
        _points(w.travel, near - np.minimum(away, near), near),
        _points(w.schedule, np.where(a.known[i], shared, 0), week),
    ]


def _points(weight: int, earned: Array, of: Array) -> Array:
    nothing = of == 0
    share = np.where(nothing, weight, weight * earned.astype(np.float64)) / np.where(nothing, 2, of)
    return np.rint(share).astype(np.int16)


def _words(masks: list[int]) -> Array:
    return np.frombuffer(b"".join(mask.to_bytes(88, "little") for mask in masks), "<u8").reshape(-1, 11)
