"""What a matching run is asked: people, openings and the rules chosen. Plain values.

Keys are the public ids of the application, stable from run to run. Everything is
checked when it is built, and a refusal names its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from placement.domain.matching import shape
from placement.domain.matching.parties import Opening, Person, Requirement

__all__ = ["WHOLE", "Opening", "Person", "Problem", "Requirement", "Settings", "Weights"]

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


@dataclass(frozen=True, slots=True)
class Settings:
    """Weights, and the fit in basis points below which nobody is placed."""

    weights: Weights = Weights()
    minimum_fit: int = 0

    def __post_init__(self) -> None:
        shape.whole(self.minimum_fit, "minimum_fit", 0, WHOLE)

    @staticmethod
    def from_json(value: object) -> Settings:
        """Reads ``{"weights": {...}, "minimum_fit": 0}``; missing parts keep their default."""
        data = shape.fields(value, "settings", (), ("weights", "minimum_fit"))
        weights = shape.fields(data.get("weights", {}), "weights", (), tuple(Weights.__slots__))
        return Settings(Weights(**weights), data.get("minimum_fit", 0))  # type: ignore[arg-type]  # checked as built


@dataclass(frozen=True, slots=True)
class Problem:
    """One run. ``locks`` and ``bans`` are pairs (person key, opening key)."""

    people: tuple[Person, ...]
    openings: tuple[Opening, ...]
    traits: tuple[str, ...] = ()
    settings: Settings = Settings()
    locks: tuple[tuple[str, str], ...] = ()
    bans: tuple[tuple[str, str], ...] = ()

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
        for name, pairs in (("locks", self.locks), ("bans", self.bans)):
            for k, (person_key, opening_key) in enumerate(pairs):
                _check_known([person_key], people, f"{name}[{k}]")
                _check_known([opening_key], openings, f"{name}[{k}]")

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
        return replace(self, people=(self.person(person),), openings=openings, locks=(), bans=bans)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values, read back by :meth:`from_json`."""
        weights = {name: getattr(self.settings.weights, name) for name in Weights.__slots__}
        return {
            "people": [person.to_json() for person in self.people],
            "openings": [opening.to_json() for opening in self.openings],
            "traits": list(self.traits),
            "settings": {"weights": weights, "minimum_fit": self.settings.minimum_fit},
            "locks": [list(pair) for pair in self.locks],
            "bans": [list(pair) for pair in self.bans],
        }

    @staticmethod
    def from_json(value: object) -> Problem:
        """Reads plain JSON values; ValueError names the place, such as ``people[3].abilities.patience``."""
        data = shape.fields(value, "problem", ("people", "openings"), ("traits", "settings", "locks", "bans"))
        return Problem(
            people=_each(data["people"], "people", Person.from_json),
            openings=_each(data["openings"], "openings", Opening.from_json),
            traits=shape.texts(data.get("traits", ()), "traits"),
            settings=Settings.from_json(data.get("settings", {})),
            locks=_pairs(data.get("locks", ()), "locks"),
            bans=_pairs(data.get("bans", ()), "bans"),
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
