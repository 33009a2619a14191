"""One run from question to answer."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placement.domain.matching import fairness, modes
from placement.domain.matching.features import prepare
from placement.domain.matching.problem import Mode, Opening, Person, Problem, Requirement, Settings
from placement.domain.matching.result import Check
from placement.domain.matching.run import UncertifiedError, match
from placement.domain.matching.score import score_all
from placement.domain.matching.solve import LockError, solve_pairs
from tests.domain.matching import plain
from tests.domain.matching.cohorts import cohort

CHECKS = {
    Mode.TOTAL: Check.BEST,
    Mode.LEAST_SHORTFALL: Check.FAIR,
    Mode.MAX_MIN: Check.EVEN,
    Mode.STABLE: Check.STABLE,
}
modest = settings(max_examples=40, deadline=None, derandomize=True)


def in_mode(problem, mode):
    return replace(problem, settings=replace(problem.settings, mode=mode))


def placing(solution):
    return {pair.person: pair.opening for pair in solution.pairs}


@modest
@given(st.integers(0, 10_000), st.sampled_from([0, 4000, 6000]), st.sampled_from(Mode))
def test_everyone_is_placed_within_the_rules_or_given_a_reason(seed, minimum, mode):
    problem = cohort(seed, 12, 8, Settings(minimum_fit=minimum, mode=mode))
    solution = match(problem)
    assert solution.certified
    assert solution.check == CHECKS[mode]
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
    assert solution.worst == min((pair.fit for pair in solution.pairs), default=None)
    json.dumps(solution.to_json())


@modest
@given(st.integers(0, 10_000), st.sampled_from(Mode), st.randoms(use_true_random=False))
def test_order_of_the_question_never_changes_the_answer(seed, mode, rng):
    problem = in_mode(cohort(seed, 12, 8), mode)
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
    assert placing(solution) == {"anna": "o2", "ben": "o1"}
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


@modest
@given(st.integers(0, 10_000))
def test_each_mode_is_at_least_as_good_as_the_others_in_what_it_aims_for(seed):
    problem = cohort(seed, 14, 7)
    total, fair, even, stable = (match(in_mode(problem, mode)) for mode in Mode)
    assert total.placed == fair.placed == even.placed >= stable.placed
    assert total.total >= max(fair.total, even.total)
    assert (even.worst or 0) >= max(total.worst or 0, fair.worst or 0)
    shortfalls = [sum((10_000 - pair.fit) ** 2 for pair in found.pairs) for found in (total, fair, even)]
    assert shortfalls[1] == min(shortfalls)


@modest
@given(st.integers(0, 10_000), st.sampled_from([0, 4000]), st.data())
def test_in_stable_mode_nobody_would_rather_have_each_other(seed, minimum, data):
    problem = cohort(seed, 8, 5, Settings(minimum_fit=minimum, mode=Mode.STABLE))
    ranking = data.draw(st.lists(st.sampled_from([p.key for p in problem.people] + ["x"]), unique=True))
    named = replace(problem.openings[0], ranking=tuple(ranking))
    problem = replace(problem, openings=(named, *problem.openings[1:]))
    found = placing(match(problem))
    scored = score_all(prepare(problem))
    rows = zip(*(side.tolist() for side in (scored.i, scored.j, scored.fit, scored.parts)), strict=True)
    parts = {(f"p{i:03}", f"o{j:03}"): parts for i, j, fit, parts in rows if fit >= minimum}

    def liked(person, opening):
        profile, *own = parts[person, opening]
        return sum(own), profile

    def wanted(person, opening):
        place = ranking.index(person) if opening == named.key and person in ranking else len(ranking)
        profile, *own = parts[person, opening]
        return -place, profile, sum(own)

    for person, opening in parts:
        mine = found.get(person)
        if mine == opening or (mine and liked(person, mine) >= liked(person, opening)):
            continue
        here = [other for other, theirs in found.items() if theirs == opening]
        assert len(here) == problem.opening(opening).places
        assert all(wanted(other, opening) >= wanted(person, opening) for other in here)


def test_an_opening_that_ranks_gets_its_choice_in_stable_mode_only():
    able, wishing = Person("able", abilities={"t": 5}), Person("wishing", abilities={"t": 0}, task_wishes={"bread": 2})
    shop = Opening("o", "e", requirements={"t": Requirement(5)}, tasks=frozenset({"bread"}))
    problem = Problem((able, wishing), (shop,), ("t",), Settings(mode=Mode.STABLE))
    assert placing(match(problem)) == {"able": "o"}
    ranked = replace(problem, openings=(replace(shop, ranking=("somebody else", "wishing", "able")),))
    assert placing(match(ranked)) == {"wishing": "o"}
    assert placing(match(in_mode(ranked, Mode.TOTAL))) == {"able": "o"}


def test_a_forced_pair_stays_although_rules_and_minimum_stand_against_it():
    anna = Person("anna", 51.0, 13.0, travel_limit_km=5, weekly_hours_limit=4, needs=frozenset({"seat"}))
    far = Opening("far", "e", 51.4, 13.0, pattern=(1 << 40) - 1)
    problem = Problem(
        (anna, Person("ben")),
        (far, Opening("near", "e")),
        settings=Settings(minimum_fit=5000),
        locks=(("anna", "far"),),
        bans=(("anna", "far"),),
    )
    with pytest.raises(LockError):
        match(problem)
    for mode in Mode:
        solution = match(in_mode(replace(problem, overrides=problem.locks), mode))
        forced, free = solution.pairs
        assert (forced.person, forced.opening, forced.locked, forced.forced) == ("anna", "far", True, True)
        assert (free.person, free.opening, free.locked, free.forced) == ("ben", "near", False, False)
        assert forced.fit == sum(asdict(forced.parts).values()) < 5000 <= free.fit
        assert (solution.worst, solution.total) == (free.fit, forced.fit + free.fit)
        # Anna does not pass the rules for it: nobody else does but Ben.
        assert (forced.contested, free.contested) == (1, 0)


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"places": 0}, "no free place"), ({"employer": "never"}, "never to be matched")],
)
def test_nobody_is_forced_where_they_are_protected_or_past_the_places(changes, words):
    anna = Person("anna", excluded_employers=frozenset({"never"}))
    shop = replace(Opening("o", "e"), **changes)
    forced = (("anna", "o"),)
    with pytest.raises(LockError) as caught:
        match(Problem((anna,), (shop,), locks=forced, overrides=forced, bans=forced))
    assert words in caught.value.reason.msgid


def test_two_forced_into_one_place_are_refused():
    forced = (("anna", "o"), ("ben", "o"))
    problem = Problem((Person("anna"), Person("ben")), (Opening("o", "e"),), locks=forced, overrides=forced)
    with pytest.raises(LockError) as caught:
        match(problem)
    assert caught.value.lock == 1


@modest
@given(st.integers(0, 10_000), st.sampled_from([0, 4500]))
def test_contested_counts_the_others_who_pass(seed, minimum):
    problem = cohort(seed, 12, 8, Settings(minimum_fit=minimum))
    scored = score_all(prepare(problem))
    rows = zip(scored.i.tolist(), scored.j.tolist(), scored.fit.tolist(), strict=True)
    passing = {(f"p{i:03}", f"o{j:03}") for i, j, fit in rows if fit >= minimum}
    for pair in match(problem).pairs:
        assert pair.contested == sum(o == pair.opening and p != pair.person for p, o in passing)


def test_the_figures_for_a_comparison():
    people = (Person("anna", 51.0, 13.0), Person("ben", 51.0, 13.0), Person("cleo"))
    openings = (Opening("a", "e", 51.09, 13.0), Opening("b", "e", 51.0, 13.0), Opening("c", "e"))
    problem = Problem(people, openings, bans=(("anna", "b"), ("anna", "c"), ("ben", "a"), ("ben", "c")))
    solution = match(problem)
    assert placing(solution) == {"anna": "a", "ben": "b", "cleo": "c"}
    assert solution.mean_km == pytest.approx((10.0075 + 0) / 2, abs=0.001)
    assert solution.worst == min(pair.fit for pair in solution.pairs)
    everybody = tuple(placing(solution).items())
    kept = match(replace(problem, locks=everybody))
    assert (kept.worst, kept.total) == (None, solution.total)
    nobody = match(Problem((Person("p"),), ()))
    assert (nobody.worst, nobody.mean_km, nobody.total) == (None, None, 0)


def test_a_listener_hears_of_each_stage():
    told = []
    match(cohort(3, 12, 8), told.append)
    assert told == sorted(set(told))
    assert len(told) >= 3
    assert all(0 < percent < 100 for percent in told)


@pytest.mark.parametrize("mode", [mode for mode in Mode if mode is not Mode.STABLE])
def test_a_result_that_is_not_the_best_is_never_shown(monkeypatch, mode):
    problem = in_mode(cohort(3, 12, 8), mode)
    best = solve_pairs

    def worse(*args):
        x = best(*args)
        x[x.argmax()] = -1
        return x

    assert match(problem).placed > 0
    for module in (modes, fairness):
        monkeypatch.setattr(module, "solve_pairs", worse)
    with pytest.raises(UncertifiedError):
        match(problem)


def test_a_result_that_is_not_stable_is_never_shown(monkeypatch):
    problem = in_mode(cohort(3, 12, 8), Mode.STABLE)
    monkeypatch.setattr(modes, "stable", lambda n, *_: np.full(n, -1))
    with pytest.raises(UncertifiedError):
        match(problem)
