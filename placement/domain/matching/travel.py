"""The third factor, and the rule of distance: how far it is.

Falls evenly from the doorstep to the person's limit (25 km without one). Distance is by
great circle, minutes by the speed of their way of travelling, unless the program has a
table of minutes: a known entry decides the limit in minutes and the points, a limit in
kilometers still holds by great circle. Whatever lies exactly at the limit is within.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from placement.domain.matching.arrays import Array, Rows, sparse, strips
from placement.domain.matching.parties import Opening, Person

#: Mean radius of the Earth (IUGG R1), kilometers.
EARTH_KM = 6371.0088
#: How far "near" reaches for someone who gave no limit, kilometers.
FAR_KM = 25.0


@dataclass(frozen=True, slots=True)
class Travel:
    """n people, m openings. Straight chords stand for great circles: shorter by less than 1 in 10,000 up to 300 km."""

    home: Array  # float64 (3, n) kilometers from the center of the Earth, nan unknown
    site: Array  # float64 (3, m)
    reach: Array  # float64 (n,) square of the longest chord allowed by both limits, km², inf no limit
    reach_km: Array  # float64 (n,) the same by the limit in kilometers alone
    near: Array  # float64 (n,) kilometers at which travel earns nothing
    minutes: Rows  # over openings, minutes by the program's table
    rough_home: Array  # float32 (n, 5), see rough_far_block
    rough_site: Array  # float32 (m, 5)
    speed: Array  # float64 (n,) km/h
    km_limit: Array  # float64 (n,) inf no limit
    minutes_limit: Array  # float64 (n,) inf no limit
    minutes_near: Array  # float64 (n,) minutes at which travel earns nothing


def travel_arrays(people: Sequence[Person], openings: Sequence[Opening], column: Mapping[str, int]) -> Travel:
    """Places and limits; ``column`` is the position of each opening's key."""
    limits = [limit_meters(p) for p in people]
    table = [(i, column[o], t) for i, p in enumerate(people) for o, t in p.minutes.items() if o in column]
    home, site = _positions(people), _positions(openings)
    reach = np.array([_reach(limit) for limit in limits], np.float64)
    rough_home, rough_site = _rough(home, site, reach)
    return Travel(
        home=home,
        site=site,
        reach=reach,
        rough_home=rough_home,
        rough_site=rough_site,
        reach_km=np.array(
            [_reach(None if p.travel_limit_km is None else round(p.travel_limit_km * 1000)) for p in people], np.float64
        ),
        near=np.array([FAR_KM if limit is None else max(limit, 1) / 1000 for limit in limits], np.float64),
        minutes=sparse(len(people), len(openings), table, np.float64),
        speed=np.array([p.travel_speed_kmh for p in people], np.float64),
        km_limit=_limits(p.travel_limit_km for p in people),
        minutes_limit=_limits(p.travel_limit_minutes for p in people),
        minutes_near=np.array([near_minutes(p) for p in people], np.float64),
    )


def limit_meters(person: Person) -> int | None:
    """How far someone travels one way, in whole meters; the stricter of both limits, None unlimited."""
    limits = []
    if person.travel_limit_km is not None:
        limits.append(person.travel_limit_km * 1000)
    if person.travel_limit_minutes is not None:
        limits.append(person.travel_limit_minutes / 60 * person.travel_speed_kmh * 1000)
    return round(min(limits)) if limits else None


def near_minutes(person: Person) -> float:
    """Minutes of the table at which travel earns nothing: the limit, else the kilometers at their speed."""
    if person.travel_limit_minutes is not None:
        return max(person.travel_limit_minutes, 1 / 60)
    km = FAR_KM if person.travel_limit_km is None else max(person.travel_limit_km, 0.001)
    return km / person.travel_speed_kmh * 60


def squared_km(t: Travel, i: Array, j: Array) -> Array:
    """Square of the straight chord between person and opening, km²; nan where a position is unknown.

    ``i`` and ``j`` broadcast against each other. Only single multiplications and
    additions, so that every element is the same in whatever block it is computed.
    """
    total = t.home[0, i] - t.site[0, j]
    total *= total
    for axis in (1, 2):
        step = t.home[axis, i] - t.site[axis, j]
        step *= step
        total += step
    return np.asarray(total)


