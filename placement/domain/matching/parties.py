"""The two sides of a match: people and openings. Plain values, checked when built.

Missing is unknown, never zero: an unknown position, limit or week breaks no rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from placement.domain.matching import shape
from placement.domain.matching.week import WHOLE_WEEK

#: Walking and public transport with waiting, door to door, as a cautious default.
DEFAULT_SPEED_KMH = 20.0
TOP_LEVEL = 5


@dataclass(frozen=True, slots=True)
class Person:
    """Someone looking for an opening.

    Degrees WGS 84; travel limits one way; ``travel_speed_kmh`` stands for the way of
    travelling; ``availability`` is a mask of :mod:`week` (None: not asked yet);
    ``abilities`` 0–5 by trait (missing: unknown); wishes −1 (rather not) to 2 (very much);
    ``minutes`` one way by opening from the program's own table (missing: by distance and speed).
    """

    key: str
    lat: float | None = None
    lon: float | None = None
    travel_limit_km: float | None = None
    travel_limit_minutes: float | None = None
    travel_speed_kmh: float = DEFAULT_SPEED_KMH
    availability: int | None = None
    weekly_hours_limit: float | None = None
    abilities: Mapping[str, int] = field(default_factory=dict)
    task_wishes: Mapping[str, int] = field(default_factory=dict)
    employer_wishes: Mapping[str, int] = field(default_factory=dict)
    needs: frozenset[str] = frozenset()
    excluded_employers: frozenset[str] = frozenset()
    minutes: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        shape.text(self.key, "key")
        _check_position(self.lat, self.lon)
        shape.number_or_none(self.travel_limit_km, "travel_limit_km", 0, 50_000)
        shape.number_or_none(self.travel_limit_minutes, "travel_limit_minutes", 0, 10_000)
        shape.number(self.travel_speed_kmh, "travel_speed_kmh", 0.1, 1_000)
        shape.number_or_none(self.weekly_hours_limit, "weekly_hours_limit", 0, 168)
        if self.availability is not None:
            shape.whole(self.availability, "availability", 0, WHOLE_WEEK)
        _check_levels(self.abilities, "abilities", 0, TOP_LEVEL)
        _check_levels(self.task_wishes, "task_wishes", -1, 2)
        _check_levels(self.employer_wishes, "employer_wishes", -1, 2)
        for opening, minutes in shape.record(self.minutes, "minutes").items():
            shape.number(minutes, f"minutes.{opening}", 0, 10_000)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON; the week as hexadecimal text, since few readers keep 672-bit numbers."""
        values = {name: getattr(self, name) for name in _PERSON_PLAIN}
        values["availability"] = None if self.availability is None else f"{self.availability:x}"
        values |= {name: dict(getattr(self, name)) for name in _PERSON_RECORDS}
        return values | {name: sorted(getattr(self, name)) for name in ("needs", "excluded_employers")}

    @staticmethod
    def from_json(value: object) -> Person:
        """The inverse of :meth:`to_json`; all fields but the key may be missing."""
        data = dict(shape.fields(value, "person", ("key",), tuple(Person.__slots__)))
        if data.get("availability") is not None:
            data["availability"] = _mask(data["availability"], "availability")
        for name in ("needs", "excluded_employers"):
            data[name] = frozenset(shape.texts(data.get(name, ()), name))
        return Person(**data)  # type: ignore[arg-type]  # every field is checked as it is built


@dataclass(frozen=True, slots=True)
class Requirement:
    """What an opening asks of one trait: level 0–5, weight 0 (does not count) to 5."""

    level: int
    weight: int = 1

    def __post_init__(self) -> None:
        shape.whole(self.level, "level", 0, TOP_LEVEL)
        shape.whole(self.weight, "weight", 0, 5)


@dataclass(frozen=True, slots=True)
class Opening:
    """A role at an employer's site with ``places`` free places.

    ``pattern`` is the week of its shifts (0: not known yet); ``minimum_weekly_hours``
    None asks for the whole pattern; ``offers`` are accommodation keys; ``ranking`` names
    the people the employer ranked, best first (read in stable mode only).
    """

    key: str
    employer: str
    lat: float | None = None
    lon: float | None = None
    places: int = 1
    pattern: int = 0
    minimum_weekly_hours: float | None = None
    requirements: Mapping[str, Requirement] = field(default_factory=dict)
    tasks: frozenset[str] = frozenset()
    offers: frozenset[str] = frozenset()
    ranking: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        shape.text(self.key, "key")
        shape.text(self.employer, "employer")
        _check_position(self.lat, self.lon)
        shape.whole(self.places, "places", 0, 1_000_000)
        shape.whole(self.pattern, "pattern", 0, WHOLE_WEEK)
        shape.number_or_none(self.minimum_weekly_hours, "minimum_weekly_hours", 0, 168)
        _check_ranking(self.ranking)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON; the week as hexadecimal text."""
        values = {name: getattr(self, name) for name in _OPENING_PLAIN}
        values["pattern"] = f"{self.pattern:x}"
        values["requirements"] = {k: {"level": r.level, "weight": r.weight} for k, r in self.requirements.items()}
        lists = {"tasks": sorted(self.tasks), "offers": sorted(self.offers), "ranking": list(self.ranking)}
        return values | lists

    @staticmethod
    def from_json(value: object) -> Opening:
        """The inverse of :meth:`to_json`; key and employer are required."""
        data = dict(shape.fields(value, "opening", ("key", "employer"), tuple(Opening.__slots__)))
        if "pattern" in data:
            data["pattern"] = _mask(data["pattern"], "pattern")
        requirements = shape.record(data.get("requirements", {}), "requirements")
        data["requirements"] = {trait: _requirement(item, trait) for trait, item in requirements.items()}
        for name in ("tasks", "offers"):
            data[name] = frozenset(shape.texts(data.get(name, ()), name))
        data["ranking"] = shape.texts(data.get("ranking", ()), "ranking")
        return Opening(**data)  # type: ignore[arg-type]  # every field is checked as it is built


_PERSON_PLAIN = (
    *("key", "lat", "lon", "travel_limit_km", "travel_limit_minutes", "travel_speed_kmh"),
    "weekly_hours_limit",
)
_PERSON_RECORDS = ("abilities", "task_wishes", "employer_wishes", "minutes")
_OPENING_PLAIN = ("key", "employer", "lat", "lon", "places", "minimum_weekly_hours")


def _requirement(value: object, trait: str) -> Requirement:
    with shape.place(f"requirements.{trait}"):
        data = shape.fields(value, "requirement", ("level",), ("weight",))
        return Requirement(**data)  # type: ignore[arg-type]  # both fields are checked as they are built


def _mask(value: object, at: str) -> int:
    try:
        return int(shape.text(value, at), 16)
    except ValueError as error:
        raise ValueError(f"{at}: must be hexadecimal text") from error


def _check_position(lat: object, lon: object) -> None:
    if (lat is None) != (lon is None):
        raise ValueError("lat, lon: must both be given or both be missing")
    shape.number_or_none(lat, "lat", -90, 90)
    shape.number_or_none(lon, "lon", -180, 180)


def _check_ranking(keys: tuple[str, ...]) -> None:
    seen: set[str] = set()
    for k, key in enumerate(keys):
        shape.text(key, f"ranking[{k}]")
        if key in seen:
            raise ValueError(f"ranking[{k}]: {key!r} appears twice")
        seen.add(key)


def _check_levels(value: object, at: str, low: int, high: int) -> None:
    for key, level in shape.record(value, at).items():
        shape.whole(level, f"{at}.{key}", low, high)
