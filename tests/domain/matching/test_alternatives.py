"""Alternatives against solving again with the pair forced."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.domain.matching import candidates
from placement.domain.matching.alternatives import Alternative, Move, alternatives, forced, residual
from placement.domain.matching.solve import solve_pairs
from tests.domain.matching.cohorts import matchings
from tests.domain.matching.oracle import best_weights, brute_force, modest, random_args, value


def forced_again(args, person, opening, solve):
    """People placed and total with the pair forced, by solving the rest from scratch; None if there is no place."""
    n, m, i, j, w, cap = args
    if cap[opening] == 0:
        return None
    others = [(a, b, weight) for a, b, weight in zip(i, j, w, strict=True) if a != person]
    left = [places - (b == opening) for b, places in enumerate(cap)]
    placed, total = solve((n, m, *([pair[k] for pair in others] for k in range(3)), left))
    return placed + 1, total + best_weights(args)[person, opening]


def solved_value(args):
    return value(args, solve_pairs(*args))


def check(args, person, solve):
    """Every alternative of one person: exact, carried by its moves, and in the right order."""
    x = solve_pairs(*args)
    now = value(args, x)
    r = residual(*args, x)
    expected = {}
    for a, b in best_weights(args):
        if a == person and b != x[person]:
            again = forced_again(args, a, b, solve)
            found = forced(r, a, b)
            assert (found is None) == (again is None)
            if again is not None:
                expected[b] = (again[0] - now[0], again[1] - now[1])
                assert (found.opening, found.placed, found.total) == (b, *expected[b])
    every = alternatives(r, person, k=len(expected) + 1)
    assert [a.opening for a in every] == sorted(expected, key=lambda b: (-expected[b][0], -expected[b][1], b))
    for a in every:
        assert a == forced(r, person, a.opening)
        assert a.moves[0] == Move(person, int(x[person]), a.opening)
        assert len({move.person for move in a.moves}) == len(a.moves)
        after = x.copy()
        for move in a.moves:
            assert x[move.person] == move.before != move.after
            after[move.person] = move.after
        assert value(args, after) == (now[0] + a.placed, now[1] + a.total)


@modest
@given(matchings(people=5, openings=4), st.data())
def test_as_if_solved_again(args, data):
    if args[0]:
        check(args, data.draw(st.integers(0, args[0] - 1)), brute_force)


@modest
@given(matchings(people=4, openings=3, heaviest=1), st.data())
def test_as_if_solved_again_with_many_ties(args, data):
    if args[0]:
        check(args, data.draw(st.integers(0, args[0] - 1)), brute_force)


@modest
@given(matchings(people=4, openings=3, heaviest=10**10), st.data())
def test_heavy_weights_stay_exact(args, data):
    if args[0]:
        check(args, data.draw(st.integers(0, args[0] - 1)), brute_force)


@pytest.mark.parametrize(("seed", "places"), [(seed, places) for seed in range(4) for places in (1, 2, 4)])
def test_as_if_solved_again_in_a_cohort(seed, places):
    args = random_args(seed, 60, 30, share=0.2, heaviest=200, places=places)
    for person in range(0, 60, 7):
        check(args, person, solved_value)


@modest
@given(matchings(), st.randoms(use_true_random=False))
def test_order_of_pairs_never_matters(args, rng):
    n, m, i, j, w, cap = args
    pairs = list(zip(i, j, w, strict=True))
    rng.shuffle(pairs)
    shuffled = (n, m, *([pair[k] for pair in pairs] for k in range(3)), cap)
    x = solve_pairs(*args)
    one, other = residual(*args, x), residual(*shuffled, x)
    assert all(alternatives(one, person) == alternatives(other, person) for person in range(n))


def test_a_chain_in_full():
    # 0 takes the place of 1, who takes the one of 2, who takes the free one.
    args = (3, 4, [0, 0, 1, 1, 2, 2], [0, 1, 1, 2, 2, 3], [9, 8, 9, 7, 9, 5], [1, 1, 1, 1])
    r = residual(*args, solve_pairs(*args))
    chain = (Move(0, 0, 1), Move(1, 1, 2), Move(2, 2, 3))
    assert alternatives(r, 0) == (Alternative(1, 0, -7, chain),)


def test_somebody_left_out_pushes_somebody_out():
    args = (2, 1, [0, 1], [0, 0], [9, 4], [1])
    r = residual(*args, solve_pairs(*args))
    assert alternatives(r, 1) == (Alternative(0, 0, -5, (Move(1, -1, 0), Move(0, 0, -1))),)


def test_fewer_may_be_placed():
    args = (2, 2, [0, 0, 1], [0, 1, 1], [9, 9, 4], [1, 1])
    r = residual(*args, solve_pairs(*args))
    assert alternatives(r, 0) == (Alternative(1, -1, -4, (Move(0, 0, 1), Move(1, 1, -1))),)


def test_a_free_place_moves_nobody_else():
    args = (2, 2, [0, 0, 1, 1], [0, 1, 0, 1], [5, 5, 5, 5], [2, 2])
    x = solve_pairs(*args)
    (only,) = alternatives(residual(*args, x), 0)
    assert only.moves == (Move(0, int(x[0]), 1 - int(x[0])),)


def test_own_opening_costs_nothing_and_no_pair_is_none():
    args = (2, 3, [0, 0, 1], [0, 1, 0], [5, 3, 9], [2, 0, 1])
    r = residual(*args, solve_pairs(*args))
    assert forced(r, 0, 0) == Alternative(0, 0, 0, ())
    assert forced(r, 0, 1) is None
    assert forced(r, 0, 2) is None
    assert alternatives(r, 0) == ()


def test_k_counts_and_people_are_checked():
    args = (1, 4, [0] * 4, [0, 1, 2, 3], [4, 3, 2, 1], [1] * 4)
    r = residual(*args, solve_pairs(*args))
    assert [a.opening for a in alternatives(r, 0, 2)] == [1, 2]
    assert alternatives(r, 0, 0) == ()
    for person in (-1, 1):
        with pytest.raises(ValueError, match="person"):
            alternatives(r, person)


def test_only_the_best_has_alternatives():
    with pytest.raises(ValueError, match="something better"):
        residual(1, 1, [0], [0], [5], [1], np.array([-1]))


@pytest.mark.parametrize("places", [1, 3])
def test_as_if_solved_again_where_only_likely_pairs_are_tried_first(monkeypatch, places):
    monkeypatch.setattr(candidates, "_FEW", 0)
    monkeypatch.setattr(candidates, "_MOST", 2)
    args = random_args(places, 70, 40, share=0.4, heaviest=300, places=places)
    for person in range(0, 70, 23):
        check(args, person, solved_value)
