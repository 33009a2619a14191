"""The proof: it holds for exactly the best matchings, and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from placement.domain.matching import candidates
from placement.domain.matching.solve import certificate, solve_pairs
from tests.domain.matching.cohorts import matchings
from tests.domain.matching.oracle import brute_force, modest, random_args, value


def conditions(args, proof):
    """The conditions of a proof, word for word on the raw input."""
    n, m, i, j, w, cap = args
    premium = 1 + min(n, sum(cap)) * max(w, default=0)
    price, surplus = proof.price.tolist(), proof.surplus.tolist()
    assert (len(price), len(surplus)) == (m, n)
    assert all(isinstance(value, int) and value >= 0 for value in price + surplus)
    assert all(surplus[a] + price[b] >= c + premium for a, b, c in zip(i, j, w, strict=True))
    paid = sum(surplus) + sum(p * places for p, places in zip(price, cap, strict=True))
    assert paid == proof.total + premium * proof.placed


@modest
@given(matchings())
def test_every_result_is_proved_best(args):
    x = solve_pairs(*args)
    proof = certificate(*args, x)
    assert proof.optimal
    assert (proof.placed, proof.total) == value(args, x)


@modest
@given(matchings(), st.data())
def test_proof_holds_for_exactly_the_best(args, data):
    """Any other matching passes if and only if it is as good."""
    n, m, i, j, _, cap = args
    pairs, left = set(zip(i, j, strict=True)), list(cap)
    x = np.full(n, -1)
    for person in range(n):
        options = [-1, *(b for b in range(m) if (person, b) in pairs and left[b])]
        x[person] = data.draw(st.sampled_from(options))
        if x[person] >= 0:
            left[x[person]] -= 1
    assert certificate(*args, x).optimal == (value(args, x) == brute_force(args))


def test_proof_is_checkable_by_hand():
    args = random_args(7, 80, 30)
    n, m, i, j, w, cap = args
    proof = certificate(*args, solve_pairs(*args))
    premium = 1 + min(n, sum(cap)) * max(w)
    assert (proof.price >= 0).all()
    assert (proof.surplus >= 0).all()
    assert all(proof.surplus[a] + proof.price[b] >= c + premium for a, b, c in zip(i, j, w, strict=True))
    assert proof.surplus.sum() + (proof.price * cap).sum() == proof.total + premium * proof.placed


def test_proof_refuses_a_worsened_result():
    args = random_args(3, 60, 40)
    x = solve_pairs(*args)
    for person in np.flatnonzero(x >= 0):
        worse = x.copy()
        worse[person] = -1
        assert not certificate(*args, worse).optimal


@pytest.mark.parametrize(
    ("x", "message"),
    [([0, 0], "opening 0"), ([1, -1], r"x\[0\]"), ([-2, -1], r"x\[0\]"), ([0], "x:"), ([0.0, -1.0], "x:")],
)
def test_proof_refuses_what_is_no_matching(x, message):
    with pytest.raises(ValueError, match=message):
        certificate(2, 2, [0, 1], [0, 0], [5, 5], [1, 1], x)


@modest
@given(matchings(heaviest=10**10))
def test_conditions_hold_on_the_raw_input(args):
    conditions(args, certificate(*args, solve_pairs(*args)))


@pytest.mark.parametrize("places", [0, 1, 3])
@pytest.mark.parametrize("heaviest", [1, 50, 10**10])
def test_conditions_hold_in_a_large_cohort(monkeypatch, places, heaviest):
    monkeypatch.setattr(candidates, "_FEW", 0)
    monkeypatch.setattr(candidates, "_MOST", 2)
    args = random_args(places, 80, 50, share=0.4, heaviest=heaviest, places=places)
    proof = certificate(*args, solve_pairs(*args))
    assert proof.optimal
    conditions(args, proof)


@pytest.mark.parametrize("seed", range(4))
def test_prices_are_the_lowest_a_linear_program_finds(seed):
    """Of all prices that prove the best, the ones with the least sum (dual program by HiGHS)."""
    args = random_args(seed, 25, 14, share=0.3, heaviest=30)
    n, m, i, j, w, cap = args
    proof = certificate(*args, solve_pairs(*args))
    worth = np.array(w) + 1 + min(n, sum(cap)) * max(w)
    edge, ones = np.arange(len(i)), -np.ones(len(i))
    cover = csr_array((ones, (edge, i)), shape=(len(i), n)), csr_array((ones, (edge, j)), shape=(len(i), m))
    best = proof.surplus.sum() + (proof.price * cap).sum()
    a = vstack([csr_array(np.hstack([cover[0].toarray(), cover[1].toarray()])), csr_array([[1.0] * n + cap])])
    found = linprog([0] * n + [1] * m, A_ub=a, b_ub=[*-worth, best], bounds=(0, None), method="highs")
    assert round(found.fun) == proof.price.sum()
