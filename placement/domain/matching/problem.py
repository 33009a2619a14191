"""What a matching run is asked: people, openings and the rules chosen. Plain values.

Keys are the public ids of the application, stable from run to run. Everything is
checked when it is built, and a refusal names its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from placement.domain.matching import shape
from placement.domain.matching.parties import Opening, Person, Requirement

__all__ = ["WHOLE", "Mode", "Opening", "Person", "Problem", "Requirement", "Settings", "Weights"]

#: Fits and weights are basis points: 10,000 is a whole.
WHOLE = 10_000

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each factor counts, in basis points that sum to 10,000."""

    profile: int = 4500
    wishes: int = 2500
    travel: int = 1500
    schedule: int = 1500

    def __post_init__(self) -> None:
        for name in Weights.__slots__:
            shape.whole(getattr(self, name), f"weights.{name}", 0, WHOLE)
        if self.profile + self.wishes + self.travel + self.schedule != WHOLE:
            raise ValueError("weights: must sum to 10000")


class Mode(StrEnum):
    """What a run aims for; all but STABLE place the most people first. See :mod:`modes`."""

    TOTAL = "total"
    LEAST_SHORTFALL = "least_shortfall"
    MAX_MIN = "max_min"
    STABLE = "stable"


@dataclass(frozen=True, slots=True)
class Settings:
    """Weights, the fit in basis points below which nobody is placed, and what the run aims for."""

    weights: Weights = Weights()
    minimum_fit: int = 0
    mode: Mode = Mode.TOTAL

    def __post_init__(self) -> None:
        shape.whole(self.minimum_fit, "minimum_fit", 0, WHOLE)
        if not isinstance(self.mode, Mode):
            raise ValueError(f"mode: must be one of {', '.join(Mode)}")

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values, read back by :meth:`from_json`."""
        weights = {name: getattr(self.weights, name) for name in Weights.__slots__}
        return {"weights": weights, "minimum_fit": self.minimum_fit, "mode": self.mode.value}

    @staticmethod
    def from_json(value: object) -> Settings:
        """Reads ``{"weights": {...}, "minimum_fit": 0, "mode": "total"}``; missing parts keep their default."""
        data = shape.fields(value, "settings", (), ("weights", "minimum_fit", "mode"))
        weights = shape.fields(data.get("weights", {}), "weights", (), tuple(Weights.__slots__))
        mode = data.get("mode", Mode.TOTAL)
        known = Mode(str(mode)) if mode in tuple(Mode) else mode
        # All three are checked as they are built.
        return Settings(Weights(**weights), data.get("minimum_fit", 0), known)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Problem:
    """One run. ``locks``, ``bans`` and ``overrides`` are pairs (person key, opening key).

    Overrides are the locks that are kept although a hard rule stands against them;
    nobody is ever sent to an employer they are protected from, or past the places.
    """

    people: tuple[Person, ...]
    openings: tuple[Opening, ...]
    traits: tuple[str, ...] = ()
    settings: Settings = Settings()
    locks: tuple[tuple[str, str], ...] = ()
    bans: tuple[tuple[str, str], ...] = ()
    overrides: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        _check_unique([p.key for p in self.people], "people")
        _check_unique([o.key for o in self.openings], "openings")
        _check_unique(self.traits, "traits")
        traits = set(self.traits)
        for k, person in enumerate(self.people):
            _check_known(person.abilities, traits, f"people[{k}].abilities")
        for k, opening in enumerate(self.openings):
            _check_known(opening.requirements, traits, f"openings[{k}].requirements")
        people, openings = {p.key for p in self.people}, {o.key for o in self.openings}
        for name, pairs in (("locks", self.locks), ("bans", self.bans), ("overrides", self.overrides)):
            for k, (person_key, opening_key) in enumerate(pairs):
                _check_known([person_key], people, f"{name}[{k}]")
                _check_known([opening_key], openings, f"{name}[{k}]")
        locks = set(self.locks)
        for k, pair in enumerate(self.overrides):
            if pair not in locks:
                raise ValueError(f"overrides[{k}]: {pair[0]!r} and {pair[1]!r} are not among the locks")

    def person(self, key: str) -> Person:
        """The person with this key; KeyError if there is none."""
        return _find(self.people, key)

    def opening(self, key: str) -> Opening:
        """The opening with this key; KeyError if there is none."""
        return _find(self.openings, key)

    def only(self, person: str, opening: str | None = None) -> Problem:
        """The same question for one person, and one opening if given; no locks."""
        openings = self.openings if opening is None else (self.opening(opening),)
        kept = {o.key for o in openings}
        bans = tuple(ban for ban in self.bans if ban[0] == person and ban[1] in kept)
        return replace(self, people=(self.person(person),), openings=openings, locks=(), bans=bans, overrides=())

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values, read back by :meth:`from_json`."""
        return {
            "people": [person.to_json() for person in self.people],
            "openings": [opening.to_json() for opening in self.openings],
            "traits": list(self.traits),
            "settings": self.settings.to_json(),
            "locks": [list(pair) for pair in self.locks],
            "bans": [list(pair) for pair in self.bans],
            "overrides": [list(pair) for pair in self.overrides],
        }

    @staticmethod
    def from_json(value: object) -> Problem:
        """Reads plain JSON values; ValueError names the place, such as ``people[3].abilities.patience``."""
        optional = ("traits", "settings", "locks", "bans", "overrides")
        data = shape.fields(value, "problem", ("people", "openings"), optional)
        with shape.place("settings"):
            settings = Settings.from_json(data.get("settings", {}))
        return Problem(
            people=_each(data["people"], "people", Person.from_json),
            openings=_each(data["openings"], "openings", Opening.from_json),
            traits=shape.texts(data.get("traits", ()), "traits"),
            settings=settings,
            locks=_pairs(data.get("locks", ()), "locks"),
            bans=_pairs(data.get("bans", ()), "bans"),
            overrides=_pairs(data.get("overrides", ()), "overrides"),
        )


def _find(items: Iterable[T], key: str) -> T:
    for item in items:
        if getattr(item, "key", None) == key:
            return item
    raise KeyError(key)


def _each(value: object, at: str, read: Callable[[object], T]) -> tuple[T, ...]:
    found = []
    for k, item in enumerate(shape.rows(value, at)):
        with shape.place(f"{at}[{k}]"):
            found.append(read(item))
    return tuple(found)


def _pairs(value: object, at: str) -> tuple[tuple[str, str], ...]:
    return tuple(shape.two_texts(item, f"{at}[{k}]") for k, item in enumerate(shape.rows(value, at)))


def _check_unique(keys: Iterable[str], at: str) -> None:
    seen: set[str] = set()
    for k, key in enumerate(keys):
        if key in seen:
            raise ValueError(f"{at}[{k}]: {key!r} appears twice")
        seen.add(key)


def _check_known(keys: Iterable[str], known: set[str], at: str) -> None:
    for key in keys:
        if key not in known:
            raise ValueError(f"{at}: {key!r} is not in this problem")
