from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from placement.adapters.spreadsheet import Sheet, Value, harmless, separated, workbook

NS = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def read(data: bytes) -> dict[str, list[list[Value]]]:
    """Sheet name → rows, read from the file's own XML."""
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        shared = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
        texts = ["".join(part.text or "" for part in item.iter(f"{{{NS['s']}}}t")) for item in shared]
        names = [sheet.attrib["name"] for sheet in book.findall("s:sheets/s:sheet", NS)]
        return {name: _rows(archive.read(f"xl/worksheets/sheet{k}.xml"), texts) for k, name in enumerate(names, 1)}


def _rows(xml: bytes, texts: list[str]) -> list[list[Value]]:
    sheet = ElementTree.fromstring(xml)
    assert sheet.findall(".//s:f", NS) == [], "no formulas"
    assert sheet.findall(".//s:hyperlink", NS) == [], "no links"
    found = []
    for row in sheet.iterfind("s:sheetData/s:row", NS):
        cells: list[Value] = []
        for cell in row:
            value = cell.findtext("s:v", None, NS)
            if value is not None:
                cells.append(texts[int(value)] if cell.get("t") == "s" else float(value))
        found.append(cells)
    return found


def test_numbers_stay_numbers_and_texts_texts() -> None:
    rows: list[list[Value]] = [["Ana", 87.5, 3], ["007", 0, None]]
    found = read(workbook([Sheet("Pairs", ["Name", "Fit", "Moves"], rows), Sheet("Not placed", ["Name"], [])]))
    assert found == {"Pairs": [["Name", "Fit", "Moves"], ["Ana", 87.5, 3.0], ["007", 0.0]], "Not placed": [["Name"]]}


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_nothing_is_taken_for_a_formula(text: str) -> None:
    [cells] = read(workbook([Sheet("A", ["x"], [[text]])]))["A"][1:]
    assert str(cells[0]).startswith("'")
    assert re.sub(r"\s", "", str(cells[0])) == "'" + re.sub(r"\s", "", text)


def test_an_address_is_no_link_and_control_characters_go() -> None:
    assert harmless("https://example.org") == "https://example.org"
    assert harmless("a\x00b\x1bc\nd") == "abc\nd"
    assert read(workbook([Sheet("A", ["x"], [["https://example.org"]])]))["A"][1] == ["https://example.org"]


def test_a_far_too_long_text_is_cut() -> None:
    assert len(harmless("=" + "x" * 40_000)) == 32_767
    read(workbook([Sheet("A", ["x"], [["x" * 40_000]])]))


@pytest.mark.parametrize("name", ["", "'", "a/b:c", "x" * 40, "[]"])
def test_any_name_makes_a_sheet(name: str) -> None:
    assert len(read(workbook([Sheet(name, ["x"], [])]))) == 1


@pytest.mark.parametrize("text", ["\x01=1+1", "\n=1", "＝1+1", "＠SUM(A1)"])
def test_a_sign_that_hides_is_found(text: str) -> None:
    assert harmless(text).startswith("'")


@pytest.mark.parametrize(("comma", "between", "number"), [(False, ",", "87.5"), (True, ";", "87,5")])
def test_a_plain_table_reads_back_as_it_was(comma: bool, between: str, number: str) -> None:
    rows: list[list[Value]] = [['Jürgen; "Jo", jr.', 87.5, None], ["=1+1\nB", 3, "+49 30"]]
    data = separated(Sheet("A", ["Name", "Fit", "-x"], rows), comma)
    assert data.startswith(b"\xef\xbb\xbf")
    found = list(csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), delimiter=between))
    assert found == [["Name", "Fit", "'-x"], ['Jürgen; "Jo", jr.', number, ""], ["'=1+1\nB", "3", "'+49 30"]]
