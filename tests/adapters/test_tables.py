"""Hostile and honest files: encodings, commas, formulas, bombs, dimensions that lie."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from placement.adapters.spreadsheet import Sheet, separated, workbook
from placement.adapters.tables import INSIDE, LARGEST, LONGEST, MOST_COLUMNS, MOST_ROWS, Problem, Unfit, read_table


def book(*rows: list[object]) -> bytes:
    made, target = Workbook(), BytesIO()
    for row in rows:
        made.active.append(row)  # type: ignore[union-attr]
    made.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        "Name;Ort\r\nJürgen;Köln\r\n".encode("utf-8-sig"), "Name,Ort\nJürgen,Köln\n".encode(),
        "Name\tOrt\nJürgen\tKöln".encode("cp1252"), "Name;Ort\nJürgen;Köln".encode("utf-16"),
    ],
)  # fmt: skip
def test_encodings_and_delimiters(content: bytes) -> None:
    found = read_table(content)
    assert (found.header, found.rows) == (("Name", "Ort"), (("Jürgen", "Köln"),))


def test_cells_of_a_workbook_read_as_people_type_them() -> None:
    found = read_table(book(["A", "B", "C", "D"], [3.0, 3.5, date(2026, 11, 23), True], [None, None, None, None], [1]))
    assert found.rows == (("3", "3.5", "2026-11-23", "yes"), ("", "", "", ""), ("1", "", "", ""))


def test_a_formula_is_not_run_and_has_no_value_here() -> None:
    assert read_table(book(["A", "B"], ["=1+1", "x"])).rows == (("", "x"),)


def test_what_we_took_out_comes_in_again() -> None:
    sheet = Sheet("People", ["Name", "Phone"], [["Ida", "+49 30 1"], ["=Uwe", "-"]])
    for content in (workbook([sheet]), separated(sheet), separated(sheet, comma=True)):
        assert read_table(content).rows == (("Ida", "+49 30 1"), ("=Uwe", "-"))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", Problem.EMPTY), (b"Name\n", Problem.EMPTY), (b"\n\n", Problem.EMPTY),
        (b"a\x00b", Problem.UNREADABLE), (b"PK\x03\x04nonsense", Problem.UNREADABLE),
        (b"a" * (LARGEST + 1), Problem.TOO_LARGE),
        (b"A\n" + b"x\n" * (MOST_ROWS + 1), Problem.TOO_MANY_ROWS),
        (b",".join([b"x"] * (MOST_COLUMNS + 1)) + b"\n1", Problem.TOO_MANY_COLUMNS),
    ],
)  # fmt: skip
def test_what_is_not_taken(content: bytes, problem: Problem) -> None:
    with pytest.raises(Unfit) as error:
        read_table(content)
    assert error.value.problem is problem


def test_bombs_are_seen_before_they_are_unpacked() -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(3):
            packed.writestr(f"xl/{number}.xml", b"\0" * (60 * 1024 * 1024))
    assert len(target.getvalue()) < LARGEST
    many = BytesIO()
    with zipfile.ZipFile(many, "w") as packed:
        for number in range(INSIDE + 1):
            packed.writestr(f"{number}", b"")
    for content in (target.getvalue(), many.getvalue()):
        with pytest.raises(Unfit) as error:
            read_table(content)
        assert error.value.problem is Problem.TOO_LARGE


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/worksheets/sheet1.xml", b'<dimension ref="A1:B2"', b'<dimension ref="A1:XFD1048576"'),
        ("xl/worksheets/sheet1.xml", b'<dimension ref="A1:B2"', b'<dimension ref="A1"'),
    ],
)
def test_dimensions_may_lie(part: str, old: bytes, new: bytes) -> None:
    target = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(book(["A", "B"], ["x", "y"]))) as honest,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for name in honest.namelist():
            content = honest.read(name)
            assert name != part or old in content
            packed.writestr(name, content.replace(old, new) if name == part else content)
    assert read_table(target.getvalue()).rows == (("x", "y"),)


def test_entities_are_not_expanded() -> None:
    evil = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    target = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(book(["A"], ["x"]))) as honest,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for name in honest.namelist():
            content = honest.read(name)
            packed.writestr(name, evil + content if name.startswith("xl/w") else content)
    with pytest.raises(Unfit) as error:
        read_table(target.getvalue())
    assert error.value.problem is Problem.UNREADABLE


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_unfit(content: bytes) -> None:
    try:
        found = read_table(content)
    except Unfit:
        return
    assert all(len(row) == len(found.header) for row in found.rows)
    assert all("\x00" not in cell and len(cell) <= LONGEST for row in found.rows for cell in row)
