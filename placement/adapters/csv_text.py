"""Reading comma-separated files that other people made.

One line is one record, and one broken line costs that line alone. A quoted
cell with a line break, which CSV would allow, is refused on purpose: none of
the files read here has one, and a forgotten quote would otherwise swallow the
rows below it without a sign.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, TextIO


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one record and its line, counted from 1."""

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


def header(text: str, required: Sequence[str], delimiter: str = ",") -> tuple[str, ...]:
    """The column names of the first line. Raises ValueError naming what is missing or doubled."""
    first = split_lines(text)[0]
    found = _cells(first, delimiter)
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


def records(text: str, width: int, delimiter: str = ",") -> Iterator[Record | Broken]:
    """Every line after the header, in order; empty lines are passed over."""
    for number, line in enumerate(split_lines(text)[1:], start=2):
        if line.strip():
            yield _record(number, line, width, delimiter)


def _record(number: int, line: str, width: int, delimiter: str) -> Record | Broken:
    if "\0" in line:
        return Broken(number, "nul", "it holds a NUL character")
    cells = _cells(line, delimiter)
    if isinstance(cells, str):
        return Broken(number, "quotes", cells)
    if len(cells) != width:
        return Broken(number, "cells", f"{len(cells)} cells instead of {width}")
    return Record(number, tuple(cells))


def _cells(line: str, delimiter: str) -> list[str] | str:
    """The cells of one line, or what is wrong with it."""
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        return "a quote is not closed" if "unexpected end" in str(error) else str(error)
