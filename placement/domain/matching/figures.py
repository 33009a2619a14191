"""Numbers as they are shown, always rounded to the careful side."""

from __future__ import annotations

import math

from placement.domain.matching.features import EARTH_KM


def kilometers(squared: float) -> float:
    """Great-circle kilometers, to the meter, of a squared chord."""
    half = min(1.0, math.sqrt(squared) / (2 * EARTH_KM)) if not math.isnan(squared) else math.nan
    return half if math.isnan(half) else round(2 * EARTH_KM * math.asin(half), 3)


def km_up(km: float) -> float:
    """To a tenth, upward: what is too far never reads as the limit itself."""
    return math.ceil(round(km * 10, 6)) / 10


def hours(quarters: int) -> float:
    return int(quarters) / 4


def points_of_100(fit: int) -> float:
    """Basis points as points of 100, downward: what is below the minimum never reads as the minimum."""
    return fit // 10 / 10
