"""Stable matchings against the textbook, brute force, and the least and most that may come of them."""

from __future__ import annotations

import random
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placement.domain.matching import stable as module
from placement.domain.matching.stable import blocking_pairs, stable

modest = settings(max_examples=150, deadline=None, derandomize=True)


@st.composite
def markets(draw, people=4, openings=3):
    """Arguments of ``stable``: small, with ties, zero places and nobody at all."""
    n, m = draw(st.integers(0, people)), draw(st.integers(0, openings))
    pairs = draw(st.lists(st.sampled_from(list(product(range(n), range(m)))), unique=True)) if n and m else []
    scores = st.lists(st.integers(-3, 3), min_size=len(pairs), max_size=len(pairs))
    cap = draw(st.lists(st.integers(0, 2), min_size=m, max_size=m))
    return n, m, [i for i, _ in pairs], [j for _, j in pairs], draw(scores), draw(scores), cap


def crowd(seed, n, m, each, places=2):
    """A market that goes through the rounds of many as well as the few at the end."""
    rng = np.random.default_rng(seed)
    i = np.repeat(np.arange(n), each)
    j = np.concatenate([rng.choice(m, each, replace=False) for _ in range(n)])
    fame, skill = rng.integers(0, 50, m), rng.integers(0, 50, n)
    liked, wanted = rng.integers(0, 50, len(i)) + fame[j], rng.integers(0, 50, len(i)) + skill[i]
    return n, m, i, j, liked, wanted, rng.integers(0, places + 1, m)


def blocking(market, x):
    """Every blocking pair by the definition, one pair at a time."""
    n, m, i, j, liked, wanted, cap = market
    mine = {(a, b): (s, -b) for a, b, s in zip(i, j, liked, strict=True)}
    theirs = {(a, b): (s, -a) for a, b, s in zip(i, j, wanted, strict=True)}
    found = []
    for a, b in sorted(mine):
        here = [c for c in range(n) if x[c] == b]
        rather = x[a] == -1 or mine[a, b] > mine[a, x[a]]
        room = len(here) < cap[b] or any(theirs[a, b] > theirs[c, b] for c in here)
        if x[a] != b and rather and room:
            found.append([a, b])
    return found


def matchings(market):
    """All of them: tuples of openings, −1 unplaced."""
    n, m, i, j, _, _, cap = market
    may = [[-1, *(b for a, b in zip(i, j, strict=True) if a == person)] for person in range(n)]
    for x in product(*may):
        if all(x.count(b) <= cap[b] for b in range(m)):
            yield x


@modest
@given(markets())
def test_it_is_stable_and_nobody_has_a_better_opening_in_any_stable_matching(market):
    n, m, i, j, liked, _, _ = market
    found = tuple(stable(*market).tolist())
    every = [x for x in matchings(market) if not blocking(market, x)]
    assert found in every
    mine = {(a, b): (s, -b) for a, b, s in zip(i, j, liked, strict=True)} | {(a, -1): (-99, 0) for a in range(n)}
    for other in every:
        assert all(mine[a, found[a]] >= mine[a, other[a]] for a in range(n))
        assert [b >= 0 for b in other] == [b >= 0 for b in found]


@modest
@given(markets(), st.data())
def test_blocking_pairs_are_those_of_the_definition(market, data):
    x = data.draw(st.sampled_from(list(matchings(market))))
    assert blocking_pairs(*market, np.array(x, np.int64)).tolist() == blocking(market, x)


@pytest.mark.parametrize("few", [1, 20, 10**9])
@pytest.mark.parametrize("seed", range(3))
def test_many_at_once_and_one_by_one_come_to_the_same(monkeypatch, few, seed):
    market = crowd(seed, 150, 60, 25)
    expected = stable(*market)
    assert (expected < 0).any()
    assert not len(blocking_pairs(*market, expected))
    monkeypatch.setattr(module, "_FEW", few)
    assert stable(*market).tolist() == expected.tolist()


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_pairs_never_matters(seed):
    n, m, *pairs, cap = crowd(seed, 60, 25, 12)
    order = np.random.default_rng(seed).permutation(len(pairs[0]))
    assert stable(n, m, *(side[order] for side in pairs), cap).tolist() == stable(n, m, *pairs, cap).tolist()


@pytest.mark.parametrize("seed", range(5))
def test_three_places_are_three_openings_of_one(seed):
    n, m, i, j, liked, wanted, cap = crowd(seed, 40, 12, 8, places=3)
    owner = np.repeat(np.arange(m), cap)
    single = [np.concatenate([side[j == b] for b in owner]) for side in (i, j, liked, wanted)]
    # Equal scores must fall as they do with one opening: by opening, then by place.
    column = np.concatenate([np.full(int((j == b).sum()), k) for k, b in enumerate(owner)])
    x = stable(n, len(owner), single[0], column, single[2], single[3], np.ones(len(owner), np.int64))
    assert [-1 if k < 0 else owner[k] for k in x] == stable(n, m, i, j, liked, wanted, cap).tolist()


def test_another_place_harms_nobody():
    for seed in range(20):
        n, m, i, j, liked, wanted, cap = crowd(seed, 30, 12, 8)
        mine = {(a, b): (s, -b) for a, b, s in zip(i.tolist(), j.tolist(), liked.tolist(), strict=True)}
        before = stable(n, m, i, j, liked, wanted, cap).tolist()
        opening = random.Random(seed).randrange(m)
        cap[opening] += 1
        after = stable(n, m, i, j, liked, wanted, cap).tolist()
        for a in range(n):
            assert before[a] == -1 or mine[a, after[a]] >= mine[a, before[a]]


def test_scores_too_far_apart_for_one_key_are_sorted_all_the_same():
    far = 2**62
    x = stable(3, 3, [0, 0, 1, 1, 2, 2], [0, 1, 0, 1, 0, 1], [far, -far] * 3, [-far, 0, far, 0, 0, far], [1, 1, 0])
    assert x.tolist() == [-1, 0, 1]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"i": [0, 5]}, r"i\[1\]: is 5"),
        ({"j": [0, -1]}, r"j\[1\]: is -1"),
        ({"i": [0, 0], "j": [1, 1]}, "pair 0 is given twice"),
        ({"by_person": [1]}, "by_person: must hold 2 numbers"),
        ({"by_opening": [1.0, float("nan")]}, "by_opening: must hold whole numbers"),
        ({"cap": [1, -1]}, r"cap\[1\]: is -1"),
        ({"cap": [1]}, "cap: has 1 entries"),
    ],
)
def test_malformed_input_is_named(change, words):
    market = {"n": 2, "m": 2, "i": [0, 1], "j": [0, 1], "by_person": [1, 2], "by_opening": [2, 1], "cap": [1, 1]}
    with pytest.raises(ValueError, match=words):
        stable(**market | change)


@pytest.mark.parametrize(
    ("x", "words"),
    [
        ([0], "x: must hold 2"),
        ([0.0, 1.0], "x: must hold 2 whole numbers"),
        ([1, -1], r"x\[0\]: 1 is not among"),
        ([0, 0], "x: opening 0 is given more people than its 1 places"),
    ],
)
def test_what_is_no_matching_is_refused(x, words):
    with pytest.raises(ValueError, match=words):
        blocking_pairs(2, 2, [0, 1], [0, 0], [1, 1], [1, 2], [1, 1], np.array(x))
