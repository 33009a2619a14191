"""Public holidays by country and region, through the library ``holidays``: days and their names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import holidays

#: Years for which the library's rules are asked; beyond them nobody plans.
_FIRST_YEAR, _LAST_YEAR = 1950, 2150
#: The library has a few parts of regions by their full names; codes are short.
_LONGEST = 9


def holiday_names(region: str, first: date, last: date, locale: str = "en") -> dict[date, str]:
    """Day → name from ``first`` to ``last``, both included.

    ``region``: ISO 3166 country, or country-region ("DE-BE"); one that is not known has no holidays. Names are in the
    language of ``locale`` where the library has it, else in the country's own.
    """
    if last < first:
        return {}
    found: dict[date, str] = {}
    for year in range(max(first.year, _FIRST_YEAR), min(last.year, _LAST_YEAR) + 1):
        found |= {day: name for day, name in _year(region, year, locale).items() if first <= day <= last}
    return dict(sorted(found.items()))


@lru_cache(maxsize=512)
def _year(region: str, year: int, locale: str) -> Mapping[date, str]:
    country, _, part = region.partition("-")
    if not is_region(region):
        return {}
    known = holidays.country_holidays(country, subdiv=part or None)
    wanted = next((one for one in known.supported_languages if one.split("_")[0] == locale.split("_")[0]), None)
    days = holidays.country_holidays(country, subdiv=part or None, years=year, language=wanted)
    return {day: str(name) for day, name in days.items()}


def is_region(region: str) -> bool:
    """Whether the library knows this country or region."""
    country, _, part = region.partition("-")
    known = _countries()
    return country in known and (not part or part in known[country])


def regions(country: str) -> dict[str, str]:
    """Code as it is stored ("DE-BE") → the region's name in its own language; empty for a country without regions."""
    if country not in _countries():
        return {}
    names = holidays.country_holidays(country).get_subdivision_aliases()
    codes = [code for code in _countries()[country] if code.isalnum() and len(code) <= _LONGEST]
    found = {f"{country}-{code}": max([code, *names.get(code, ())], key=len) for code in codes}
    return dict(sorted(found.items(), key=lambda item: item[1]))


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = holidays.list_supported_countries(include_aliases=False)
    return {country: tuple(parts) for country, parts in found.items()}
