"""Tables other people's programs wrote, CSV and XLSX, within limits: no formula runs, nothing is unpacked blindly."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

# With defusedxml installed, openpyxl reads XML without entities.
from openpyxl import load_workbook  # type: ignore[import-untyped]

#: Bytes of a file, bytes it may unpack to, files inside; rows, columns, characters of a cell.
LARGEST, UNPACKED, INSIDE = 8 * 1024 * 1024, 120 * 1024 * 1024, 500
MOST_ROWS, MOST_COLUMNS, LONGEST = 10_000, 60, 2_000
_ENCODINGS = ("utf-8-sig", "cp1252")
#: As our own exports write what a program would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t")


class Problem(StrEnum):
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    UNREADABLE = "unreadable"


class Unfit(Exception):
    """A file that is not taken, and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Table:
    """``rows`` as long as ``header``. The first one is row 2, as the programs that wrote it count."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read_table(content: bytes) -> Table:
    """The first sheet, or the lines of a text file. Raises Unfit."""
    if not content:
        raise Unfit(Problem.EMPTY)
    if len(content) > LARGEST:
        raise Unfit(Problem.TOO_LARGE)
    lines = _sheet(content) if content.startswith(b"PK\x03\x04") else _lines(content)
    return _table(lines)


def _table(lines: Iterable[list[str]]) -> Table:
    header: list[str] | None = None
    rows: list[tuple[str, ...]] = []
    for line in lines:
        while line and not line[-1]:
            line.pop()
        if len(line) > MOST_COLUMNS:
            raise Unfit(Problem.TOO_MANY_COLUMNS)
        if header is None:
            if any(line):
                header = line
            continue
        # Kept even when empty, so that rows keep their numbers.
        rows.append(tuple((line + [""] * len(header))[: len(header)]))
        if len(rows) > MOST_ROWS:
            while rows and not any(rows[-1]):
                rows.pop()
            if len(rows) > MOST_ROWS:
                raise Unfit(Problem.TOO_MANY_ROWS)
    while rows and not any(rows[-1]):
        rows.pop()
    if header is None or not rows:
        raise Unfit(Problem.EMPTY)
    return Table(tuple(header), tuple(rows))


def _lines(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    csv.field_size_limit(LARGEST)
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [_plain(cell) for cell in line]
    except csv.Error:
        raise Unfit(Problem.UNREADABLE) from None


def _decoded(content: bytes) -> str:
    if b"\x00" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unfit(Problem.UNREADABLE)
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else _ENCODINGS
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unfit(Problem.UNREADABLE)


def _sheet(content: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
    except zipfile.BadZipFile:
        raise Unfit(Problem.UNREADABLE) from None
    # What the file says of itself, before anything is unpacked; zipfile stops where an entry is longer than it said.
    if len(entries) > INSIDE or sum(entry.file_size for entry in entries) > UNPACKED:
        raise Unfit(Problem.TOO_LARGE)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            page: Any = book.worksheets[0]
            # Dimensions may lie: the rows themselves are counted.
            page.reset_dimensions()
            for line in page.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1):
                yield [_plain(_shown(value)) for value in line]
        finally:
            book.close()
    except Unfit:
        raise
    except Exception:
        # Whatever a hand-made file makes the reader stumble over.
        raise Unfit(Problem.UNREADABLE) from None


def _shown(value: Any) -> str:
    """A cell as people would type it: days as 2026-11-23, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _plain(text: str) -> str:
    """Without what no database takes, and without the apostrophe that an export puts before a sign of a formula."""
    kept = "".join(char for char in text if char == "\n" or (char >= " " and not "\ud800" <= char <= "\udfff")).strip()
    kept = kept[:LONGEST]
    return kept[1:] if kept.startswith("'") and kept[1:].startswith(_FORMULA) else kept
