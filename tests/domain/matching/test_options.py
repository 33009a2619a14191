from __future__ import annotations

import pytest

from placement.domain.matching.explain import explain_pair
from placement.domain.matching.options import options, people_for, refusals
from placement.domain.matching.problem import Opening, Person, Problem, Settings
from placement.domain.matching.week import pattern_mask
from tests.domain.matching.cohorts import cohort

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
            assert option.refusal == refusals(PROBLEM, [("ana", option.opening)])["ana", option.opening]
        else:
            assert option.fit == sum(part.points for part in explain_pair(PROBLEM, "ana", option.opening))
    with pytest.raises(KeyError):
        options(PROBLEM, "nobody")


def test_only_what_does_not_hold_is_refused() -> None:
    pairs = [("ana", "cake"), ("ana", "oats"), ("bo", "cake"), ("bo", "book")]
    found = refusals(PROBLEM, pairs)
    assert set(found) == {("ana", "oats"), ("bo", "cake"), ("bo", "book")}
    assert found["ana", "oats"] == next(one.refusal for one in options(PROBLEM, "ana") if one.opening == "oats")
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


def test_the_other_way_round_every_person_once_the_best_first() -> None:
    problem = cohort(6, 40, 25)
    found = {o.key: people_for(problem, o.key) for o in problem.openings}
    for person in problem.people:
        for option in options(problem, person.key):
            candidate = next(c for c in found[option.opening] if c.person == person.key)
            assert (candidate.fit, candidate.refusal) == (option.fit, option.refusal)
    for candidates in found.values():
        fits = [candidate.fit for candidate in candidates]
        assert len({candidate.person for candidate in candidates}) == len(problem.people)
        passing = [fit for fit in fits if fit is not None]
        assert fits == sorted(passing, reverse=True) + [None] * (len(fits) - len(passing))
    with pytest.raises(KeyError):
        people_for(problem, "nowhere")


def test_refusals_agree_with_asking_pair_by_pair() -> None:
    problem = cohort(8, 20, 15, Settings(minimum_fit=5500))
    pairs = [(p.key, o.key) for p in problem.people for o in problem.openings]
    found = refusals(problem, pairs)
    assert 0 < len(found) < len(pairs)
    asked = {(p.key, option.opening): option for p in problem.people for option in options(problem, p.key)}
    for pair in pairs:
        option = asked[pair]
        assert (pair in found) is (option.fit is None or option.fit < 5500)
        if option.fit is None:
            assert found[pair] == option.refusal
    assert refusals(problem, []) == {}
