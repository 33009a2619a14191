"""Help lines, the password blocklist and the mapping to O*NET."""

from __future__ import annotations

import csv
import re

import pytest

from placement.catalog import read
from tests.trial import trial_file


@pytest.mark.parametrize("country", ["DE", "AT", "CH", "US", "GB"])
def test_every_country_has_an_emergency_number_first_and_a_crisis_line(country: str) -> None:
    kinds = [line.kind for line in read.help_lines(country)]
    assert kinds[0] == "emergency"
    assert "crisis" in kinds
    assert set(kinds) == {"emergency", "crisis"}
    assert kinds == sorted(kinds, reverse=True), "emergency first"


def test_numbers_are_the_public_ones() -> None:
    numbers = {(line.country, line.number) for c in read.help_countries() for line in read.help_lines(c)}
    assert {
        ("DE", "112"),
        ("DE", "0800 1110111"),
        ("AT", "142"),
        ("CH", "143"),
        ("US", "911"),
        ("US", "988"),
        ("GB", "999"),
        ("GB", "116 123"),
    } <= numbers


def test_what_is_dialed_is_what_is_read() -> None:
    for country in read.help_countries():
        for line in read.help_lines(country):
            assert line.dial == re.sub(r"\D", "", line.number)


def test_a_country_is_found_in_any_case_and_an_unknown_one_has_none() -> None:
    assert read.help_lines("de") == read.help_lines("DE") != ()
    assert read.help_lines("XX") == ()


def test_the_blocklist_is_long_and_holds_no_short_word() -> None:
    blocked = read.password_blocklist()
    assert len(blocked) >= 300
    assert min(map(len, blocked)) >= 8
    # A password has at least 15 characters, so these are the ones that count.
    assert sum(len(entry) >= 15 for entry in blocked) >= 300
    assert all(entry == entry.casefold() for entry in blocked)


@pytest.mark.parametrize(
    "password",
    ["PasswordPassword", "passwortpasswort", "123456789012345", "qwertyuiopasdfghjkl", "placementplacement"],
)
def test_the_blocklist_knows_the_usual_long_passwords(password: str) -> None:
    assert password.casefold() in read.password_blocklist()


def test_an_ordinary_passphrase_is_free() -> None:
    assert "teal lantern crosses nine rivers" not in read.password_blocklist()


def test_the_mapping_names_known_traits_and_no_element_twice() -> None:
    mapping = read.onet_mapping()
    assert set(mapping) <= {trait.key for trait in read.traits()}
    elements = [element for row in mapping.values() for element in row]
    assert len(elements) == len(set(elements))
    assert all(mapping.values())


def test_the_mapping_names_real_elements() -> None:
    real: set[str] = set()
    for name in ("onet_skills.csv", "onet_work_styles.csv"):
        with trial_file(name).open(encoding="utf-8", newline="") as file:
            real |= {row["Element ID"] for row in csv.DictReader(file)}
    assert {element for row in read.onet_mapping().values() for element in row} <= real


def test_readers_read_once() -> None:
    assert read.tasks() is read.tasks()
    assert read.scale() is read.scale()
    assert read.password_blocklist() is read.password_blocklist()
