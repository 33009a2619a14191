"""Ordered rows in a form, edited without script: every button sends the form, the page comes back rearranged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import request

from placement.web.forms import whole_number

#: Rows are read up to here; more were never offered.
MOST = 60
Row = dict[str, str]


def read_rows(prefix: str, fields: Sequence[str], most: int = MOST) -> list[Row]:
    """The first rows of the posted form, ``<prefix>-<number>-<field>``, empty ones left out."""
    rows = []
    for number in range(most):
        row = {field: request.form.get(f"{prefix}-{number}-{field}", "").strip() for field in fields}
        if any(text for field, text in row.items() if field != "id"):
            rows.append(row)
    return rows


def change_asked() -> str:
    """Which of the rows' buttons was pressed: up-2, down-2, drop-2, add or nothing."""
    return request.form.get("change", "")


def rearranged(rows: list[Row], change: str) -> list[Row]:
    """The rows after a button."""
    verb, _, text = change.partition("-")
    at = whole_number(text)
    if at is None or at >= len(rows):
        return rows
    rows = list(rows)
    if verb == "drop":
        del rows[at]
    elif verb in ("up", "down"):
        to = at - 1 if verb == "up" else at + 1
        if 0 <= to < len(rows):
            rows[at], rows[to] = rows[to], rows[at]
    return rows


def with_blank(rows: Sequence[Mapping[str, str]], fields: Sequence[str], blanks: int = 1) -> list[Mapping[str, str]]:
    """The rows, and empty ones to write into."""
    return [*rows, *(dict.fromkeys(fields, "") for _ in range(blanks))]
