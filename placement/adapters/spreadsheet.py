"""Files for other people's spreadsheet programs: plain text and plain numbers, never a formula or a link."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

Value = str | int | float | None

#: What spreadsheet programs take for the start of a formula, also after the file was saved as CSV. The wide signs are
#: read like the narrow ones where people write with them.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}
#: Most characters of a cell, and of a sheet's name.
_LONGEST, _LONGEST_NAME = 32_767, 31
_NOT_IN_A_NAME = str.maketrans("[]:*?/\\", "       ")
_WIDEST = 60


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, its column headings, and rows as long as the headings."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Value]]


def workbook(sheets: Sequence[Sheet], title: str = "") -> bytes:
    """An XLSX file. Texts that a program could take for a formula get an apostrophe in front (CWE-1236)."""
    target = BytesIO()
    with Workbook(target, _OPTIONS) as book:
        book.set_properties({"title": harmless(title)})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for number, sheet in enumerate(sheets, start=1):
            _fill(book.add_worksheet(_sheet_name(sheet.name, number)), sheet, bold, wrapped)
    return target.getvalue()


def separated(sheet: Sheet, comma: bool = False) -> bytes:
    """A CSV file (RFC 4180) in UTF-8 with its mark, so that programs read the letters right.

    ``comma``: decimal commas, and so semicolons between the cells, as programs set to such a language expect.
    """
    target = StringIO(newline="")
    writer = csv.writer(target, delimiter=";" if comma else ",", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([harmless(text) for text in sheet.columns])
    writer.writerows([[_cell(value, comma) for value in row] for row in sheet.rows])
    return target.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """The text as it may stand in a cell."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(char for char in lines if char in "\t\n" or char >= " ")[: _LONGEST - 1]
    # Also looked at without what was dropped: it may have hidden the sign.
    return f"'{kept}" if text.startswith(_FORMULA) or kept.startswith(_FORMULA) else kept


def _fill(page: Worksheet, sheet: Sheet, bold: Any, wrapped: Any) -> None:
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    for at, text in enumerate(sheet.columns):
        page.write_string(0, at, harmless(text), bold)
        longest = max((len(_shown(row[at])) for row in sheet.rows), default=0)
        page.set_column(at, at, min(_WIDEST, max(10, len(text), longest) + 2))
    for number, row in enumerate(sheet.rows, start=1):
        for at, value in enumerate(row):
            if isinstance(value, str):
                page.write_string(number, at, harmless(value), wrapped)
            elif value is not None:
                page.write_number(number, at, value, wrapped)
    if sheet.rows and sheet.columns:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)


def _cell(value: Value, comma: bool) -> str:
    if isinstance(value, str):
        return harmless(value)
    return _shown(value).replace(".", ",") if comma else _shown(value)


def _shown(value: Value) -> str:
    return "" if value is None else str(value)


def _sheet_name(text: str, number: int) -> str:
    """As programs accept it: 31 characters, none of ``[]:*?/\\``, no apostrophe at the ends; never empty."""
    plain = text.translate(_NOT_IN_A_NAME).strip().strip("'")[:_LONGEST_NAME].strip()
    return plain or str(number)
