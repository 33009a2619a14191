"""Least shortfall and max-min against brute force over all matchings."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placement.domain.matching.augment import most_placed
from placement.domain.matching.edges import edges
from placement.domain.matching.fairness import is_max_min, max_min, shortfall_weights
from placement.domain.matching.solve import certificate, solve_pairs
from tests.domain.matching.cohorts import matchings

modest = settings(max_examples=150, deadline=None, derandomize=True)
fits = matchings(people=4, openings=3, heaviest=10_000)


def outcomes(n, m, i, j, w, cap):
    """The fits of the people placed, for every matching there is."""
    best = {}
    for a, b, fit in zip(i, j, w, strict=True):
        best[a, b] = max(fit, best.get((a, b), -1))
    may = [[-1, *(b for b in range(m) if (a, b) in best)] for a in range(n)]
    for x in product(*may):
        if all(x.count(b) <= cap[b] for b in range(m)):
            yield [best[a, b] for a, b in enumerate(x) if b >= 0]


def placed(n, m, i, j, w, cap, x):
    """The fits of the people placed by ``x``."""
    return [max(fit for a, b, fit in zip(i, j, w, strict=True) if (a, b) == (k, x[k])) for k in range(n) if x[k] >= 0]


@modest
@given(fits)
def test_least_shortfall_is_the_least_there_is(problem):
    n, m, i, j, w, cap = problem
    x = solve_pairs(n, m, i, j, shortfall_weights(w), cap)
    assert certificate(n, m, i, j, shortfall_weights(w), cap, x).optimal
    got = placed(*problem, x)
    least = min((-len(found), sum((10_000 - fit) ** 2 for fit in found)) for found in outcomes(*problem))
    assert (-len(got), sum((10_000 - fit) ** 2 for fit in got)) == least


@modest
@given(fits)
def test_max_min_places_the_most_then_lifts_the_worst_off_then_the_total(problem):
    got = placed(*problem, max_min(*problem))
    best = max((len(found), min(found, default=0), sum(found)) for found in outcomes(*problem))
    assert (len(got), min(got, default=0), sum(got)) == best


@modest
@given(fits, st.data())
def test_the_check_of_max_min_passes_exactly_what_is_as_good(problem, data):
    n, m, i, j, w, cap = problem
    x = max_min(*problem)
    assert is_max_min(*problem, x)
    other = solve_pairs(n, m, i, j, data.draw(st.permutations(w)), cap)
    worth = [(len(found), min(found, default=0), sum(found)) for found in (placed(*problem, y) for y in (x, other))]
    assert is_max_min(*problem, other) == (worth[0] == worth[1])


def crowd(seed, n=120, m=50, each=12):
    rng = np.random.default_rng(seed)
    i = np.repeat(np.arange(n), each)
    j = np.concatenate([rng.choice(m, each, replace=False) for _ in range(n)])
    w = (rng.integers(0, 10_001, len(i)) + rng.integers(0, 10_001, n)[i] + rng.integers(0, 10_001, m)[j]) // 3
    return n, m, i, j, w, rng.integers(0, 4, m)


@pytest.mark.parametrize("seed", range(6))
def test_a_crowd_is_placed_as_the_solver_places_it_and_lifted(seed):
    n, m, i, j, w, cap = problem = crowd(seed)
    best, even = solve_pairs(*problem), max_min(*problem)
    assert is_max_min(*problem, even)
    fit = {(a, b): c for a, b, c in zip(i.tolist(), j.tolist(), w.tolist(), strict=True)}
    first, second = ([fit[a, b] for a, b in enumerate(x.tolist()) if b >= 0] for x in (best, even))
    assert len(first) == len(second) < n
    assert min(first) <= min(second)
    assert sum(first) >= sum(second)
    assert is_max_min(*problem, best) == (min(first) == min(second) and sum(first) == sum(second))


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_the_pairs_never_matters(seed):
    n, m, i, j, w, cap = crowd(seed)
    order = np.random.default_rng(seed).permutation(len(i))
    assert max_min(n, m, i[order], j[order], w[order], cap).tolist() == max_min(n, m, i, j, w, cap).tolist()


@modest
@given(matchings(people=7, openings=5, heaviest=3), st.integers(0, 3))
def test_most_placed_places_as_many_as_the_solver(problem, threshold):
    n, m, i, j, w, cap = problem
    e = edges(*problem)
    kept = e.w >= threshold
    x = most_placed(e, kept, solve_pairs(*problem), n)
    assert certificate(n, m, e.i[kept], e.j[kept], np.zeros(int(kept.sum()), np.int64), cap, x).optimal


def test_most_placed_stops_when_there_are_enough():
    e = edges(4, 1, [0, 1, 2, 3], [0] * 4, [0] * 4, [4])
    nobody = np.full(4, -1, np.int64)
    assert int((most_placed(e, np.ones(4, np.bool_), nobody, 4) >= 0).sum()) == 4
    assert most_placed(e, np.ones(4, np.bool_), nobody, 0).tolist() == [-1] * 4


def test_shortfall_weights_are_exact_and_refuse_what_is_no_fit():
    assert shortfall_weights([0, 1, 9_999, 10_000]).tolist() == [0, 19_999, 99_999_999, 100_000_000]
    for bad in ([0, -1], [0, 10_001], [0, 0.5]):
        with pytest.raises(ValueError, match=r"fit\[1\]"):
            shortfall_weights(bad)


def test_a_worst_off_person_is_lifted_at_the_cost_of_the_total():
    pairs = ([0, 0, 1, 1], [0, 1, 0, 1], [9_000, 5_000, 6_000, 1_000], [1, 1])
    assert solve_pairs(2, 2, *pairs).tolist() == [1, 0]
    pairs = ([0, 0, 1, 1], [0, 1, 0, 1], [9_000, 4_000, 5_900, 1_000], [1, 1])
    assert solve_pairs(2, 2, *pairs).tolist() == [0, 1]
    assert max_min(2, 2, *pairs).tolist() == [1, 0]
    assert solve_pairs(2, 2, pairs[0], pairs[1], shortfall_weights(pairs[2]), pairs[3]).tolist() == [1, 0]
