from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.domain.trend import (
    ThenNow,
    Trend,
    change_sentence,
    change_sentence_for_staff,
    then_and_now,
    trend_words,
)

FIRST_MONDAY = date(2026, 8, 31)


def monday(week: int) -> date:
    return FIRST_MONDAY + timedelta(weeks=week)


def test_every_verdict_has_a_tag() -> None:
    assert len({trend_words(trend).msgid for trend in Trend}) == len(Trend)
    assert trend_words(Trend.NEEDS_MORE_HELP).msgid == "needs more help again"


def test_then_and_now_count_the_same_tasks() -> None:
    weeks = {
        1: {monday(4): 6.0, monday(6): 6.0, monday(11): 6.0},
        2: {monday(5): 4.0, monday(10): 6.0},
        3: {monday(6): 5.5, monday(11): 5.5},
        4: {monday(11): 6.0},
        5: {monday(5): 6.0},
        6: {monday(5): 4.0, monday(7): 6.0},
    }
    assert then_and_now(weeks) == ThenNow(3, alone_then=1, alone_now=2, then_day=monday(6), less_help=1)


def test_each_task_speaks_with_its_latest_week_of_the_period() -> None:
    weeks = {1: {monday(3): 6.0, monday(5): 4.0, monday(9): 4.0, monday(11): 6.0}}
    assert then_and_now(weeks) == ThenNow(1, 0, 1, monday(5))


def test_a_short_history_is_compared_with_its_start() -> None:
    weeks = {1: {monday(0): 3.0, monday(3): 6.0}, 2: {monday(1): 6.0, monday(2): 6.0}}
    assert then_and_now(weeks) == ThenNow(2, 1, 2, monday(1), at_start=True, less_help=1)


@pytest.mark.parametrize(
    "weeks",
    [
        {},
        {1: {}},
        {1: {monday(0): 3.0, monday(2): 6.0}},
        {1: {monday(0): 3.0}, 2: {monday(9): 6.0}},
    ],
)
def test_too_little_to_compare(weeks: dict[int, dict[date, float]]) -> None:
    assert then_and_now(weeks) is None


tables = st.dictionaries(
    st.integers(1, 5),
    st.dictionaries(st.integers(0, 30).map(monday), st.sampled_from([2.0, 4.5, 5.5, 6.0]), max_size=12),
    max_size=5,
)


@given(tables)
def test_the_numbers_stay_within_the_tasks(weeks: dict[int, dict[date, float]]) -> None:
    change = then_and_now(weeks)
    if change is not None:
        assert 1 <= change.tasks <= len(weeks)
        assert 0 <= change.alone_then <= change.tasks
        assert 0 <= change.alone_now <= change.tasks
        assert change.then_day < max(week for medians in weeks.values() for week in medians)


def english(change: ThenNow | None, shifts: int = 0) -> str:
    words = change_sentence(change, shifts)
    params = {name: value.msgid if name == "when" else value for name, value in words.params.items()}
    return (words.msgid if words.plural is None or params["n"] == 1 else words.plural) % params


OCTOBER = date(2026, 10, 12)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (ThenNow(10, 4, 7, OCTOBER), "You now do 7 of 10 tasks alone. In October it was 4."),
        (ThenNow(10, 0, 1, OCTOBER, at_start=True), "You now do 1 of 10 tasks alone. At the start it was 0."),
        (ThenNow(10, 4, 4, OCTOBER), "You do 4 of 10 tasks alone, as many as before."),
        (ThenNow(10, 10, 10, OCTOBER), "You do all 10 tasks alone, as before."),
        (ThenNow(10, 0, 0, OCTOBER), "You are practicing 10 tasks."),
        (
            ThenNow(10, 0, 0, OCTOBER, less_help=6),
            "6 of 10 tasks take you less help now. In October it was more.",
        ),
        (ThenNow(2, 2, 2, OCTOBER, less_help=1), "You do all 2 tasks alone, as before."),
        (
            ThenNow(10, 6, 4, OCTOBER),
            "At the moment you do 4 of 10 tasks alone. In October it was 6. Ups and downs are part of it.",
        ),
        (
            ThenNow(5, 1, 0, OCTOBER),
            "At the moment a little help is good. In October you did 1 of 5 tasks alone. Ups and downs are part of it.",
        ),
        (ThenNow(1, 0, 1, OCTOBER), "You now do 1 of 1 task alone. In October it was 0."),
    ],
)
def test_what_changed_in_a_sentence(change: ThenNow, sentence: str) -> None:
    assert english(change) == sentence


def test_too_little_is_said_kindly() -> None:
    assert english(None, 3) == "It is early: 3 shifts so far."
    assert english(None, 1) == "It is early: 1 shift so far."
    assert english(None, 0) == "What changes will show here after the first shifts."
    assert english(None, 40).startswith("40 shifts so far.")


def test_staff_are_not_addressed_as_the_participant() -> None:
    for change in (ThenNow(10, 4, 7, OCTOBER), ThenNow(10, 4, 4, OCTOBER), ThenNow(10, 7, 4, OCTOBER)):
        words = change_sentence_for_staff(change)
        assert "you" not in f"{words.msgid} {words.plural}".lower()
        assert words.params["now"] == change.alone_now


def test_going_to_and_fro_is_no_less_help() -> None:
    """A last week that happened to be better than a week before must not be told as change."""
    weeks = {1: {OCTOBER + timedelta(weeks=nth): 3.0 + nth % 2 for nth in range(-4, 5)}}
    found = then_and_now(weeks)
    assert found is not None
    assert found.less_help == 0
    rising = then_and_now({1: {OCTOBER + timedelta(weeks=nth): 3.0 + (nth > 0) for nth in range(-4, 5)}})
    assert rising is not None
    assert rising.less_help == 1
