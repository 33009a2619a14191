"""Public holidays by country and region: days, names, and what is not known."""

from __future__ import annotations

from datetime import date

import pytest

from placement.adapters.holidays import holiday_names, is_region, regions


def test_days_of_a_region_by_name() -> None:
    found = holiday_names("DE-BE", date(2026, 12, 20), date(2027, 3, 10))
    assert found == {
        date(2026, 12, 25): "Christmas Day",
        date(2026, 12, 26): "Second Day of Christmas",
        date(2027, 1, 1): "New Year's Day",
        date(2027, 3, 8): "Women's Day",
    }
    german = holiday_names("DE-BE", date(2026, 12, 25), date(2026, 12, 25), "de")
    assert german == {date(2026, 12, 25): "Erster Weihnachtstag"}


def test_a_region_has_more_than_its_country() -> None:
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    country, bavaria = holiday_names("DE", first, last), holiday_names("DE-BY", first, last)
    assert set(country) < set(bavaria)
    assert date(2026, 1, 6) in bavaria


def test_a_language_the_library_lacks_gives_names_all_the_same() -> None:
    found = holiday_names("US", date(2026, 7, 1), date(2026, 7, 31), "de")
    assert date(2026, 7, 4) in found


@pytest.mark.parametrize("region", ["", "XX", "DE-XX", "de", "DE-", "nonsense"])
def test_what_is_not_known_has_no_holidays(region: str) -> None:
    assert is_region(region) is (region == "DE-")
    if region != "DE-":
        assert holiday_names(region, date(2026, 1, 1), date(2026, 12, 31)) == {}


def test_no_days_no_holidays() -> None:
    assert holiday_names("DE", date(2026, 12, 31), date(2026, 1, 1)) == {}
    assert holiday_names("DE", date(1900, 1, 1), date(1901, 1, 1)) == {}
    assert holiday_names("DE", date(2160, 1, 1), date(2170, 1, 1)) == {}


def test_regions_fit_their_column_and_have_names() -> None:
    found = regions("DE")
    assert found["DE-BE"] == "Berlin"
    assert list(found.values()) == sorted(found.values())
    for country in ("DE", "AT", "CH", "GB", "US", "FR", "ES", "IT"):
        assert all(len(code) <= 12 and is_region(code) for code in regions(country))
    assert regions("XX") == {}
