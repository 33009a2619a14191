"""The catalog as values: our own wording, read once from the TOML files beside this one.

Every wording is a dict locale → text with at least ``en`` and ``de``. The readers are cached; treat what they
return as read-only.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class CatalogArea:
    key: str
    name: dict[str, str]


@dataclass(frozen=True, slots=True)
class CatalogTask:
    """``steps`` are ordered and empty for a task learned as a whole; ``audience`` is ``program`` or ``private``.

    ``traits``: keys of the abilities it calls on.
    """

    key: str
    area: str
    audience: str
    name: dict[str, str]
    sentence: dict[str, str]
    steps: tuple[dict[str, str], ...]
    traits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CatalogTrait:
    """``low`` and ``high`` put the ends of the range, 0 and 5, into words."""

    key: str
    name: dict[str, str]
    sentence: dict[str, str]
    low: dict[str, str]
    high: dict[str, str]


@dataclass(frozen=True, slots=True)
class CatalogLevel:
    """``rank`` is canonical, 0 to 6; an ``off`` level is not offered until a program turns it on."""

    key: str
    rank: int
    name: dict[str, str]
    sentence: dict[str, str]
    off: bool


@dataclass(frozen=True, slots=True)
class CatalogReason:
    """Why a task was not done: ``no_occasion``, ``not_wanted`` or ``not_safe``."""

    key: str
    name: dict[str, str]
    sentence: dict[str, str]


@dataclass(frozen=True, slots=True)
class CatalogScale:
    """Levels from most to least independent, and "not today" with its reasons."""

    levels: tuple[CatalogLevel, ...]
    not_today: dict[str, str]
    reasons: tuple[CatalogReason, ...]


@dataclass(frozen=True, slots=True)
class CatalogAccommodation:
    key: str
    name: dict[str, str]
    sentence: dict[str, str]


@dataclass(frozen=True, slots=True)
class CatalogListEntry:
    """``kind``: the list it is from (``domain.enrollments.ListKind``)."""

    kind: str
    name: dict[str, str]


@dataclass(frozen=True, slots=True)
class CatalogRule:
    """A milestone rule as data: ``params`` holds the numbers of its kind (percent, occasions, raters, amount).

    ``title`` may hold ``%(task)s`` (kinds about one task) and the params by name, ``%(occasions)s``.
    """

    key: str
    kind: str
    params: dict[str, int]
    title: dict[str, str]


@dataclass(frozen=True, slots=True)
class CatalogHelpLine:
    """``number`` is for reading, ``dial`` for a tel: link; ``kind`` is ``emergency`` or ``crisis``."""

    country: str
    kind: str
    number: str
    dial: str
    name: dict[str, str]
    sentence: dict[str, str]


@lru_cache(maxsize=1)
def areas() -> tuple[CatalogArea, ...]:
    """Task areas in the order they are shown."""
    return tuple(CatalogArea(row["key"], row["name"]) for row in _toml("tasks")["area"])


@lru_cache(maxsize=1)
def tasks() -> tuple[CatalogTask, ...]:
    """All tasks a program starts with, area by area."""
    return tuple(task for task in _all_tasks() if task.audience == "program")


@lru_cache(maxsize=1)
def private_tasks() -> tuple[CatalogTask, ...]:
    """Templates for tasks that belong to one person: no program's list ever has them."""
    return tuple(task for task in _all_tasks() if task.audience == "private")


@lru_cache(maxsize=1)
def _all_tasks() -> tuple[CatalogTask, ...]:
    return tuple(
        CatalogTask(
            row["key"],
            row["area"],
            row["audience"],
            row["name"],
            row["sentence"],
            tuple(row.get("steps", ())),
            tuple(row["traits"]),
        )  # fmt: skip
        for row in _toml("tasks")["task"]
    )


@lru_cache(maxsize=1)
def traits() -> tuple[CatalogTrait, ...]:
    """Abilities and demands, each rated 0 to 5."""
    return tuple(CatalogTrait(**row) for row in _toml("traits")["trait"])


@lru_cache(maxsize=1)
def scale() -> CatalogScale:
    """The default scale of support."""
    data = _toml("scale")
    levels = tuple(CatalogLevel(**{"off": False, **row}) for row in data["level"])
    not_today = data["not_today"]
    return CatalogScale(levels, not_today["name"], tuple(CatalogReason(**row) for row in not_today["reason"]))


@lru_cache(maxsize=1)
def accommodations() -> tuple[CatalogAccommodation, ...]:
    """What a person may need and a workplace may offer."""
    return tuple(CatalogAccommodation(**row) for row in _toml("accommodations")["accommodation"])


@lru_cache(maxsize=1)
def list_entries() -> tuple[CatalogListEntry, ...]:
    """What the lists about entry and exit offer."""
    return tuple(CatalogListEntry(**row) for row in _toml("lists")["entry"])


@lru_cache(maxsize=1)
def checklist() -> tuple[dict[str, str], ...]:
    """What programs usually ask for before a placement may start."""
    return tuple(row["name"] for row in _toml("checklist")["item"])


@lru_cache(maxsize=1)
def rules() -> tuple[CatalogRule, ...]:
    """The default milestone rules."""
    words = ("key", "kind", "title")
    return tuple(
        CatalogRule(row["key"], row["kind"], {k: v for k, v in row.items() if k not in words}, row["title"])
        for row in _toml("rules")["rule"]
    )


@lru_cache(maxsize=1)
def help_countries() -> tuple[str, ...]:
    """The countries (ISO 3166, two letters) whose public numbers are known."""
    return tuple(dict.fromkeys(row["country"] for row in _toml("help")["line"]))


@lru_cache(maxsize=64)
def help_lines(country: str) -> tuple[CatalogHelpLine, ...]:
    """The public numbers of a country, emergency first; none for a country that is not known."""
    return tuple(CatalogHelpLine(**row) for row in _toml("help")["line"] if row["country"] == country.upper())


@lru_cache(maxsize=1)
def onet_mapping() -> Mapping[str, tuple[str, ...]]:
    """Trait key → ids of the O*NET elements it is averaged from."""
    return {trait: tuple(elements) for trait, elements in _toml("onet")["traits"].items()}


@lru_cache(maxsize=1)
def onet_titles() -> Mapping[str, Mapping[str, str]]:
    """O*NET-SOC code → the occupation's title by locale; English comes from O*NET's own files."""
    titles: dict[str, dict[str, str]] = _toml("onet")["titles"]
    return titles


def demo() -> Mapping[str, Any]:
    """Names, shops and sentences for invented data, as they stand in ``demo.toml``."""
    return _toml("demo")


@lru_cache(maxsize=1)
def questionnaires() -> tuple[dict[str, Any], ...]:
    """Questionnaires as trees of keys and values, in the shape of a file that a program brings itself."""
    return tuple(_toml("questionnaires")["questionnaire"])


@lru_cache(maxsize=1)
def password_blocklist() -> frozenset[str]:
    """Passwords nobody may choose, case-folded: test ``password.casefold() in password_blocklist()``."""
    lines = files(__package__).joinpath("passwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.casefold() for line in lines if line and not line.startswith("#"))


@lru_cache(maxsize=16)
def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
