from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.adapters.cipher import AesGcm, SealBroken
from placement.domain.sealed import Place

OLD, NEW = "o" * 40, "n" * 40
HERE = Place("session_note", "text_sealed", "abc")


@given(st.text())
def test_what_is_sealed_opens_again_and_cannot_be_read(text: str) -> None:
    cipher = AesGcm([NEW])
    sealed = cipher.seal(text, HERE)
    assert cipher.open(sealed, HERE) == text
    assert len(text) < 8 or text.encode() not in sealed
    assert cipher.seal(text, HERE) != sealed


@pytest.mark.parametrize(
    "elsewhere",
    [
        Place("session_note", "text_sealed", "abd"),
        Place("session_note", "helped_sealed", "abc"),
        Place("diary_entry", "text_sealed", "abc"),
    ],
)
def test_a_seal_that_was_moved_does_not_open(elsewhere: Place) -> None:
    cipher = AesGcm([NEW])
    with pytest.raises(SealBroken):
        cipher.open(cipher.seal("I was afraid", HERE), elsewhere)


@given(st.data())
def test_a_changed_seal_does_not_open(data: st.DataObject) -> None:
    cipher = AesGcm([NEW])
    sealed = bytearray(cipher.seal("I was afraid", HERE))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(SealBroken):
        cipher.open(bytes(sealed), HERE)


@pytest.mark.parametrize("length", range(20))
def test_a_seal_cut_short_does_not_open(length: int) -> None:
    cipher = AesGcm([NEW])
    with pytest.raises(SealBroken):
        cipher.open(cipher.seal("I was afraid", HERE)[:length], HERE)


def test_old_keys_open_and_the_newest_seals() -> None:
    before = AesGcm([OLD]).seal("still here", HERE)
    both = AesGcm([NEW, OLD])
    assert both.open(before, HERE) == "still here"
    assert not both.is_current(before)
    after = both.seal(both.open(before, HERE), HERE)
    assert both.is_current(after)
    assert AesGcm([NEW]).open(after, HERE) == "still here"
    with pytest.raises(SealBroken):
        AesGcm([NEW]).open(before, HERE)


def test_a_key_is_needed() -> None:
    with pytest.raises(ValueError, match="key"):
        AesGcm([])
