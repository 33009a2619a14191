"""What holds for fear told from 0 to 100, whatever was told and whatever was skipped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.domain.errors import Refused
from placement.domain.exposures import (
    AFTERWARDS,
    AHEAD,
    LONGEST_MINUTES,
    LONGEST_STEP,
    LONGEST_WORDS,
    Told,
    TryWords,
    change_between,
    change_within,
    ensure_day,
    ensure_step,
    ensure_told,
    expectancy_violation,
    pack_words,
    unpack_words,
    violation_words,
)

FEAR = st.integers(0, 100)
MAYBE = st.none() | FEAR
TODAY = date(2026, 11, 23)


@given(FEAR, FEAR, FEAR)
def test_from_expected_to_the_end_is_both_steps_together(predicted: int, peak: int, at_end: int) -> None:
    told = Told(predicted, peak, at_end)
    violation, within = expectancy_violation(told), change_within(told)
    assert violation is not None
    assert within is not None
    assert violation + within == predicted - at_end
    assert -100 <= violation <= 100
    assert expectancy_violation(Told(peak, predicted)) == -violation


@given(MAYBE, MAYBE, MAYBE)
def test_what_was_skipped_is_not_reckoned_with(predicted: int | None, peak: int | None, at_end: int | None) -> None:
    told = Told(predicted, peak, at_end)
    assert (expectancy_violation(told) is None) == (None in (predicted, peak))
    assert (change_within(told) is None) == (None in (peak, at_end))
    assert (violation_words(told) is None) == (None in (predicted, peak))


@given(st.lists(MAYBE, max_size=12))
def test_change_between_is_the_first_end_less_the_last(ends: list[int | None]) -> None:
    tries = [Told(at_end=end) for end in ends]
    known = [end for end in ends if end is not None]
    found = change_between(tries)
    assert found == (known[0] - known[-1] if len(known) > 1 else None)
    assert change_between([Told(), *tries, Told()]) == found
    backwards = change_between(tries[::-1])
    assert backwards == (None if found is None else -found)


@given(st.lists(FEAR, min_size=3, max_size=12), st.data())
def test_change_between_adds_up_over_any_part(ends: list[int], data: st.DataObject) -> None:
    tries = [Told(at_end=end) for end in ends]
    cut = data.draw(st.integers(1, len(ends) - 2))
    before, after = change_between(tries[: cut + 1]), change_between(tries[cut:])
    assert before is not None
    assert after is not None
    assert change_between(tries) == before + after


@given(FEAR, FEAR)
def test_the_sentence_says_which_was_more(predicted: int, peak: int) -> None:
    words = violation_words(Told(predicted, peak))
    assert words is not None
    expected = {True: "as expected", predicted > peak: "less than", predicted < peak: "more than"}[True]
    assert expected in words.msgid
    assert words.params.get("points", 0) == abs(predicted - peak)


@given(st.builds(TryWords, safety=st.text(max_size=60), learned=st.text(max_size=60)))
def test_words_come_back_as_they_were_packed(words: TryWords) -> None:
    assert unpack_words(pack_words(words)) == words


@given(MAYBE, MAYBE, MAYBE, st.none() | st.integers(0, LONGEST_MINUTES))
def test_whatever_can_be_is_taken(
    predicted: int | None, peak: int | None, at_end: int | None, minutes: int | None
) -> None:  # fmt: skip
    told = Told(predicted, peak, at_end)
    if peak is not None and at_end is not None and at_end > peak:
        with pytest.raises(Refused) as refused:
            ensure_told(told, minutes, TryWords())
        assert refused.value.field == "peak"
    else:
        ensure_told(told, minutes, TryWords())


@pytest.mark.parametrize("field", ["predicted", "peak", "at_end"])
@pytest.mark.parametrize("value", [-1, 101])
def test_other_numbers_are_refused_at_their_field(field: str, value: int) -> None:
    with pytest.raises(Refused) as refused:
        ensure_told(replace(Told(), **{field: value}), None, TryWords())
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("minutes", "words", "field"),
    [
        (LONGEST_MINUTES + 1, TryWords(), "minutes"),
        (-1, TryWords(), "minutes"),
        (None, TryWords(safety="x" * (LONGEST_WORDS + 1)), "safety"),
        (None, TryWords(learned="x" * (LONGEST_WORDS + 1)), "learned"),
    ],
)
def test_too_long(minutes: int | None, words: TryWords, field: str) -> None:
    with pytest.raises(Refused) as refused:
        ensure_told(Told(), minutes, words)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("text", "expected", "field"), [("", 5, "text"), ("x" * (LONGEST_STEP + 1), 5, "text"), ("x", 101, "expected")]
)
def test_steps_that_are_none(text: str, expected: int, field: str) -> None:
    with pytest.raises(Refused) as refused:
        ensure_step(text, expected)
    assert refused.value.field == field


def test_days_near_enough() -> None:
    ensure_day(TODAY - AFTERWARDS, TODAY)
    ensure_day(TODAY + AHEAD, TODAY)
    for day in (TODAY - AFTERWARDS - timedelta(days=1), TODAY + AHEAD + timedelta(days=1)):
        with pytest.raises(Refused):
            ensure_day(day, TODAY)
