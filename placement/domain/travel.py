"""How far it is, told the way people ask: kilometers on the map, minutes on the way."""

from __future__ import annotations

import math

from placement.domain.participants import TRAVEL_SPEED_KMH, TravelMode

#: Mean radius of the Earth (IUGG R1), kilometers.
EARTH_KM = 6371.0088


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance between two positions in degrees, in kilometers (haversine formula)."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def minutes_on_the_way(km: float, mode: TravelMode) -> int:
    """About how many minutes door to door, rounded up to five: nobody should count on a minute."""
    return max(5, math.ceil(km / TRAVEL_SPEED_KMH[mode] * 12) * 5)
