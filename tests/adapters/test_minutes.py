"""Tables of travel times as people save them."""

from __future__ import annotations

import pytest

from placement.adapters.minutes import BadRow, MinutesRow, read_minutes


def test_the_plain_table() -> None:
    assert list(read_minutes(b"participant,site,minutes\na,b,25\n\nc,d,0\n")) == [
        MinutesRow(2, "a", "b", 25),
        MinutesRow(4, "c", "d", 0),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffSite;Minutes; Participant \r\nb;12,5;a\r\n",  # a German spreadsheet
        "Filiale\tName\tMinuten\tTeilnehmende\nb\tMarkt\t12.5\ta\n",
        'participant id,"minutes",SITE\n a ,"12,5", b \n',
    ],
)
def test_headers_and_decimal_commas_as_they_come(text: str) -> None:
    assert list(read_minutes(text.encode())) == [MinutesRow(2, "a", "b", 13)]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("a,b,soon", "'soon' is no number"),
        ("a,b,", "'' is no number"),
        ("a,b,-5", "'-5' is no number"),
        ("a,b,1e3", "'1e3' is no number"),
        ("a,b,²", "is no number"),
        ("a,b,1441", "more than a day"),
        ("a,b," + "9" * 400, "more than a day"),
        (",b,5", "participant is empty"),
        ("a, ,5", "site is empty"),
        ("a,b", "2 cells instead of 3"),
        ('a,"b,5', "a quote is not closed"),
    ],
)
def test_a_bad_row_is_named_and_costs_itself_alone(row: str, words: str) -> None:
    bad, good = read_minutes(f"participant,site,minutes\n{row}\nx,y,7\n".encode())
    assert isinstance(bad, BadRow)
    assert bad.line == 2
    assert words in bad.detail
    assert good == MinutesRow(3, "x", "y", 7)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"", "participant is missing"),
        (b"participant,site\n", "minutes is missing"),
        (b"participant,site,shop,minutes\n", "site is there twice"),
        (b"participant;site;minutes\n\xff", "not UTF-8"),
    ],
)
def test_a_file_that_is_no_such_table(text: bytes, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        list(read_minutes(text))
