"""What can be brought in from a table: fields, which columns they are probably in, and what is wrong with a row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from placement.domain.text import fold
from placement.domain.words import Say, say


class ImportKind(StrEnum):
    PARTICIPANTS = "participants"
    EMPLOYERS = "employers"


class ImportState(StrEnum):
    """Uploaded; columns known; waiting for the worker or at it; in; taken back."""

    DRAFT = "draft"
    MAPPED = "mapped"
    RUNNING = "running"
    DONE = "done"
    UNDONE = "undone"


class FieldKind(StrEnum):
    TEXT = "text"
    EMAIL = "email"
    NUMBER = "number"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Field:
    """``most``: characters of a text, or the largest number. ``names``: headings people give it, folded."""

    key: str
    title: Say
    names: tuple[str, ...]
    kind: FieldKind = FieldKind.TEXT
    needed: bool = False
    most: int = 120


@dataclass(frozen=True, slots=True)
class Fault:
    """``row``: as the program that wrote the file counts, the heading being 1; ``column``: its heading."""

    row: int
    column: str
    why: Say


@dataclass(frozen=True, slots=True)
class Checked:
    """``good``: row number → field → value as text or number; a row with a fault is not in it."""

    good: Mapping[int, Mapping[str, str | float]]
    faults: tuple[Fault, ...]


FIELDS: Mapping[ImportKind, tuple[Field, ...]] = {
    ImportKind.PARTICIPANTS: (
        Field("preferred_name", say("First name"), ("first name", "preferred name", "name", "vorname", "rufname"),
              needed=True, most=80),
        Field("family_name", say("Family name"), ("family name", "last name", "surname", "nachname", "familienname"),
              most=80),
        Field("email", say("E-mail"), ("e-mail", "email", "mail", "e mail"), FieldKind.EMAIL, most=254),
        Field("phone", say("Phone"), ("phone", "telephone", "mobile", "telefon", "handy"), most=40),
        Field("home_address", say("Address"), ("address", "home address", "adresse", "anschrift"), most=300),
        Field("emergency_name", say("In an emergency: name"), ("emergency contact", "emergency name", "notfallkontakt"),
              most=120),
        Field("emergency_phone", say("In an emergency: phone"), ("emergency phone", "notfalltelefon"), most=40),
        Field("weekly_hours_limit", say("Hours a week, at most"), ("weekly hours", "hours a week", "wochenstunden"),
              FieldKind.NUMBER, most=60),
        Field("referred_on", say("Referred on"), ("referred on", "referral date", "zugewiesen am", "anmeldung"),
              FieldKind.DAY),
        Field("referred_by", say("By whom, by name"), ("referred by", "referrer", "zugewiesen durch", "zuweiser")),
    ),
    ImportKind.EMPLOYERS: (
        Field("name", say("Name"), ("name", "employer", "company", "betrieb", "firma", "arbeitgeber", "brand",
                                    "operator"), needed=True, most=160),
        Field("contact_name", say("Contact person"), ("contact", "contact person", "ansprechperson", "kontakt")),
        Field("email", say("E-mail"), ("e-mail", "email", "mail", "e mail"), FieldKind.EMAIL, most=254),
        Field("phone", say("Phone"), ("phone", "telephone", "telefon"), most=40),
        Field("site", say("Name of the site"), ("site", "shop", "branch", "standort", "filiale"), most=160),
        Field("street", say("Street and number"), ("street", "address", "strasse", "adresse"), most=160),
        Field("postcode", say("Postcode"), ("postcode", "zip", "postal code", "plz"), most=16),
        Field("city", say("City"), ("city", "town", "ort", "stadt")),
    ),
}  # fmt: skip
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_GERMAN = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_EARLIEST, _LATEST = date(1900, 1, 1), date(2200, 1, 1)


def kind_words(kind: ImportKind) -> Say:
    return _KINDS[kind]


_KINDS = {ImportKind.PARTICIPANTS: say("People"), ImportKind.EMPLOYERS: say("Employers and their sites")}


def guess(kind: ImportKind, header: Sequence[str]) -> dict[str, int]:
    """Field → column, by what headings are usually called; each column once."""
    folded = [fold(text.replace("_", " ")) for text in header]
    found: dict[str, int] = {}
    for field in FIELDS[kind]:
        for name in (fold(field.key.replace("_", " ")), *field.names):
            if name in folded and folded.index(name) not in found.values():
                found[field.key] = folded.index(name)
                break
    return found


def check(
    kind: ImportKind,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    mapping: Mapping[str, int],
    known: frozenset[str] = frozenset(),
) -> Checked:
    """Look at every row. ``mapping``: field → column; ``known``: what is there already (:func:`identity`).

    A row that says the same as one before it, or as what is there, is a fault: nothing is added twice.
    """
    good: dict[int, Mapping[str, str | float]] = {}
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, start=2):
        if not any(row):
            continue
        values: dict[str, str | float] = {}
        wrong: list[Fault] = []
        for field in FIELDS[kind]:
            at = mapping.get(field.key)
            text = row[at] if at is not None and at < len(row) else ""
            value, why = _read(field, text)
            if why is not None:
                heading = header[at] if at is not None and at < len(header) else ""
                wrong.append(Fault(number, heading, why))
            elif value is not None:
                values[field.key] = value
        if not wrong:
            same = identity(kind, values)
            heading = header[mapping[FIELDS[kind][0].key]]
            if same in known:
                wrong.append(Fault(number, heading, say("This is in the program already.")))
            elif same in seen:
                wrong.append(Fault(number, heading, say("The same stands in row %(row)s.", row=str(seen[same]))))
            else:
                seen[same] = number
        if wrong:
            faults += wrong
        else:
            good[number] = values
    return Checked(good, tuple(faults))


def identity(kind: ImportKind, values: Mapping[str, str | float]) -> str:
    """What makes two rows the same: both names of a person, name and address of a shop; folded."""
    keys = ("family_name", "preferred_name") if kind is ImportKind.PARTICIPANTS else ("name", "site", "street", "city")
    return "|".join(fold(str(values.get(key, ""))) for key in keys)


def number_of(text: str) -> float | None:
    """As people write it: 3.5, 3,5, 1.234,5 and 1,234.5; None for what is no number."""
    bare = text.replace("\u00a0", "").replace(" ", "")
    if "," in bare and "." in bare:
        last = max(bare.rfind(","), bare.rfind("."))
        bare = bare[:last].replace(",", "").replace(".", "") + "." + bare[last + 1 :]
    bare = bare.replace(",", ".")
    return float(bare) if re.fullmatch(r"[+-]?[0-9]{1,12}(\.[0-9]{1,6})?", bare) else None


def day_of(text: str) -> date | None:
    """2026-11-23 or 23.11.2026; None for what is no day, and for 3/4/2026, which is two."""
    german = _GERMAN.fullmatch(text)
    try:
        found = date(*(int(part) for part in reversed(german.groups()))) if german else date.fromisoformat(text[:10])
    except (ValueError, TypeError):
        return None
    return found if _EARLIEST <= found <= _LATEST else None


def _read(field: Field, text: str) -> tuple[str | float | None, Say | None]:
    if not text:
        return None, say("This must not be empty.") if field.needed else None
    match field.kind:
        case FieldKind.NUMBER:
            number = number_of(text)
            if number is None:
                return None, say("This is no number.")
            if not 0 < number <= field.most:
                return None, say("Please enter a number up to %(most)s.", most=field.most)
            return number, None
        case FieldKind.DAY:
            day = day_of(text)
            return (
                (None, say("This is no day: write 2026-11-23 or 23.11.2026."))
                if day is None
                else (day.isoformat(), None)
            )
        case FieldKind.EMAIL if not _EMAIL.fullmatch(text):
            return None, say("This is no e-mail address.")
    if len(text) > field.most:
        return None, say("This is longer than %(count)s characters.", count=field.most)
    return text, None
