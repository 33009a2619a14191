"""TOML from outside: every refusal says where."""

from __future__ import annotations

import tomllib
from typing import Any


class TomlError(ValueError):
    """No TOML that can be used. The message starts with the place: line and column."""


def read(source: bytes) -> dict[str, Any]:
    """The tables in UTF-8 text (a byte order mark may lead it). Raises TomlError."""
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise TomlError(f"line {line}: is not UTF-8 text") from None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, _, place = str(error).rpartition(" (at ")
        where = place.rstrip(")") if what else "end of document"
        last = text.rstrip().count("\n") + 1
        raise TomlError(f"{where.replace('end of document', f'line {last}, the end')}: {what or error}") from None
    except (RecursionError, ValueError):
        # Nested beyond all sense, or a number of thousands of digits.
        raise TomlError("the whole: is nested too deeply, or holds a number that is too long") from None
