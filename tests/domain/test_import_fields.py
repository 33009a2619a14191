"""What is wrong with a row: named by row and column, and exactly that."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.domain.import_fields import FIELDS, ImportKind, check, day_of, guess, identity, number_of

PEOPLE = ImportKind.PARTICIPANTS
HEADER = ("Vorname", "Nachname", "E-Mail", "Wochenstunden", "Zugewiesen am")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3), ("3,5", 3.5), ("3.5", 3.5), ("1.234,5", 1234.5), ("1,234.5", 1234.5), ("12\u00a0000", 12000),
        ("viel", None), ("1e5", None), ("", None), ("--1", None), ("1,2,3", None), ("٣", None),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(text: str, number: float | None) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-23", date(2026, 11, 23)), ("23.11.2026", date(2026, 11, 23)), ("3.1.2026", date(2026, 1, 3)),
        ("2026-11-23 00:00", date(2026, 11, 23)), ("3/4/2026", None), ("31.2.2026", None), ("morgen", None),
        ("0001-01-01", None), ("", None),
    ],
)  # fmt: skip
def test_days(text: str, day: date | None) -> None:
    assert day_of(text) == day


def test_columns_are_guessed_in_both_languages() -> None:
    assert guess(PEOPLE, HEADER) == {
        "preferred_name": 0, "family_name": 1, "email": 2, "weekly_hours_limit": 3, "referred_on": 4,
    }  # fmt: skip
    assert guess(PEOPLE, ("First Name", "last_name", "x")) == {"preferred_name": 0, "family_name": 1}
    assert guess(ImportKind.EMPLOYERS, ("Firma", "Straße", "PLZ", "Ort")) == {
        "name": 0, "street": 1, "postcode": 2, "city": 3,
    }  # fmt: skip


def test_ten_thousand_rows_with_two_hundred_planted_faults() -> None:
    """Exactly those are told, by row and column."""
    chance = Random(7)
    rows = [[f"Ida{n}", f"Sand{n}", f"ida{n}@mail.example", "12,5", "23.11.2026"] for n in range(10_000)]
    planted: set[tuple[int, str]] = set()
    for at in chance.sample(range(1, 10_000), 200):
        column = chance.randrange(5)
        if column == 1:
            # The same person as in the row before everything.
            rows[at][0], rows[at][1] = rows[0][0], rows[0][1]
            planted.add((at + 2, "Vorname"))
        else:
            rows[at][column] = {0: "", 2: "no address", 3: "viel", 4: "31.2.2026"}[column]
            planted.add((at + 2, HEADER[column]))
    found = check(PEOPLE, HEADER, rows, guess(PEOPLE, HEADER))
    assert {(fault.row, fault.column) for fault in found.faults} == planted
    assert len(found.faults) == len(planted) == 200
    assert len(found.good) == 9_800


def test_what_is_there_is_not_added_again() -> None:
    known = frozenset({identity(PEOPLE, {"preferred_name": "IDA", "family_name": "Sänd"})})
    rows = [["Ida", "Sand"], [], ["", ""]]
    found = check(PEOPLE, ("Vorname", "Nachname"), rows, {"preferred_name": 0, "family_name": 1}, known)
    assert [fault.row for fault in found.faults] == [2]
    assert found.good == {}


CELLS = st.text(max_size=12)


@given(st.sampled_from(ImportKind), st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=12))
def test_every_row_is_good_faulty_or_empty(kind: ImportKind, rows: list[list[str]]) -> None:
    mapping = {field.key: at for at, field in enumerate(FIELDS[kind][:3])}
    found = check(kind, ("a", "b", "c"), rows, mapping)
    told = {fault.row for fault in found.faults}
    assert not told & set(found.good)
    assert told | set(found.good) == {number for number, row in enumerate(rows, start=2) if any(row)}
