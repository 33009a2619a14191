"""What rules may ask for, and what another version would change."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from placement.domain.errors import Refused
from placement.domain.milestones import GIVEN, History, Rule, RuleKind, detect
from placement.domain.rules import NUMBERS, TO_CHOOSE, checked_numbers, difference, is_given, kind_words, rule_words
from tests.domain.histories import RULES, SHELVES, at, histories, history, task

TWICE, THRICE = (Rule(n, RuleKind.CONSECUTIVE_TASK, occasions=n) for n in (2, 3))
ALL = {"percent": 90, "occasions": 3, "raters": 2, "amount": 10}


def test_an_easier_version_wins_and_a_harder_one_loses() -> None:
    two = history(task(1), task(2))
    won = difference(two, THRICE, TWICE)
    assert [(found.task, found.day) for found in won.won] == [(SHELVES, at(2).date())]
    assert won.lost == ()
    assert difference(two, TWICE, THRICE).lost == detect(two, [TWICE])
    assert difference(two, None, TWICE).won == detect(two, [TWICE])
    assert difference(two, TWICE, None).lost == detect(two, [TWICE])


@given(histories)
def test_the_same_rule_changes_nothing_whatever_its_number(given_history: History) -> None:
    for rule in RULES:
        found = difference(given_history, rule, replace(rule, id=99))
        assert (found.won, found.lost) == ((), ())


@given(histories)
def test_what_one_wins_the_other_loses(given_history: History) -> None:
    there, back = difference(given_history, TWICE, THRICE), difference(given_history, THRICE, TWICE)
    assert (there.won, there.lost) == (back.lost, back.won)


def test_each_kind_asks_for_its_numbers_alone() -> None:
    assert checked_numbers(RuleKind.HOURS_COMPLETED, ALL) == {"percent": 90, "occasions": 3, "raters": 1, "amount": 10}
    assert checked_numbers(RuleKind.FIRST_WEEK, {}) == {"percent": 90, "occasions": 3, "raters": 1, "amount": 0}


@pytest.mark.parametrize("kind", NUMBERS)
def test_out_of_bounds_is_refused_at_the_number(kind: RuleKind) -> None:
    for name in NUMBERS[kind]:
        for wrong in (None, 0, -1, 10_001):
            with pytest.raises(Refused) as refused:
                checked_numbers(kind, {**ALL, name: wrong})
            assert refused.value.field == name


def test_every_kind_is_put_into_words() -> None:
    assert len({kind_words(kind).msgid for kind in RuleKind}) == len(RuleKind)
    for kind in RuleKind:
        for raters in (1, 2):
            said = rule_words(Rule(1, kind, raters=raters, amount=1))
            assert said.msgid % said.params
        assert is_given(kind) is (kind in GIVEN)
    assert set(TO_CHOOSE) <= set(NUMBERS)
