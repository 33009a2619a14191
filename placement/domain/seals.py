"""The chain over the logs: each row's value depends on the key, the row and everything before it."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

#: The logs that are sealed, by table name.
LOGS = ("audit", "access_log")
#: Digits of the chain's value kept for each row.
MARK = 12

Row = Mapping[str, Any]
#: Id of a row and the start of the chain's value after it.
Mark = tuple[int, str]


def start(log: str) -> str:
    """The chain's value before the first row."""
    return f"placement:{log}"


def follow(key: bytes, previous: str, row: Row) -> str:
    """The chain's value after ``row``: hex, 64 digits."""
    return hmac.digest(key, previous.encode() + b"\n" + row_bytes(row), "sha256").hex()


def row_bytes(row: Row) -> bytes:
    """All columns of a row, the same on both databases."""
    return json.dumps(row, sort_keys=True, default=_plain, ensure_ascii=True, separators=(",", ":")).encode()


def chain(key: bytes, previous: str, rows: Iterable[Row]) -> tuple[str, list[Mark]]:
    """The value after all ``rows`` (each with its ``id``) and the mark of each."""
    marks: list[Mark] = []
    for row in rows:
        previous = follow(key, previous, row)
        marks.append((row["id"], previous[:MARK]))
    return previous, marks


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stored seal: where it ends, the value there and the marks of its rows, in order."""

    last_id: int
    mac: str
    marks: Sequence[Mark]


def first_bad(key: bytes, previous: str, stretch: Stretch, rows: Sequence[Row]) -> int | None:
    """The id of the first row that is not as it was sealed: changed, missing or slipped in. None if all are.

    ``rows``: what the log holds now between the seal before (value ``previous``) and the end of this one. The last
    row is named when only the seal itself was touched.
    """
    marks = dict(stretch.marks)
    found = {row["id"]: row for row in rows}
    for key_ in sorted(marks.keys() | found.keys()):
        if key_ not in marks or key_ not in found:
            return key_
        previous = follow(key, previous, found[key_])
        if not hmac.compare_digest(previous[:MARK], marks[key_]):
            return key_
    return None if hmac.compare_digest(previous, stretch.mac) else stretch.last_id


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    raise TypeError(f"cannot seal {type(value).__name__}")
