"""Series by week: the middle of each, gaps as gaps, and only what is offered."""

from __future__ import annotations

from datetime import date

import pytest

from placement.domain.beside import MOST, PERIODS, Choice, SeriesKind, Week, by_week, chosen, first_monday, months_of

MONDAY = date(2026, 3, 2)


def test_a_week_is_its_middle_and_an_empty_one_stays_empty() -> None:
    told = [(date(2026, 3, 2), 10.0), (date(2026, 3, 8), 40.0), (date(2026, 3, 5), 20.0), (date(2026, 3, 16), 5.0)]
    weeks = by_week(told, MONDAY, date(2026, 3, 18))
    assert weeks == (Week(MONDAY, 20.0), Week(date(2026, 3, 9), None), Week(date(2026, 3, 16), 5.0))


def test_what_lies_outside_is_left_out() -> None:
    weeks = by_week([(date(2026, 3, 1), 1.0), (date(2026, 3, 9), 2.0)], MONDAY, date(2026, 3, 8))
    assert weeks == (Week(MONDAY, None),)


@pytest.mark.parametrize("months", PERIODS)
def test_a_period_ends_with_this_week(months: int) -> None:
    today = date(2026, 3, 4)
    assert len(by_week([], first_monday(today, months), today)) == PERIODS[months]


def test_only_what_is_offered_once_each_and_two_at_most() -> None:
    mood, paper = Choice(SeriesKind.MOOD), Choice(SeriesKind.QUESTIONNAIRE, "abc")
    offered = [mood, Choice(SeriesKind.ENERGY), paper]
    assert chosen(["fear-highest", "mood", "mood", "questionnaire.abc"], offered) == (mood, paper)
    assert len(chosen([one.value for one in offered], offered)) == MOST
    assert chosen(["", "questionnaire", "x'"], offered) == ()


@pytest.mark.parametrize(("wanted", "months"), [("3", 3), ("12", 12), (None, 6), ("0", 6), ("1e9", 6)])
def test_another_period_is_the_usual_one(wanted: str | None, months: int) -> None:
    assert months_of(wanted) == months
