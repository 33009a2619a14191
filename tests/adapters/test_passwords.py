"""Passwords: argon2id, and the same work for known and unknown accounts."""

from __future__ import annotations

import unicodedata
from typing import Literal

import pytest

from placement.adapters import passwords
from placement.adapters.passwords import Passwords


@pytest.fixture
def cheap() -> Passwords:
    return Passwords("cheap")


def test_a_password_fits_its_hash_and_no_other(cheap: Passwords) -> None:
    hashed = cheap.hash("seventeen quiet geese")
    assert hashed.startswith("$argon2id$")
    assert cheap.verify(hashed, "seventeen quiet geese")
    assert not cheap.verify(hashed, "seventeen quiet goose")


def test_two_hashes_of_one_password_differ(cheap: Passwords) -> None:
    assert cheap.hash("the same again, twice") != cheap.hash("the same again, twice")


def test_the_way_an_umlaut_is_typed_does_not_matter(cheap: Passwords) -> None:
    hashed = cheap.hash(unicodedata.normalize("NFD", "Grünkohl im März"))
    assert cheap.verify(hashed, unicodedata.normalize("NFC", "Grünkohl im März"))


@pytest.mark.parametrize("hashed", [None, "", "plain text", "$argon2id$v=19$broken", "$2b$12$abcdefghijklmnopqrstuv"])
def test_without_a_usable_hash_nobody_comes_in(cheap: Passwords, hashed: str | None) -> None:
    assert not cheap.verify(hashed, "seventeen quiet geese")


@pytest.mark.parametrize("hashed", [None, "damaged"])
def test_an_unknown_account_costs_a_full_check(hashed: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []

    class Counting(passwords.PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
            checked.append(str(hash))
            return super().verify(hash, password)

    monkeypatch.setattr(passwords, "PasswordHasher", Counting)
    hasher = Passwords("cheap")
    hasher.verify(hashed, "seventeen quiet geese")
    # The last one checked is a real hash of the same cost, not an early way out.
    assert checked[-1].split("$")[:4] == hasher.hash("any other password").split("$")[:4]


def test_the_normal_profile_costs_what_rfc_9106_recommends() -> None:
    hashed = Passwords("normal").hash("seventeen quiet geese")
    assert "$m=65536,t=3,p=4$" in hashed


def test_a_hash_made_with_other_settings_is_made_again(cheap: Passwords) -> None:
    hashed = cheap.hash("seventeen quiet geese")
    normal = Passwords("normal")
    assert not cheap.needs_rehash(hashed)
    assert normal.needs_rehash(hashed)
    assert normal.verify(hashed, "seventeen quiet geese")
    assert normal.needs_rehash("damaged")


def test_an_unknown_profile_is_refused() -> None:
    with pytest.raises(ValueError, match="profile"):
        Passwords("fast")  # type: ignore[arg-type]
