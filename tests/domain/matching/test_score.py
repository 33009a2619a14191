"""The fit against a plain oracle, and what must never change it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placement.domain.matching import rules, score
from placement.domain.matching.problem import Opening, Person, Problem, Requirement, Settings, Weights
from placement.domain.matching.score import fit_block, prepare, score_all, score_block, score_pairs
from tests.domain.matching import plain
from tests.domain.matching.cohorts import cohort

modest = settings(max_examples=60, deadline=None, derandomize=True)


def fit_of(person, opening, traits=("t",)):
    problem = Problem((person,), (opening,), traits)
    return score_pairs(prepare(problem), np.zeros(1, int), np.zeros(1, int))[0].tolist()


@pytest.mark.parametrize("seed", range(4))
def test_scores_and_feasible_pairs_equal_the_plain_oracle(seed):
    problem = cohort(seed, 40, 30)
    found = score_all(prepare(problem))
    feasible = {
        (p.key, o.key): plain.shares(p, o)
        for p in problem.people
        for o in problem.openings
        if not plain.broken(problem, p, o)
    }
    keys = [(problem.people[i].key, problem.openings[j].key) for i, j in zip(found.i, found.j, strict=True)]
    assert keys == sorted(feasible)
    assert len(keys) > 50
    for key, parts in zip(keys, found.parts.tolist(), strict=True):
        for part, share, weight in zip(parts, feasible[key], (4500, 2500, 1500, 1500), strict=True):
            assert abs(part - share * weight) <= 0.6  # half a point of rounding, and meters in the oracle's travel


@modest
@given(st.integers(0, 10_000), st.lists(st.integers(0, 10_000), min_size=3, max_size=3))
def test_parts_sum_to_the_fit_and_stay_within_their_weight(seed, cuts):
    a, b, c = sorted(cuts)
    weights = Weights(a, b - a, c - b, 10_000 - c)
    found = score_all(prepare(cohort(seed, 8, 8, Settings(weights))))
    assert (found.parts.sum(axis=1) == found.fit).all()
    assert (found.parts >= 0).all()
    assert (found.parts <= [a, b - a, c - b, 10_000 - c]).all()


@pytest.mark.parametrize("pairs", [1, 17, 100, 333])
def test_blocks_of_any_size_give_the_same_bits(pairs):
    f = prepare(cohort(5, 60, 33))
    one, many = score_all(f), score_all(f, pairs)
    for part in ("i", "j", "fit", "parts"):
        assert getattr(one, part).tobytes() == getattr(many, part).tobytes()


@pytest.mark.parametrize("dense", [0.0, 2.0])
def test_whole_blocks_and_single_pairs_give_the_same_bits(dense, monkeypatch):
    f = prepare(cohort(9, 60, 40))
    usual = score_all(f)
    monkeypatch.setattr(rules, "DENSE", dense)
    monkeypatch.setattr(score, "DENSE", dense)
    other = score_all(f, 500)
    for part in ("i", "j", "fit", "parts"):
        assert getattr(usual, part).tobytes() == getattr(other, part).tobytes()
    assert score_pairs(f, usual.i, usual.j).tobytes() == usual.parts.tobytes()
    fits = fit_block(f, np.arange(60))
    assert (fits[usual.i, usual.j] == usual.fit).all()
    assert np.count_nonzero(fits >= 0) == len(usual.fit)


def test_somebody_alone_fits_as_in_the_cohort():
    problem = replace(cohort(10, 30, 20), bans=())
    fits = fit_block(prepare(problem), np.arange(30))
    for i in range(0, 30, 7):
        assert fit_block(prepare(problem.only(f"p{i:03}")), np.arange(1))[0].tolist() == fits[i].tolist()
    halves = replace(problem, openings=problem.openings[::2], bans=())
    assert fit_block(prepare(halves), np.arange(30)).tolist() == fits[:, ::2].tolist()


@modest
@given(st.integers(0, 10_000), st.integers(1, 60))
def test_many_traits_stay_exact(seed, traits):
    rng = np.random.default_rng(seed)
    keys = tuple(f"t{k:02}" for k in range(traits))
    opening = Opening("o", "e", requirements={k: Requirement(int(rng.integers(6)), int(rng.integers(6))) for k in keys})
    people = tuple(Person(f"p{k}", abilities={t: int(rng.integers(6)) for t in keys}) for k in range(5))
    # Only three of ten thousand for the rest: nearly everything is the profile's.
    weights = Weights(9997, 1, 1, 1)
    f = prepare(Problem(people, (opening,), keys, Settings(weights)))
    exact = [plain.shares(person, opening)[0] for person in people]
    wanted = [round(9997 * share) for share in exact]
    pair = score_pairs(f, np.arange(5), np.zeros(5, int))[:, 0].tolist()
    assert pair == wanted
    assert score_block(f, np.arange(5))[3][:, 0].tolist() == wanted


def test_rows_in_any_order_give_the_same_bits():
    f = prepare(cohort(6, 50, 40))
    rows = np.random.default_rng(1).permutation(50)
    i, j, fit, parts = score_block(f, rows)
    order = np.lexsort((j, i))
    whole = score_all(f)
    assert i[order].tobytes() == whole.i.tobytes()
    assert j[order].tobytes() == whole.j.tobytes()
    assert fit[order].tobytes() == whole.fit.tobytes()
    assert parts[order].tobytes() == whole.parts.tobytes()


def test_order_of_people_openings_and_traits_never_matters():
    problem = cohort(7, 30, 20)
    turned = replace(problem, people=problem.people[::-1], openings=problem.openings[::-1], traits=problem.traits[::-1])
    one, other = score_all(prepare(problem)), score_all(prepare(turned))
    assert one.fit.tobytes() == other.fit.tobytes()
    assert one.parts.tobytes() == other.parts.tobytes()


@modest
@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.none() | st.integers(0, 5)), min_size=1, max_size=6),
    st.data(),
)
def test_an_ability_nearer_to_its_need_never_lowers_the_fit(traits, data):
    keys = [f"t{k}" for k in range(len(traits))]
    opening = Opening("o", "e", requirements={k: Requirement(n, w) for k, (n, w, _) in zip(keys, traits, strict=True)})
    abilities = {k: has for k, (_, _, has) in zip(keys, traits, strict=True) if has is not None}
    raised = data.draw(st.sampled_from(keys))
    has, need = abilities.get(raised, 0), opening.requirements[raised].level
    if has == 5:
        return
    before = sum(fit_of(Person("p", abilities=abilities | {raised: has}), opening, tuple(keys)))
    after = sum(fit_of(Person("p", abilities=abilities | {raised: has + 1}), opening, tuple(keys)))
    assert after >= before if has < need else after <= before


def test_asking_too_much_weighs_more_than_asking_too_little():
    opening = Opening("o", "e", requirements={"t": Requirement(3)})
    profile = [fit_of(Person("p", abilities={"t": has}), opening)[0] for has in range(6)]
    assert profile == [1800, 2700, 3600, 4500, 4200, 3900]


def test_unknown_is_neither_zero_nor_enough():
    opening = Opening("o", "e", requirements={"t": Requirement(5), "u": Requirement(2)})
    known = {"u": 2}
    zero = fit_of(Person("p", abilities=known | {"t": 0}), opening, ("t", "u"))[0]
    unknown = fit_of(Person("p", abilities=known), opening, ("t", "u"))[0]
    only = fit_of(Person("p", abilities=known), replace(opening, requirements={"u": Requirement(2)}), ("t", "u"))[0]
    assert zero < unknown == only
    assert fit_of(Person("p"), opening, ("t", "u")) == [2250, 1250, 750, 750]


def test_nothing_known_earns_half_of_everything():
    assert fit_of(Person("p"), Opening("o", "e")) == [2250, 1250, 750, 750]


def test_wishes_count_as_stated_and_the_employer_twice():
    opening = Opening("o", "e", tasks=frozenset({"a", "b"}))
    wish = {w: fit_of(Person("p", task_wishes={"a": w}), opening)[1] for w in (-1, 0, 1, 2)}
    assert wish == {-1: 0, 0: 1250, 1: 1875, 2: 2500}
    assert fit_of(Person("p", task_wishes={"a": 2, "b": 2}, employer_wishes={"e": -1}), opening)[1] == 1250
    assert fit_of(Person("p", task_wishes={"elsewhere": 2}, employer_wishes={"x": 2}), opening)[1] == 1250


@pytest.mark.parametrize("tasks", [1, 127, 130, 2500])
def test_wishes_stay_exact_however_many_tasks_there_are(tasks):
    rng = np.random.default_rng(tasks)
    keys = [f"t{k:04}" for k in range(tasks)]
    person = Person("p", task_wishes={t: int(rng.integers(-1, 3)) for t in keys[: tasks * 2 // 3 + 1]})
    people = (person, replace(person, key="q", employer_wishes={"e": 2}), Person("r"))
    opening = Opening("o", "e", tasks=frozenset(keys))
    f = prepare(Problem(people, (opening,), (), Settings(Weights(0, 10_000, 0, 0))))
    wanted = [round(10_000 * plain.shares(one, opening)[1]) for one in people]
    assert score_pairs(f, np.arange(3), np.zeros(3, int))[:, 1].tolist() == wanted
    assert score_block(f, np.arange(3))[3][:, 1].tolist() == wanted


def test_nearer_is_better_down_to_nothing_at_the_limit():
    homes = [Person("p", lat=51.0 + k / 100, lon=13.7, travel_limit_km=8.0) for k in range(9)]
    travel = [fit_of(home, Opening("o", "e", lat=51.0, lon=13.7))[2] for home in homes]
    assert travel[0] == 1500
    assert travel == sorted(travel, reverse=True)
    assert len(set(travel[:8])) == 8
    assert travel[8] == 0


def test_the_table_of_minutes_decides_the_points_of_travel():
    far = Person("p", lat=51.0, lon=13.7, travel_limit_km=20, travel_speed_kmh=30)
    shop = Opening("o", "e", lat=51.1, lon=13.7)
    by = {t: fit_of(replace(far, travel_limit_minutes=60, minutes={"o": t}), shop)[2] for t in (0, 15.0, 30, 60, 90)}
    assert by == {0: 1500, 15.0: 1125, 30: 750, 60: 0, 90: 0}
    # Without a limit in minutes the kilometers at their speed count: 20 km are 40 minutes, 25 km are 50.
    assert fit_of(replace(far, minutes={"o": 10}), shop)[2] == 1125
    assert fit_of(replace(far, travel_limit_km=None, minutes={"o": 10}), shop)[2] == 1200
    assert fit_of(Person("p", travel_speed_kmh=30, minutes={"o": 10}), Opening("o", "e"))[2] == 1200
    assert fit_of(replace(far, minutes={"elsewhere": 1}), shop) == fit_of(far, shop)
    assert fit_of(Person("p", travel_limit_minutes=0, minutes={"o": 0}), Opening("o", "e"))[2] == 1500


def test_whoever_travels_faster_is_nearer():
    shop = Opening("o", "e", lat=51.05, lon=13.7)
    travel = [
        fit_of(Person("p", lat=51.0, lon=13.7, travel_limit_minutes=60, travel_speed_kmh=speed), shop)[2]
        for speed in (5, 6, 12, 16, 25)
    ]
    assert travel == sorted(travel)
    assert travel[0] == 0 < travel[1] < travel[2]


def test_schedule_is_the_share_of_the_week_asked_for():
    opening = Opening("o", "e", pattern=0b1111, minimum_weekly_hours=0.25)
    assert [fit_of(Person("p", availability=a), opening)[3] for a in (0b0000, 0b0001, 0b0111, 0b11111)] == [
        0,
        375,
        1125,
        1500,
    ]
