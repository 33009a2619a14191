"""Reading series of ratings or percentages: who, in which phase, when, and the value.

Columns are chosen by name (``case``, ``phase``, ``time``, ``value``) or recognized by the names published files use.
Cells are parted by comma, semicolon or tab; numbers may have a decimal point or comma; a time is a number or a day
(2026-03-02 or 2.3.2026). An empty value is a gap. One broken line is told with its line, column and value.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from placement.adapters.csv_text import Broken, decode, header, records, split_lines

#: Column → the names it goes by, folded to lower case.
NAMES = {
    "case": ("case", "case id", "caseid", "person", "participant", "fall", "studyid_caseid"),
    "phase": ("phase", "condition", "treatment", "bedingung"),
    "time": ("time", "mt", "session", "session number", "session_number", "day", "date", "tag", "datum", "zeit"),
    "value": ("value", "values", "outcome", "rating", "level", "score", "percent", "compliance", "wert", "prozent"),
}
#: Without these there is no series; the others may be missing.
NEEDED = ("time", "value")
DELIMITERS = (",", ";", "\t")
GAPS = ("", "na", "n/a", "nan", "null", "-", "–", ".")

_NUMBER = re.compile(r"[+-]?\d{1,12}([.,]\d{1,18})?([eE][+-]?\d{1,2})?", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """``time``: a number or a day. ``value`` as it stands there, empty for a gap."""

    line: int
    case: str
    phase: str
    time: float | date
    value: str


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be used, and why, in English."""

    line: int
    detail: str


def read_series(
    source: bytes, columns: Mapping[str, str] | None = None, where: Mapping[str, str] | None = None
) -> Iterator[SeriesRow | BadRow]:
    """Every row in order; ``where`` keeps those whose column holds that value.

    Raises ValueError, naming line 1, for a file that has not the columns.
    """
    text = decode(source)
    first = split_lines(text)[0]
    delimiter = max(DELIMITERS, key=first.count)
    names = header(text, (), delimiter)
    places = _columns(names, columns or {})
    kept = {_place(names, name): value.strip() for name, value in (where or {}).items()}
    return _rows(text, delimiter, names, places, kept)


def number(text: str) -> float | None:
    """A number with a decimal point or comma, with or without a percent sign; None for anything else."""
    text = text.removesuffix("%").rstrip()
    if _NUMBER.fullmatch(text) is None:
        return None
    found = float(text.replace(",", "."))
    return found if math.isfinite(found) else None


def _columns(names: tuple[str, ...], chosen: Mapping[str, str]) -> dict[str, int]:
    """Column → where it stands. A chosen name must be there; the others are looked for."""
    unknown = sorted(set(chosen) - set(NAMES))
    if unknown:
        raise ValueError(f"columns: {', '.join(unknown)} is none of {', '.join(NAMES)}.")
    folded = [_fold(name) for name in names]
    found: dict[str, int] = {}
    for column, known in NAMES.items():
        if column in chosen:
            found[column] = _place(names, chosen[column])
            continue
        places = [at for name in known for at, other in enumerate(folded) if other == name]
        if len(places) > 1:
            # The name listed first is the likelier one, unless it is there twice.
            places = places[:1] if folded.count(folded[places[0]]) == 1 else places
        if len(places) > 1:
            raise ValueError(f"Line 1: the column {names[places[0]]} is there twice; choose with --columns.")
        if places:
            found[column] = places[0]
        elif column in NEEDED:
            raise ValueError(
                f'Line 1: no column is known as {column}; name it, such as --columns "{column}=…".'
                f" There are: {', '.join(names)}."
            )
    return found


def _place(names: tuple[str, ...], wanted: str) -> int:
    places = [at for at, name in enumerate(names) if _fold(name) == _fold(wanted)]
    if len(places) != 1:
        how = "is missing" if not places else "is there twice"
        raise ValueError(f"Line 1: the column {wanted} {how}. There are: {', '.join(names)}.")
    return places[0]


def _rows(
    text: str, delimiter: str, names: tuple[str, ...], places: Mapping[str, int], kept: Mapping[int, str]
) -> Iterator[SeriesRow | BadRow]:
    for record in records(text, len(names), delimiter):
        if isinstance(record, Broken):
            yield BadRow(record.line, record.detail)
            continue
        cells = [cell.strip() for cell in record.cells]
        if any(cells[at] != value for at, value in kept.items()):
            continue
        found = {column: cells[at] for column, at in places.items()}
        when = _time(found["time"])
        if when is None:
            yield BadRow(record.line, f"column {names[places['time']]}: {found['time'][:40]!r} is no number and no day")
            continue
        value = "" if found["value"].casefold() in GAPS else found["value"]
        yield SeriesRow(record.line, found.get("case", ""), found.get("phase", ""), when, value)


def _time(text: str) -> float | date | None:
    for pattern, order in ((_ISO, (0, 1, 2)), (_DOTTED, (2, 1, 0))):
        found = pattern.fullmatch(text)
        if found:
            parts = [int(part) for part in found.groups()]
            try:
                return date(*(parts[at] for at in order))
            except ValueError:
                return None
    return number(text)


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())
