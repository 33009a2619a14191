"""What a list of pairs is sorted by besides the fit: the weakest factor, the distance."""

from __future__ import annotations

import math

from placement.domain.matching.parties import Opening, Person
from placement.domain.matching.problem import WHOLE, Weights
from placement.domain.matching.result import Parts
from placement.domain.matching.travel import EARTH_KM


def weakest_share(parts: Parts, weights: Weights) -> int:
    """The lowest share of its weight that a factor earned, in basis points; factors that do not count are left out."""
    earned = [(getattr(parts, name), getattr(weights, name)) for name in Weights.__slots__]
    return min(int(points * WHOLE // weight) for points, weight in earned if weight > 0)


def straight_km(person: Person, opening: Opening) -> float | None:
    """Great-circle kilometers one way, to the meter (haversine); None where a position is unknown."""
    if person.lat is None or person.lon is None or opening.lat is None or opening.lon is None:
        return None
    up, around = math.radians(opening.lat - person.lat), math.radians(opening.lon - person.lon)
    part = math.cos(math.radians(person.lat)) * math.cos(math.radians(opening.lat)) * math.sin(around / 2) ** 2
    half = min(1.0, math.sqrt(math.sin(up / 2) ** 2 + part))
    return round(2 * EARTH_KM * math.asin(half), 3)
