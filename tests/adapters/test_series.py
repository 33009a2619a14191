"""Series of ratings as other people write them."""

from __future__ import annotations

from datetime import date

import pytest

from placement.adapters.series import BadRow, SeriesRow, number, read_series

PLAIN = "case,phase,time,value\nAda,A,1,20.5\nAda,A,2,\nAda,B,3,30\n"
ROWS = [SeriesRow(2, "Ada", "A", 1.0, "20.5"), SeriesRow(3, "Ada", "A", 2.0, ""), SeriesRow(4, "Ada", "B", 3.0, "30")]


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        "\ufeff" + PLAIN,
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace("\n", "\r"),
        PLAIN.replace(",", "\t"),
        PLAIN.replace("case,", " CASE ,").replace("\n\n", "\n"),
        PLAIN.replace("case,phase,time,value", "Fall,Bedingung,Zeit,Wert"),
        PLAIN.replace("2,\n", "2,NA\n"),
        PLAIN + "\n\n",
    ],
)
def test_the_same_table_in_many_clothes(text: str) -> None:
    assert list(read_series(text.encode())) == ROWS


def test_decimal_commas_days_and_chosen_columns() -> None:
    text = 'wer;wann;wie;wie viel\r\nAda;2.3.2026;A;"20,5"\r\nAda;2026-03-04;B;85 %\r\n'
    columns = {"case": "wer", "time": "wann", "phase": "wie", "value": "wie viel"}
    found = list(read_series(text.encode("utf-8-sig"), columns))
    assert found == [
        SeriesRow(2, "Ada", "A", date(2026, 3, 2), "20,5"),
        SeriesRow(3, "Ada", "B", date(2026, 3, 4), "85 %"),
    ]
    assert [number(row.value) for row in found if isinstance(row, SeriesRow)] == [20.5, 85.0]


def test_rows_are_kept_by_another_column() -> None:
    text = "measure,time,value\nfear,1,9\nmood,1,2\nfear,2,8\n"
    found = list(read_series(text.encode(), where={"measure": "fear"}))
    assert [row.value for row in found if isinstance(row, SeriesRow)] == ["9", "8"]


@pytest.mark.parametrize(
    ("text", "columns", "words"),
    [
        ("case,phase,time\n", {}, "no column is known as value"),
        ("time,value,value\n", {}, "the column value is there twice"),
        ("time,value\n", {"value": "rating"}, "the column rating is missing. There are: time, value"),
        ("time,value\n", {"worth": "value"}, "worth is none of case, phase, time, value"),
        ("", {}, "no column is known as time"),
    ],
)
def test_a_file_that_is_no_series(text: str, columns: dict[str, str], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        list(read_series(text.encode(), columns))


def test_bad_rows_are_named_by_line_and_column() -> None:
    text = 'time,value\nsoon,1\n31.2.2026,1\n3\n4,"open\n5,1\n'
    found = list(read_series(text.encode()))
    assert [row for row in found if isinstance(row, BadRow)] == [
        BadRow(2, "column time: 'soon' is no number and no day"),
        BadRow(3, "column time: '31.2.2026' is no number and no day"),
        BadRow(4, "1 cells instead of 2"),
        BadRow(5, "a quote is not closed"),
    ]
    assert [row.line for row in found if isinstance(row, SeriesRow)] == [6]


@pytest.mark.parametrize("text", ["", "x", "1.2.3", "inf", "nan", "1e999", "²", "1_000", "١"])
def test_what_is_no_number(text: str) -> None:
    assert number(text) is None
