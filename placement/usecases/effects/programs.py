"""What makes a program's settings good."""

from __future__ import annotations

from zoneinfo import available_timezones

from placement.domain.errors import Refused
from placement.domain.words import say

#: Languages the application is written in.
LOCALES = ("en", "de")


def checked_settings(name: str, zone: str, locale: str, country: str) -> dict[str, str]:
    """The four settings as columns. Raises Refused naming the field."""
    name = " ".join(name.split())
    if not name:
        raise Refused(say("Please enter a name."), "name")
    if zone not in available_timezones():
        raise Refused(say("Please choose a time zone from the list."), "zone")
    if locale not in LOCALES:
        raise Refused(say("Please choose a language from the list."), "locale")
    country = country.strip().upper()
    if len(country) != 2 or not country.isascii() or not country.isalpha():
        raise Refused(say("Please enter the country's two letters, e.g. DE."), "country")
    return {"name": name, "zone": zone, "locale": locale, "country": country}
