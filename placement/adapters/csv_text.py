"""Reading comma-separated files that other people made.

One broken line costs that line, never the rest of the file: a record whose
quotes do not close is given up at the line it starts on, and reading goes on
with the next one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, TextIO

#: A quoted cell may hold line breaks; more lines than this in one record is an unclosed quote.
LONGEST_RECORD = 20


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one record and the line (from 1) it starts on."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that could not be read: ``code`` is ``nul``, ``quotes`` or ``cells``."""

    line: int
    code: str
    detail: str


def decode(source: bytes | BinaryIO | TextIO) -> str:
    """The text of a UTF-8 source, byte order mark removed. Raises ValueError when it is not UTF-8."""
    raw = source if isinstance(source, bytes) else source.read()
    if isinstance(raw, str):
        return raw.removeprefix("\ufeff")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ValueError(f"The file is not UTF-8 text (line {line}). Save it as UTF-8 and try again.") from None


def split_lines(text: str) -> list[str]:
    """Lines by CRLF, LF or CR only; other separators of Unicode may stand inside a cell."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def header(text: str, required: Sequence[str]) -> tuple[str, ...]:
    """The column names of the first line. Raises ValueError naming what is missing or doubled."""
    first = split_lines(text)[0]
    found = _cells(first)
    if isinstance(found, str):
        raise ValueError(f"Line 1: the header cannot be read: {found}.")
    names = tuple(name.strip() for name in found)
    missing = [name for name in required if name not in names]
    if missing:
        raise ValueError(f"Line 1: these columns are missing: {', '.join(missing)}.")
    doubled = sorted({name for name in required if names.count(name) > 1})
    if doubled:
        raise ValueError(f"Line 1: these columns are there twice: {', '.join(doubled)}.")
    return names


def records(text: str, width: int) -> Iterator[Record | Broken]:
    """Every record after the header, in order; empty lines are passed over."""
    lines = split_lines(text)
    at = 1
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        record, used = _record(lines, at, width)
        yield record
        at += used


def _record(lines: list[str], at: int, width: int) -> tuple[Record | Broken, int]:
    """The record that starts at index ``at`` and how many lines it takes."""
    trouble = "a quote is not closed"
    for used in range(1, min(LONGEST_RECORD, len(lines) - at) + 1):
        text = "\n".join(lines[at : at + used])
        cells = _cells(text)
        if isinstance(cells, str):
            if "unexpected end" in cells:
                continue
            trouble = cells
            break
        if "\0" in text:
            return Broken(at + 1, "nul", "it holds a NUL character"), used
        if len(cells) == width:
            return Record(at + 1, tuple(cells)), used
        detail = f"{len(cells)} cells instead of {width}"
        # A wrong count over several lines comes from a quote that closed by accident further down.
        return Broken(at + 1, "cells", detail), 1
    return Broken(at + 1, "quotes", trouble), 1


def _cells(text: str) -> list[str] | str:
    """The cells of one record, or what is wrong with it."""
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        return str(error)
    return found[0] if found else []
