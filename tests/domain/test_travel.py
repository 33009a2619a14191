from __future__ import annotations

import pytest

from placement.domain.participants import TravelMode
from placement.domain.travel import distance_km, minutes_on_the_way


def test_berlin_to_hamburg_and_back() -> None:
    there = distance_km(52.5200, 13.4050, 53.5511, 9.9937)
    assert there == pytest.approx(255.25, abs=0.5)
    assert distance_km(53.5511, 9.9937, 52.5200, 13.4050) == pytest.approx(there)
    assert distance_km(1.0, 2.0, 1.0, 2.0) == 0


def test_half_way_around_the_earth() -> None:
    assert distance_km(0, 0, 0, 180) == pytest.approx(20015.1, abs=0.1)


@pytest.mark.parametrize(
    ("km", "mode", "minutes"),
    [(0, TravelMode.WALK, 5), (1, TravelMode.WALK, 15), (1.01, TravelMode.WALK, 20), (16, TravelMode.TRANSIT, 60)],
)
def test_minutes_are_rounded_up_to_five(km: float, mode: TravelMode, minutes: int) -> None:
    assert minutes_on_the_way(km, mode) == minutes
