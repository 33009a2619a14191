"""Numbers as they are shown, always rounded to the careful side; and those a sentence about a pair needs."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from placement.domain.matching.arrays import Array
from placement.domain.matching.features import Features
from placement.domain.matching.rules import failing_pairs
from placement.domain.matching.schedule import overlap
from placement.domain.matching.travel import EARTH_KM, squared_km


@dataclass(frozen=True, slots=True)
class Figures:
    """Of E pairs ``(i, j)``: ``broken`` bool (E, 7) by rule, then plain lists.

    ``km`` and ``table`` (minutes by the program's table) are nan where unknown; ``shared``
    quarters; ``lacking`` accommodations needed and not offered.
    """

    i: list[int]
    j: list[int]
    broken: list[list[bool]]
    km: list[float]
    table: list[float]
    shared: list[int]
    lacking: list[int]


def figures(f: Features, i: Array, j: Array) -> Figures:
    """The figures of the pairs ``(i, j)`` (indices of ``f``)."""
    table = np.full(len(i), math.nan)
    at, minutes = f.travel.minutes.find(i, j)
    table[at] = minutes
    return Figures(
        i=i.tolist(),
        j=j.tolist(),
        broken=failing_pairs(f, i, j).T.tolist(),
        km=kilometers(squared_km(f.travel, i, j)).tolist(),
        table=table.tolist(),
        shared=overlap(f.times, i, j).tolist(),
        lacking=np.einsum("ea,ea->e", f.needs[i], f.lacks[j]).astype(np.int64).tolist(),
    )


def kilometers(squared: Array) -> Array:
    """Great-circle kilometers, to the meter, of squared chords; nan stays nan."""
    half = np.minimum(np.sqrt(squared) / (2 * EARTH_KM), 1.0)
    return np.asarray(np.round(2 * EARTH_KM * np.arcsin(half), 3))


def km_up(km: float) -> float:
    """To a tenth, upward: what is too far never reads as the limit itself."""
    return math.ceil(round(km * 10, 6)) / 10


def minutes_up(minutes: float) -> int:
    """Whole minutes, upward."""
    return math.ceil(round(minutes, 6))


def hours(quarters: int) -> float:
    """Quarters as hours."""
    return int(quarters) / 4


def points_of_100(fit: int) -> float:
    """Basis points as points of 100, downward: what is below the minimum never reads as the minimum."""
    return fit // 10 / 10
