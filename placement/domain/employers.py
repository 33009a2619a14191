"""Small rules about employers and their sites."""

from __future__ import annotations

import re
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from placement.domain.text import fold

#: As long as the stored columns.
EMPLOYER_KEY_LENGTH = 200
SITE_KEY_LENGTH = 300
OPENING_KEY_LENGTH = 400
_REGION = re.compile(r"[A-Z]{2}(-\w{1,9})?")


def employer_key(name: str) -> str:
    """What an employer is sorted and found by."""
    return fold(name)[:EMPLOYER_KEY_LENGTH]


def site_key(name: str, city: str) -> str:
    """What a site is sorted and found by."""
    return fold(f"{name} {city}")[:SITE_KEY_LENGTH]


def opening_key(role: str, employer: str, city: str) -> str:
    """What an opening is sorted and found by."""
    return fold(f"{role} {employer} {city}")[:OPENING_KEY_LENGTH]


def address_complete(street: str, postcode: str, city: str) -> bool:
    """Whether somebody could find the door without asking."""
    return bool(street.strip() and postcode.strip() and city.strip())


@lru_cache(maxsize=1)
def zones() -> tuple[str, ...]:
    """The zones a site may be in (IANA names with a region, and UTC), by name."""
    regions = {"Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian"}
    regions |= {"Pacific"}
    return (*sorted(zone for zone in available_timezones() if zone.split("/")[0] in regions), "UTC")


def is_region_code(text: str) -> bool:
    """Whether this has the shape of a country or country-region ("DE-BE"); which ones there are, a library knows."""
    return _REGION.fullmatch(text) is not None


def zone_exists(name: str) -> bool:
    """Whether local times can be told in this zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
