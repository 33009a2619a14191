"""Mastered tasks done alone elsewhere."""

from __future__ import annotations

from datetime import time

import pytest

from placement.domain.generalization import PartOfDay, part_of_day
from placement.domain.milestones import Earned, Rule, RuleKind, TaskPoint, detect
from tests.domain.histories import SHELVES, TILL, at, history, task

SITE, RATER, TIME = (
    Rule(n, kind, percent=90, occasions=2)
    for n, kind in enumerate((RuleKind.ANOTHER_SITE, RuleKind.ANOTHER_RATER, RuleKind.ANOTHER_TIME), 1)
)
MASTERED = (task(1), task(2))


def days(rule: Rule, *later: TaskPoint) -> list[int]:
    return [found.evidence[0] for found in detect(history(*MASTERED, *later), [rule])]


def test_in_another_shop() -> None:
    (found,) = detect(history(*MASTERED, task(3), task(4, 5, site=2), task(5, site=2), task(6, site=3)), [SITE])
    assert found == Earned(1, SHELVES, None, at(5), at(5).date(), (5,))


def test_no_shop_is_not_another_shop() -> None:
    assert days(SITE, task(3, site=0)) == []


def test_seen_by_somebody_else() -> None:
    assert days(RATER, task(3), task(4, by=2)) == [4]
    assert days(RATER, task(3), task(4)) == []


def test_at_another_time_of_day() -> None:
    assert days(TIME, task(3, hour=11), task(4, hour=12)) == [4]


@pytest.mark.parametrize("rule", [SITE, RATER, TIME])
def test_only_once_it_is_mastered_and_only_this_task(rule: Rule) -> None:
    elsewhere = task(3, site=2, by=2, hour=18)
    assert detect(history(task(1), task(2, 5), elsewhere), [rule]) == ()
    assert days(rule, task(3, of=TILL, site=2, by=2, hour=18)) == []
    assert days(rule, elsewhere) == [3]


@pytest.mark.parametrize("rule", [SITE, RATER, TIME])
def test_where_it_was_learned_is_not_elsewhere(rule: Rule) -> None:
    """The run itself may hold several places; only a new one counts."""
    learned = history(task(1), task(2, site=2, by=2, hour=18), task(3, site=2, by=2, hour=18), task(4))
    assert detect(learned, [rule]) == ()


def test_a_rule_of_one_task_looks_at_no_other() -> None:
    only = Rule(5, RuleKind.FIRST_ALONE, task=TILL)
    assert [found.task for found in detect(history(task(1), task(2, of=TILL)), [only])] == [TILL]


def test_parts_of_the_day() -> None:
    said = [part_of_day(time(*clock)) for clock in ((0, 0), (11, 59), (12, 0), (16, 59), (17, 0), (23, 59))]
    assert said == [
        PartOfDay.MORNING, PartOfDay.MORNING, PartOfDay.AFTERNOON, PartOfDay.AFTERNOON, PartOfDay.EVENING,
        PartOfDay.EVENING,
    ]  # fmt: skip
