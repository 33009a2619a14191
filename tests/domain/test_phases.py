"""Two phases compared: published figures, and what must hold whatever the numbers are."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.domain.phases import (
    DualCriterion,
    dual_criterion,
    nap,
    nap_interval,
    pnd,
    points_needed,
    tau,
    tau_bc,
    tau_u,
    theil_sen,
)

A1, B1 = [20, 20, 26, 25, 22, 23], [28, 25, 24, 27, 30, 30, 29]
A2, B2 = [4, 3, 4, 3, 4, 7, 5, 2, 3, 2], [5, 9, 7, 9, 7, 5, 9, 11, 11, 10, 9]
FIGURES = [
    (A1, B1, {nap: 11 / 12, tau: 5 / 6, tau_u: 31 / 42, pnd: 5 / 7, tau_bc: 2 / 7}),
    (A2, B2, {nap: 53 / 55, tau: 51 / 55, tau_u: 56 / 55, pnd: 7 / 11, tau_bc: 53 / 55}),
]
MEASURES = (nap, tau, tau_u, pnd, tau_bc)
NUMBERS = st.integers(-50, 50)
PHASE = st.lists(st.one_of(st.none(), NUMBERS), max_size=15)
FULL = st.lists(NUMBERS, min_size=1, max_size=15)


@pytest.mark.parametrize(("a", "b", "figures"), FIGURES)
def test_published_figures(a: list[int], b: list[int], figures: dict) -> None:
    for measure, expected in figures.items():
        assert measure(a, b) == pytest.approx(expected, abs=1e-9)


def test_dual_criterion_of_the_published_series() -> None:
    assert dual_criterion(A1, B1) == DualCriterion(4, 7, 7)
    assert dual_criterion(A2, B2) == DualCriterion(11, 11, 9)
    assert not dual_criterion(A1, B1).met
    assert dual_criterion(A2, B2).met


def test_points_needed() -> None:
    table = {5: 5, 6: 6, 7: 7, 8: 7, 9: 8, 10: 9, 11: 9, 12: 10, 13: 10, 14: 11, 15: 12}
    assert {n: points_needed(n) for n in table} == table
    assert points_needed(4) is None


def test_the_interval_is_newcombes() -> None:
    assert nap_interval(A1, B1) == pytest.approx((0.59734, 0.98602), abs=1e-4)


@given(FULL, FULL)
def test_the_interval_holds_the_estimate(a: list[int], b: list[int]) -> None:
    low, high = nap_interval(a, b)
    assert 0 <= low <= nap(a, b) <= high <= 1
    wider = nap_interval(a, b, 0.99)
    assert wider[0] <= low
    assert wider[1] >= high


@given(FULL, FULL)
def test_nap_counts_pairs(a: list[int], b: list[int]) -> None:
    pairs = [(x, y) for x in a for y in b]
    expected = sum(1.0 if y > x else 0.5 if y == x else 0.0 for x, y in pairs) / len(pairs)
    assert nap(a, b) == pytest.approx(expected, abs=1e-12)


@given(FULL, FULL)
def test_tau_u_counts_pairs(a: list[int], b: list[int]) -> None:
    def sign(x: int) -> int:
        return (x > 0) - (x < 0)

    between = sum(sign(y - x) for x in a for y in b)
    within = sum(sign(a[j] - a[i]) for i in range(len(a)) for j in range(i + 1, len(a)))
    assert tau_u(a, b) == pytest.approx((between - within) / (len(a) * len(b)), abs=1e-9)


@given(FULL)
def test_all_later_values_above(a: list[int]) -> None:
    b = [max(a) + 1, max(a) + 2]
    assert nap(a, b) == tau(a, b) == pnd(a, b) == 1


@given(PHASE, PHASE, st.integers(-20, 20), st.sampled_from([0.5, 1, 2, 8]))
def test_shift_and_scale_change_nothing(a: list, b: list, shift: int, scale: float) -> None:
    moved = [[None if x is None else x * scale + shift for x in phase] for phase in (a, b)]
    for measure in MEASURES:
        before, after = measure(a, b), measure(*moved)
        assert after == before if before is None else after == pytest.approx(before, abs=1e-9)


@given(PHASE, PHASE)
def test_turned_over_it_is_the_opposite(a: list, b: list) -> None:
    if tau(a, b) is not None:
        assert tau(b, a) == -tau(a, b)


@given(PHASE, PHASE)
def test_missing_is_missing(a: list, b: list) -> None:
    known = [[x for x in phase if x is not None] for phase in (a, b)]
    for measure in (nap, tau, tau_u, pnd):
        assert measure(a, b) == measure(*known)
    if not known[0] or not known[1]:
        assert [measure(a, b) for measure in MEASURES] == [None] * 5
        assert nap_interval(a, b) is None


@given(st.lists(NUMBERS, min_size=2, max_size=10), st.integers(1, 10))
def test_a_trend_that_merely_goes_on_is_no_effect(a: list[int], n: int) -> None:
    line = [3 * t for t in range(len(a) + n)]
    assert tau_bc(line[: len(a)], line[len(a) :]) == 0
    assert nap(line[: len(a)], line[len(a) :]) == 1


def test_one_point_and_constant_series() -> None:
    assert (nap([1], [1]), tau_u([2], [3]), tau_bc([1], [2])) == (0.5, 1, 1)
    assert (nap([4] * 9, [4] * 9), tau_bc([4] * 9, [4] * 9), pnd([4] * 9, [4] * 9)) == (0.5, 0, 0)
    assert dual_criterion([4], [5]) is None
    assert dual_criterion([4, 4], [4] * 6) == DualCriterion(0, 6, 6)


def test_theil_sen_is_the_median_of_slopes() -> None:
    assert theil_sen([1, 2, 3, 4], [1, 2, None, 40]) == 13
    assert theil_sen([1, 2], [None, 5]) is None
    with pytest.raises(ValueError, match="y: 2001 points"):
        theil_sen(range(2001), range(2001))
    with pytest.raises(ValueError, match="y: has 1"):
        theil_sen([1, 2], [1])


def test_what_is_no_number_is_refused() -> None:
    for measure in MEASURES:
        with pytest.raises(ValueError, match="must be a number"):
            measure([1, math.nan], [2])


def test_long_series_are_counted_exactly() -> None:
    a, b = [k % 7 for k in range(5000)], [k % 9 for k in range(5000)]
    counts = [[phase.count(value) for value in range(9)] for phase in (a, b)]
    higher = sum(counts[0][x] * counts[1][y] for x in range(9) for y in range(9) if y > x)
    ties = sum(counts[0][x] * counts[1][x] for x in range(9))
    assert nap(a, b) == pytest.approx((higher + ties / 2) / 25_000_000, abs=1e-12)
