"""Stores from an OpenStreetMap-style CSV.

Columns read: ``osm,name,street,housenumber,postcode,city,lat,lon,opening_hours,wheelchair``;
any other column is passed over. An incomplete address is kept and flagged, an
unusable row is reported by line and reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO, TextIO

from placement.adapters.csv_text import Broken, Record, decode, header, records

COLUMNS = (
    "osm",
    "name",
    "street",
    "housenumber",
    "postcode",
    "city",
    "lat",
    "lon",
    "opening_hours",
    "wheelchair",
)

#: Longest text taken per column, in characters; OpenStreetMap itself allows 255.
LONGEST = 255

_DECIMAL = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{1,20})?")


@dataclass(frozen=True, slots=True)
class StoreRow:
    """One usable store. Texts are trimmed and may be empty, except ``ref`` and ``name``.

    ``ref`` is the stable external id (``node/123``); ``lat`` and ``lon`` are WGS84 degrees;
    ``opening_hours`` is as written; ``wheelchair`` is ``yes``, ``limited``, ``no`` or empty for unknown;
    ``complete`` says that street, house number, postcode and city are all there.
    """

    line: int
    ref: str
    name: str
    street: str
    house_number: str
    postcode: str
    city: str
    lat: float
    lon: float
    opening_hours: str
    wheelchair: str
    complete: bool


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row cannot be used.

    ``code``: ``nul``, ``quotes``, ``cells``, ``no_ref``, ``no_name``, ``position``, ``too_long`` or ``double``.
    ``detail`` is one short English phrase.
    """

    line: int
    code: str
    detail: str


def read_stores(source: bytes | BinaryIO | TextIO) -> Iterator[StoreRow | RowProblem]:
    """Every row of the file, in order. Raises ValueError at once when it is not UTF-8 or the header is wrong."""
    text = decode(source)
    names = header(text, COLUMNS)
    return _rows(text, names)


def _rows(text: str, names: tuple[str, ...]) -> Iterator[StoreRow | RowProblem]:
    first_seen: dict[str, int] = {}
    for record in records(text, len(names)):
        row = _row(record, names)
        if isinstance(row, StoreRow):
            earlier = first_seen.setdefault(row.ref, row.line)
            if earlier != row.line:
                row = RowProblem(row.line, "double", f"{row.ref} is already on line {earlier}")
        yield row


def _row(record: Record | Broken, names: tuple[str, ...]) -> StoreRow | RowProblem:
    if isinstance(record, Broken):
        return RowProblem(record.line, record.code, record.detail)
    cell = {name: text.strip() for name, text in zip(names, record.cells, strict=True) if name in COLUMNS}
    lat, lon = _degrees(cell["lat"], 90), _degrees(cell["lon"], 180)
    trouble = _trouble(cell)
    if trouble is not None:
        return RowProblem(record.line, *trouble)
    # Zero on both axes is open sea: what programs write when they know no position.
    if lat is None or lon is None or lat == lon == 0:
        return RowProblem(record.line, "position", f"latitude {cell['lat']!r}, longitude {cell['lon']!r}")
    return StoreRow(
        line=record.line,
        ref=cell["osm"],
        name=cell["name"],
        street=cell["street"],
        house_number=cell["housenumber"],
        postcode=cell["postcode"],
        city=cell["city"],
        lat=lat,
        lon=lon,
        opening_hours=cell["opening_hours"],
        wheelchair=_wheelchair(cell["wheelchair"]),
        complete=all(cell[name] for name in ("street", "housenumber", "postcode", "city")),
    )


def _trouble(cell: Mapping[str, str]) -> tuple[str, str] | None:
    """Code and detail of the first thing missing or too long, or None."""
    if not cell["osm"]:
        return "no_ref", "it has no id (column osm)"
    if not cell["name"]:
        return "no_name", "it has no name"
    long = next((name for name in COLUMNS if len(cell[name]) > LONGEST), None)
    return None if long is None else ("too_long", f"more than {LONGEST} characters in {long}")


def _degrees(text: str, most: int) -> float | None:
    """Plain decimal degrees within ±most, or None."""
    if not _DECIMAL.fullmatch(text):
        return None
    value = float(text)
    return value if -most <= value <= most else None


def _wheelchair(text: str) -> str:
    """The most careful of the values given (``limited;yes`` is limited); anything unknown is empty."""
    given = {part.strip().lower() for part in text.split(";")}
    if "designated" in given:
        given.add("yes")
    return next((value for value in ("no", "limited", "yes") if value in given), "")
