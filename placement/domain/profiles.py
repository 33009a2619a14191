"""What a participant's profile may hold."""

from __future__ import annotations

from dataclasses import dataclass

from placement.domain.errors import Refused
from placement.domain.participants import ParticipantStatus, TravelMode
from placement.domain.text import fold
from placement.domain.words import say

MOST_WEEKLY_HOURS = 60
MOST_KM = 500
MOST_MINUTES = 600


@dataclass(frozen=True, slots=True)
class Profile:
    """Name, contact, home, travel and status. ``lat`` and ``lon`` are WGS 84 degrees, both or neither.

    ``travel_limit_km`` is straight-line distance, ``travel_limit_minutes`` the way there; None limits nothing.
    """

    preferred_name: str
    family_name: str = ""
    email: str = ""
    phone: str = ""
    emergency_name: str = ""
    emergency_phone: str = ""
    home_address: str = ""
    lat: float | None = None
    lon: float | None = None
    travel_mode: TravelMode = TravelMode.TRANSIT
    travel_limit_km: float | None = None
    travel_limit_minutes: int | None = None
    weekly_hours_limit: float | None = None
    status: ParticipantStatus = ParticipantStatus.WAITING


#: What people may change about themselves; the rest is a decision of staff.
OWN_FIELDS = (
    "preferred_name", "email", "phone", "emergency_name", "emergency_phone", "home_address",
    "travel_mode", "travel_limit_km", "travel_limit_minutes",
)  # fmt: skip


def check_profile(profile: Profile) -> None:
    """Raise Refused, naming the field, unless every figure can be meant."""
    if not profile.preferred_name.strip():
        raise Refused(say("Enter the name this person goes by."), "preferred_name")
    if (profile.lat is None) != (profile.lon is None):
        missing = "lat" if profile.lat is None else "lon"
        raise Refused(say("A position needs both numbers, or neither."), missing)
    _between(profile.lat, -90, 90, "lat")
    _between(profile.lon, -180, 180, "lon")
    _between(profile.travel_limit_km, 0, MOST_KM, "travel_limit_km")
    _between(profile.travel_limit_minutes, 0, MOST_MINUTES, "travel_limit_minutes")
    _between(profile.weekly_hours_limit, 0, MOST_WEEKLY_HOURS, "weekly_hours_limit")


def profile_sort_key(preferred_name: str, family_name: str) -> str:
    """Folded "family preferred", at most 170 characters."""
    return fold(f"{family_name} {preferred_name}")[:170]


def full_name(preferred_name: str, family_name: str) -> str:
    """A name as it is shown."""
    return f"{preferred_name} {family_name}".strip()


def _between(value: float | None, low: float, high: float, field: str) -> None:
    # Also refuses "not a number", which is neither.
    if value is not None and not low <= value <= high:
        raise Refused(say("Use a number from %(low)s to %(high)s.", low=low, high=high), field)
