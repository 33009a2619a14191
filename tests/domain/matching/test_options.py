from __future__ import annotations

import pytest

from placement.domain.matching.explain import explain_pair, why_not
from placement.domain.matching.options import options, refusals
from placement.domain.matching.problem import Opening, Person, Problem, Settings
from placement.domain.matching.week import pattern_mask

MONDAY = pattern_mask(0, 9 * 60, 13 * 60)
PROBLEM = Problem(
    people=(
        Person("ana", availability=MONDAY, employer_wishes={"mill": 2}, excluded_employers=frozenset({"oak"})),
        Person("bo", weekly_hours_limit=1),
    ),
    openings=(
        Opening("book", "corner", pattern=MONDAY, places=0),
        Opening("cake", "mill", pattern=MONDAY),
        Opening("desk", "drug", pattern=MONDAY),
        Opening("oats", "oak", pattern=MONDAY, places=0),
    ),
    settings=Settings(minimum_fit=6000),
)


def test_every_opening_once_the_best_first() -> None:
    found = options(PROBLEM, "ana")
    assert [option.opening for option in found] == ["cake", "desk", "book", "oats"]
    assert [option.fit is None for option in found] == [False, False, True, True]
    for option in found:
        if option.fit is None:
            assert option.refusal == why_not(PROBLEM, "ana", option.opening)
        else:
            assert option.fit == sum(part.points for part in explain_pair(PROBLEM, "ana", option.opening))
    with pytest.raises(KeyError):
        options(PROBLEM, "nobody")


def test_only_what_does_not_hold_is_refused() -> None:
    pairs = [("ana", "cake"), ("ana", "oats"), ("bo", "cake"), ("bo", "book")]
    found = refusals(PROBLEM, pairs)
    assert set(found) == {("ana", "oats"), ("bo", "cake"), ("bo", "book")}
    assert found["ana", "oats"] == why_not(PROBLEM, "ana", "oats")
    assert "Also" in found["bo", "book"].msgid


def test_the_minimum_counts_unless_the_pair_is_kept() -> None:
    fit = {option.opening: option.fit for option in options(PROBLEM, "ana")}["desk"]
    assert fit is not None
    at = Problem(PROBLEM.people, PROBLEM.openings, settings=Settings(minimum_fit=fit))
    above = Problem(PROBLEM.people, PROBLEM.openings, settings=Settings(minimum_fit=fit + 1))
    kept = Problem(PROBLEM.people, PROBLEM.openings, settings=Settings(minimum_fit=fit + 1), locks=(("ana", "desk"),))
    pair = ("ana", "desk")
    assert refusals(at, [pair]) == {}
    assert "below the minimum" in refusals(above, [pair])[pair].msgid
    assert refusals(kept, [pair]) == {}
