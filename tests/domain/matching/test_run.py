"""One run from question to answer."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placement.domain.matching import modes
from placement.domain.matching.problem import Opening, Person, Problem, Settings
from placement.domain.matching.run import UncertifiedError, match
from placement.domain.matching.solve import LockError
from tests.domain.matching import plain
from tests.domain.matching.cohorts import cohort

modest = settings(max_examples=40, deadline=None, derandomize=True)


@modest
@given(st.integers(0, 10_000), st.sampled_from([0, 4000, 6000]))
def test_everyone_is_placed_within_the_rules_or_given_a_reason(seed, minimum):
    problem = cohort(seed, 12, 8, Settings(minimum_fit=minimum))
    solution = match(problem)
    assert solution.certified
    named = [pair.person for pair in solution.pairs] + [left.person for left in solution.left_out]
    assert sorted(named) == [person.key for person in problem.people]
    for pair in solution.pairs:
        parts = pair.parts
        assert pair.fit == parts.profile + parts.wishes + parts.travel + parts.schedule >= minimum
        assert plain.broken(problem, problem.person(pair.person), problem.opening(pair.opening)) == []
    for opening in problem.openings:
        assert sum(pair.opening == opening.key for pair in solution.pairs) <= opening.places
    assert solution.total == sum(pair.fit for pair in solution.pairs)
    assert solution.placed == len(solution.pairs)
    json.dumps(solution.to_json())


@modest
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_order_of_the_question_never_changes_the_answer(seed, rng):
    problem = cohort(seed, 12, 8)
    people, openings, traits = list(problem.people), list(problem.openings), list(problem.traits)
    for items in (people, openings, traits):
        rng.shuffle(items)
    turned = replace(problem, people=tuple(people), openings=tuple(openings), traits=tuple(traits))
    assert match(problem) == match(turned)


def test_a_cohort_by_hand():
    shop = Opening("o1", "amber", tasks=frozenset({"bread"}))
    other = Opening("o2", "birch", tasks=frozenset({"carts"}), places=1)
    problem = Problem(
        (
            Person("anna", task_wishes={"bread": 2}),
            Person("ben", task_wishes={"bread": 1}, excluded_employers=frozenset({"birch"})),
            Person("cleo", excluded_employers=frozenset({"amber", "birch"})),
        ),
        (shop, other),
    )
    solution = match(problem)
    assert {pair.person: pair.opening for pair in solution.pairs} == {"anna": "o2", "ben": "o1"}
    assert [left.person for left in solution.left_out] == ["cleo"]


def test_a_locked_pair_stays_takes_its_place_and_ignores_the_minimum_fit():
    people = (Person("anna", task_wishes={"bread": -1}), Person("ben", task_wishes={"bread": 2}))
    shop = Opening("o", "e", tasks=frozenset({"bread"}))
    problem = Problem(people, (shop,), settings=Settings(minimum_fit=5000), locks=(("anna", "o"),))
    assert [pair.person for pair in match(replace(problem, locks=())).pairs] == ["ben"]
    (pair,) = match(problem).pairs
    assert (pair.person, pair.locked) == ("anna", True)
    assert pair.fit < 5000


@pytest.mark.parametrize(
    ("locks", "changes", "words"),
    [
        ((("anna", "o"), ("ben", "o")), {}, "free places"),
        ((("anna", "o"),), {"places": 0}, "no free place"),
        ((("anna", "o"),), {"employer": "never"}, "never to be matched"),
    ],
)
def test_a_lock_that_cannot_hold_says_why(locks, changes, words):
    anna = Person("anna", excluded_employers=frozenset({"never"}))
    problem = Problem((anna, Person("ben")), (replace(Opening("o", "e"), **changes),), locks=locks)
    with pytest.raises(LockError) as caught:
        match(problem)
    assert caught.value.lock == len(locks) - 1
    assert words in caught.value.reason.msgid


def test_a_banned_pair_is_never_formed():
    problem = Problem((Person("anna"),), (Opening("o", "e"),), bans=(("anna", "o"),))
    assert match(problem).placed == 0


def test_nobody_and_nowhere():
    assert match(Problem((), ())).placed == 0
    assert match(Problem((), (Opening("o", "e"),))).pairs == ()
    assert len(match(Problem((Person("p"),), ())).left_out) == 1


def test_a_result_that_is_not_the_best_is_never_shown(monkeypatch):
    problem = cohort(3, 12, 8)
    best = modes.solve_pairs

    def worse(*args):
        x = best(*args)
        x[x.argmax()] = -1
        return x

    assert match(problem).placed > 0
    monkeypatch.setattr(modes, "solve_pairs", worse)
    with pytest.raises(UncertifiedError):
        match(problem)
