"""Reading tables of travel times: who, to which shop, how many minutes.

The header decides: names in any case, in English or German, in any order, further columns are passed over; cells are
parted by comma, semicolon or tab. Minutes may have a decimal point or comma and are rounded to whole ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from placement.adapters.csv_text import Broken, decode, header, records, split_lines

#: Column → the names it goes by, folded to lower case.
NAMES = {
    "participant": ("participant", "participant id", "participant_id", "person", "teilnehmende", "teilnehmer"),
    "site": ("site", "site id", "site_id", "shop", "store", "filiale", "betrieb", "standort"),
    "minutes": ("minutes", "min", "travel minutes", "minuten", "fahrzeit"),
}
DELIMITERS = (",", ";", "\t")
#: A day; what is longer is a slip.
MOST_MINUTES = 1440


@dataclass(frozen=True, slots=True)
class MinutesRow:
    """``participant`` and ``site`` as they stand there: public ids."""

    line: int
    participant: str
    site: str
    minutes: int


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be used, and why, in English."""

    line: int
    detail: str


def read_minutes(source: bytes | BinaryIO) -> Iterator[MinutesRow | BadRow]:
    """Every row, in order. Raises ValueError, naming line 1, for a file that is no such table."""
    text = decode(source)
    first = split_lines(text)[0]
    delimiter = max(DELIMITERS, key=first.count)
    columns = _columns(header(text, (), delimiter))
    return _rows(text, delimiter, len(header(text, (), delimiter)), columns)


def _columns(names: tuple[str, ...]) -> dict[str, int]:
    """Column → where it stands."""
    folded = [" ".join(name.casefold().split()) for name in names]
    found: dict[str, int] = {}
    for column, known in NAMES.items():
        places = [at for at, name in enumerate(folded) if name in known]
        if not places:
            raise ValueError(f"Line 1: the column {column} is missing.")
        if len(places) > 1:
            raise ValueError(f"Line 1: the column {column} is there twice.")
        found[column] = places[0]
    return found


def _rows(text: str, delimiter: str, width: int, columns: dict[str, int]) -> Iterator[MinutesRow | BadRow]:
    for record in records(text, width, delimiter):
        if isinstance(record, Broken):
            yield BadRow(record.line, record.detail)
            continue
        participant, site, minutes = (record.cells[columns[name]].strip() for name in NAMES)
        found = _minutes(minutes)
        if not participant or not site:
            yield BadRow(record.line, f"{'participant' if not participant else 'site'} is empty")
        elif isinstance(found, str):
            yield BadRow(record.line, found)
        else:
            yield MinutesRow(record.line, participant, site, found)


def _minutes(text: str) -> int | str:
    """Whole minutes, or what is wrong."""
    plain = text.replace(",", ".", 1)
    digits = plain.replace(".", "", 1)
    if not (digits.isascii() and digits.isdigit()):
        return f"minutes {text[:20]!r} is no number"
    if float(plain) > MOST_MINUTES:
        return f"minutes {text[:20]!r} is more than a day"
    # Half a minute counts as one.
    return int(float(plain) + 0.5)
