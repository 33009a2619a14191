"""The solver against brute force and a linear program."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from placement.domain.matching import candidates, solve
from placement.domain.matching.assign import assigned
from placement.domain.matching.edges import edges
from placement.domain.matching.solve import LockError, certificate, solve_pairs, with_locks
from tests.domain.matching.cohorts import matchings
from tests.domain.matching.oracle import brute_force, modest, random_args, value


@modest
@given(matchings())
def test_as_good_as_trying_everything(args):
    assert value(args, solve_pairs(*args)) == brute_force(args)


@modest
@given(matchings(people=4, openings=3, heaviest=10**10))
def test_heavy_weights_stay_exact(args):
    x = solve_pairs(*args)
    assert value(args, x) == brute_force(args)
    assert certificate(*args, x).optimal


def test_one_basis_point_in_ten_billion_decides():
    args = (2, 2, [0, 0, 1, 1], [0, 1, 0, 1], [10**10, 10**10 - 1, 10**10 - 1, 10**10 - 3], [1, 1])
    assert solve_pairs(*args).tolist() == [1, 0]


@pytest.mark.parametrize("seed", range(8))
def test_as_good_as_the_linear_program(seed):
    args = random_args(seed, 60, 25, share=0.15 + 0.05 * seed, heaviest=1000)
    n, m, i, j, w, cap = args
    edge = np.arange(len(i))
    ones = np.ones(len(i))
    limits = vstack([csr_array((ones, (i, edge)), shape=(n, len(i))), csr_array((ones, (j, edge)), shape=(m, len(i)))])
    premium = 1 + n * 1000
    found = linprog(-(np.array(w) + premium), A_ub=limits, b_ub=[1] * n + cap, bounds=(0, 1), method="highs")
    placed, total = value(args, solve_pairs(*args))
    assert placed * premium + total == round(-found.fun)


@modest
@given(matchings(), st.randoms(use_true_random=False))
def test_order_of_pairs_and_duplicates_never_matter(args, rng):
    n, m, i, j, w, cap = args
    pairs = list(zip(i, j, w, strict=True))
    again = pairs + [(a, b, rng.randint(0, weight)) for a, b, weight in pairs]
    rng.shuffle(again)
    shuffled = (n, m, *([pair[k] for pair in again] for k in range(3)), cap)
    assert solve_pairs(*args).tolist() == solve_pairs(*shuffled).tolist()


@pytest.mark.parametrize("seed", range(5))
def test_three_places_are_three_times_one_place(seed):
    n, m, i, j, w, _ = random_args(seed, 40, 9)
    together = (n, m, i, j, w, [3] * m)
    apart = (n, 3 * m, i * 3, [b + k * m for k in range(3) for b in j], w * 3, [1] * 3 * m)
    assert value(together, solve_pairs(*together)) == value(apart, solve_pairs(*apart))


@pytest.mark.parametrize("seed", range(5))
def test_numbering_of_people_and_openings_never_changes_the_value(seed):
    args = random_args(seed, 50, 30)
    n, m, i, j, w, cap = args
    rng = np.random.default_rng(seed)
    people, openings = rng.permutation(n), rng.permutation(m)
    renamed_cap = [0] * m
    for old, new in enumerate(openings):
        renamed_cap[new] = cap[old]
    renamed = (n, m, people[i].tolist(), openings[j].tolist(), w, renamed_cap)
    assert value(args, solve_pairs(*args)) == value(renamed, solve_pairs(*renamed))


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ((1, 1, [0], [1], [5], [1]), r"j\[0\]: is 1"),
        ((1, 1, [-1], [0], [5], [1]), r"i\[0\]: is -1"),
        ((2, 1, [0, 1], [0, 0], [5, -1], [1]), r"w\[1\]: is -1"),
        ((1, 1, [0], [0], [float("nan")], [1]), r"w\[0\]: nan"),
        ((1, 1, [0], [0], [0.5], [1]), r"w\[0\]: 0.5"),
        ((1, 1, [0], [0], [5], [-1]), r"cap\[0\]: is -1"),
        ((1, 2, [0], [0], [5], [1]), "cap: has 1 entries"),
        ((1, 1, [0], [0], [5, 6], [1]), "w: has 2 entries"),
        ((1, 1, [0, 0], [0], [5], [1]), "j: has 1 entries"),
        ((1, 1, [[0]], [0], [5], [1]), "i: must be a list"),
        ((1, 1, ["0"], [0], [5], [1]), "i: must hold whole numbers"),
        ((-1, 1, [], [], [], [1]), "n, m"),
        ((1, 1, [0], [0], [2**60], [1]), r"w\[0\]: .* too large"),
    ],
)
def test_malformed_input_names_the_entry(args, message):
    with pytest.raises(ValueError, match=message):
        solve_pairs(*args)


def test_nobody_nothing_and_no_room():
    assert solve_pairs(0, 0, [], [], [], []).tolist() == []
    assert solve_pairs(2, 0, [], [], [], []).tolist() == [-1, -1]
    assert solve_pairs(2, 1, [0, 1], [0, 0], [5, 6], [0]).tolist() == [-1, -1]
    assert solve_pairs(3, 1, [0, 1, 2], [0, 0, 0], [5, 7, 6], [1]).tolist() == [-1, 0, -1]


def test_placing_more_people_comes_before_weight():
    args = (2, 2, [0, 0, 1], [0, 1, 0], [10_000, 0, 1], [1, 1])
    assert solve_pairs(*args).tolist() == [1, 0]


@modest
@given(matchings(people=4, openings=3), st.data())
def test_locks_are_kept_and_the_rest_is_best(args, data):
    n, m, i, j, w, cap = args
    possible = sorted({(a, b) for a, b in zip(i, j, strict=True) if cap[b]})
    if not possible:
        return
    person, opening = lock = data.draw(st.sampled_from(possible))
    rest = with_locks(*args, [lock])
    assert rest.x[person] == opening
    x = solve_pairs(n, m, rest.i, rest.j, rest.w, rest.cap)
    assert x[person] == -1
    x[person] = opening
    left = [places - (b == opening) for b, places in enumerate(cap)]
    others = [(a, b, weight) for a, b, weight in zip(i, j, w, strict=True) if a != person]
    placed, total = brute_force((n, m, *([pair[k] for pair in others] for k in range(3)), left))
    own = max(weight for a, b, weight in zip(i, j, w, strict=True) if (a, b) == lock)
    assert value(args, x) == (placed + 1, total + own)


@pytest.mark.parametrize(
    ("locks", "at", "words"),
    [
        ([(0, 0), (1, 0)], 1, "free places"),
        ([(0, 0), (0, 1)], 1, "more than one"),
        ([(1, 1)], 0, "breaks a rule"),
    ],
)
def test_locks_that_cannot_hold_are_named(locks, at, words):
    with pytest.raises(LockError) as caught:
        with_locks(2, 2, [0, 0, 1], [0, 1, 0], [5, 5, 5], [1, 1], locks)
    assert caught.value.lock == at
    assert words in caught.value.reason.msgid


def test_a_lock_forced_by_hand_holds_without_being_a_pair():
    args = (3, 2, [0, 1, 2], [0, 0, 1], [5, 9, 4], [1, 1])
    rest = with_locks(*args, [(0, 1)], overridden=[0])
    assert rest.x.tolist() == [1, -1, -1]
    assert rest.cap.tolist() == [1, 0]
    assert solve_pairs(3, 2, rest.i, rest.j, rest.w, rest.cap).tolist() == [-1, 0, -1]


@pytest.mark.parametrize(
    ("locks", "words"), [([(0, 0), (1, 0)], "free places"), ([(0, 0), (0, 1)], "more than one"), ([(2, 1)], "free")]
)
def test_forcing_never_passes_a_capacity_nor_places_anybody_twice(locks, words):
    with pytest.raises(LockError, match=words):
        with_locks(3, 2, [], [], [], [1, 0] if locks == [(2, 1)] else [1, 1], locks, overridden=range(len(locks)))


def test_locks_out_of_range_are_named():
    with pytest.raises(ValueError, match=r"locks\[1\]"):
        with_locks(1, 1, [0], [0], [5], [2], [(0, 0), (0, 1)], overridden={1})


@pytest.fixture
def few_candidates(monkeypatch):
    """The way of large cohorts, on small ones: about three candidates for each person."""
    monkeypatch.setattr(candidates, "_FEW", 0)
    monkeypatch.setattr(candidates, "_MOST", 3)
    monkeypatch.setattr(candidates, "_LEAST", 2)


@pytest.mark.usefixtures("few_candidates")
@pytest.mark.parametrize("heaviest", [0, 1, 3, 10_000, 10**10])
@pytest.mark.parametrize("places", [0, 1, 2, 4])
def test_candidates_lead_to_the_same_value_as_all_pairs(monkeypatch, places, heaviest):
    for seed in range(3):
        args = random_args(seed, 90, 50, share=0.4, heaviest=heaviest, places=places)
        found = value(args, solve_pairs(*args))
        with monkeypatch.context() as every:
            every.setattr(candidates, "_FEW", 10**9)
            assert found == value(args, solve_pairs(*args))


@pytest.mark.usefixtures("few_candidates")
def test_order_of_pairs_never_matters_in_a_large_cohort():
    n, m, i, j, w, cap = random_args(5, 300, 150, share=0.3, heaviest=40)
    order = np.random.default_rng(5).permutation(len(i))
    shuffled = (np.array(values)[order] for values in (i, j, w))
    assert solve_pairs(n, m, i, j, w, cap).tolist() == solve_pairs(n, m, *shuffled, cap).tolist()


@pytest.mark.usefixtures("few_candidates")
def test_fewer_pairs_are_solved_than_there_are(monkeypatch):
    args = random_args(1, 300, 150, share=0.5)
    tried = []

    def watched(e, *guesses):
        tried.append(len(e.i))
        return assigned(e, *guesses)

    monkeypatch.setattr(solve, "assigned", watched)
    solve_pairs(*args)
    assert max(tried) < len(args[2]) / 5


def test_ten_billion_stays_exact_with_a_thousand_people():
    n, m, i, j, w, cap = random_args(2, 1000, 600, share=0.05, heaviest=9)
    heavy = [10**10 - 9 + weight for weight in w]
    x = solve_pairs(n, m, i, j, heavy, cap)
    placed, total = value((n, m, i, j, heavy, cap), x)
    assert (placed, total - placed * (10**10 - 9)) == value((n, m, i, j, w, cap), solve_pairs(n, m, i, j, w, cap))


@pytest.mark.parametrize("charge", [0, 1, 5, 10**6])
def test_guessed_prices_cost_only_time(charge):
    args = random_args(4, 60, 40, share=0.3, heaviest=50)
    e = edges(*args)
    rng = np.random.default_rng(charge)
    guesses = (rng.integers(0, charge, size, endpoint=True) for size in (e.m, e.n))
    assert value(args, assigned(e, *guesses)) == value(args, solve_pairs(*args))


def test_indices_past_sixteen_bits_are_sorted():
    i, j = [70_000, 3, 70_000, 3], [65_540, 65_541, 5, 2]
    e = edges(70_001, 65_542, i, j, [1, 2, 3, 4], [1] * 65_542)
    assert list(zip(e.i.tolist(), e.j.tolist(), e.w.tolist(), strict=True)) == [
        (3, 2, 4),
        (3, 65_541, 2),
        (70_000, 5, 3),
        (70_000, 65_540, 1),
    ]
