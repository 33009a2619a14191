"""Pages of a list by key: next and previous, no totals, no OFFSET."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Row, Select, TypeDecorator, and_, or_
from sqlalchemy.orm import Session

T = TypeVar("T")
SIZE = 40


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list; ``next`` and ``previous`` are cursors, None at the ends."""

    rows: list[T]
    next: str | None = None
    previous: str | None = None


def upper_end(prefix: str) -> str:
    """The first text after everything that starts with ``prefix``, for an indexed range search."""
    return prefix + "\U0010ffff"


def starts_with(column: ColumnElement[str], folded: str) -> ColumnElement[bool]:
    """A prefix search as a range, which both databases answer from an index."""
    return and_(column >= folded, column < upper_end(folded))


def fetch_page(
    db: Session,
    statement: Select[Any],
    keys: Sequence[ColumnElement[Any]],
    cursor: str | None,
    *,
    descending: bool = False,
    size: int = SIZE,
) -> Page[Row[Any]]:
    """Run ``statement`` for one page, in one statement.

    ``keys``: the indexed, non-null sort columns, the last one unique; all of them are selected as the LAST columns
    of the statement here, so rows carry them at the end. A broken or foreign cursor starts from the beginning.
    """
    back, values = _decode(cursor, keys)
    downward = descending != back
    statement = statement.add_columns(*keys)
    if values is not None:
        statement = statement.where(_beyond(keys, values, downward))
    ordered = statement.order_by(*(key.desc() if downward else key.asc() for key in keys)).limit(size + 1)
    rows = list(db.execute(ordered))
    more = len(rows) > size
    rows = rows[:size]
    if back:
        rows.reverse()
    if not rows:
        return Page([])
    has_next = more if not back else values is not None
    has_previous = values is not None if not back else more
    return Page(
        rows,
        next=_encode(False, rows[-1], len(keys)) if has_next else None,
        previous=_encode(True, rows[0], len(keys)) if has_previous else None,
    )


def whole_list(fetch: Callable[[str | None], Page[T]], most: int) -> list[T]:
    """Every row of a list, page by page; one more than ``most`` if there are more than that."""
    rows: list[T] = []
    cursor: str | None = None
    while True:
        page = fetch(cursor)
        rows += page.rows
        cursor = page.next
        if cursor is None or len(rows) > most:
            return rows[: most + 1]


def _beyond(keys: Sequence[ColumnElement[Any]], values: Sequence[Any], downward: bool) -> ColumnElement[bool]:
    """(a, b) > (x, y), spelled out so that mixed types work on both databases."""
    ways = []
    for index, key in enumerate(keys):
        equal = [keys[i] == values[i] for i in range(index)]
        ways.append(and_(*equal, key < values[index] if downward else key > values[index]))
    return or_(*ways)


def _encode(back: bool, row: Row[Any], count: int) -> str:
    values = [_plain(value) for value in tuple(row)[-count:]]
    return base64.urlsafe_b64encode(json.dumps([back, values]).encode()).decode().rstrip("=")


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | float | str) else {"iso": value.isoformat()}


def _decode(cursor: str | None, keys: Sequence[ColumnElement[Any]]) -> tuple[bool, list[Any] | None]:
    if not cursor:
        return False, None
    try:
        back, packed = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        values = [_value(part, _kind(key)) for part, key in zip(packed, keys, strict=True)]
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return False, None
    return (back, values) if isinstance(back, bool) else (False, None)


def _kind(key: ColumnElement[Any]) -> type[Any]:
    """The Python type of a sort column."""
    stored = key.type.impl_instance if isinstance(key.type, TypeDecorator) else key.type
    return stored.python_type


def _value(packed: Any, kind: type[Any]) -> Any:
    """A packed value, if it is of the sort column's kind. Raises ValueError or TypeError otherwise."""
    if issubclass(kind, date):
        at = kind.fromisoformat(packed["iso"])
        if not isinstance(at, datetime):
            return at
        if at.tzinfo is None:
            raise ValueError("an instant needs a zone")
        # Here, where a year before the first one is still no more than a broken cursor.
        return at.astimezone(UTC)
    if isinstance(packed, bool) or not isinstance(packed, int if kind is int else kind):
        raise TypeError(kind)
    if isinstance(packed, int) and not -(2**63) <= packed < 2**63:
        raise ValueError(packed)
    if isinstance(packed, str):
        if "\x00" in packed:
            raise ValueError("NUL")
        # Half a surrogate pair, which JSON can say, is no text for a database.
        packed.encode()
    return packed