def far_block(t: Travel, rows: Array) -> Array:
    """bool (len(rows), m): where it is too far for these people."""
    far, j = np.empty((len(rows), t.site.shape[1]), np.bool_), np.arange(t.site.shape[1])
    for strip in strips(*far.shape):
        i = rows[strip, None]
        np.greater(squared_km(t, i, j), t.reach[i], out=far[strip])
    r, j, minutes = t.minutes.entries(rows)
    far[r, j] = _far_by_table(t, rows[r], j, minutes)
    return far


def rough_far_block(t: Travel, rows: Array) -> Array:
    """bool (len(rows), m): where it surely is too far; a few pairs that are too far may be missing."""
    # Both sides are finite; a product of blocks may still raise flags about the padding beside them.
    with np.errstate(all="ignore"):
        far = t.rough_home[rows] @ t.rough_site.T > 0
    r, j, _ = t.minutes.entries(rows)
    far[r, j] = False
    return np.asarray(far)


def _rough(home: Array, site: Array, reach: Array) -> tuple[Array, Array]:
    """Rows whose product is |a|² + |b|² − 2ab − reach − what float32 may be wrong by; never above 0 if unknown."""
    known = ~np.isnan(site[0])
    center = site[:, known].mean(axis=1, keepdims=True) if known.any() else np.zeros((3, 1))
    a, b = home - center, np.where(known, site - center, 0)
    a_size, b_size = (a**2).sum(axis=0), (b**2).sum(axis=0)
    # Eight roundings of 2⁻²⁴ of the largest sum there can be, twice over.
    slack = 1e-6 * ((np.sqrt(a_size) + np.sqrt(b_size.max(initial=0))) ** 2 + reach)
    rough_home = np.stack([*(-2 * a), np.ones_like(a_size), a_size - reach - slack], axis=1)
    rough_home[~np.isfinite(rough_home).all(axis=1)] = 0
    return rough_home.astype(np.float32), np.stack([*b, b_size, known], axis=1).astype(np.float32)


def far_pairs(t: Travel, i: Array, j: Array) -> Array:
    """bool (E,): which of the pairs ``(i, j)`` are too far."""
    far = squared_km(t, i, j) > t.reach[i]
    at, minutes = t.minutes.find(i, j)
    far[at] = _far_by_table(t, i[at], j[at], minutes)
    return np.asarray(far)


def _far_by_table(t: Travel, i: Array, j: Array, minutes: Array) -> Array:
    return np.asarray((minutes > t.minutes_limit[i]) | (squared_km(t, i, j) > t.reach_km[i]))


def travel_block(t: Travel, rows: Array, weight: int) -> Array:
    """int16 (len(rows), m): points of all pairs of these people."""
    found, j = np.empty((len(rows), t.site.shape[1]), np.int16), np.arange(t.site.shape[1])
    for strip in strips(*found.shape):
        i = rows[strip, None]
        away = squared_km(t, i, j)
        found[strip] = _points(weight, np.sqrt(away, out=away), t.near[i])
    r, j, minutes = t.minutes.entries(rows)
    found[r, j] = _points(weight, minutes.copy(), t.minutes_near[rows[r]])
    return found


def travel_pairs(t: Travel, i: Array, j: Array, weight: int) -> Array:
    """int16 (E,): points of the pairs ``(i, j)``."""
    away = squared_km(t, i, j)
    found = _points(weight, np.sqrt(away, out=away), t.near[i])
    at, minutes = t.minutes.find(i, j)
    found[at] = _points(weight, minutes, t.minutes_near[i[at]])
    return found


def _points(weight: int, away: Array, near: Array) -> Array:
    """``weight × (near − away) / near``, at least 0; half where ``away`` is nan. Overwrites ``away``."""
    np.minimum(away, near, out=away)
    np.subtract(near, away, out=away)
    away *= weight
    away /= near
    away[np.isnan(away)] = weight / 2
    return np.rint(away, out=away).astype(np.int16)


def _limits(given: Iterable[float | None]) -> Array:
    return np.array([math.inf if limit is None else limit for limit in given], np.float64)


def _positions(parties: Sequence[Person] | Sequence[Opening]) -> Array:
    found = np.array([_on_earth(p.lat, p.lon) for p in parties], np.float64).reshape(-1, 3)
    return np.ascontiguousarray(found.T)


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
