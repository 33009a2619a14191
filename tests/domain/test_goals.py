"""Goal attainment scaling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.domain.goals import gas_t

SCORES = st.lists(st.integers(-2, 2), min_size=1, max_size=8)


@pytest.mark.parametrize(("scores", "t"), [((0, 0, 0), 50), ((1, 1, 1), 63.693), ((1, 0, -1, 2), 57.255)])
def test_published_figures(scores: tuple[int, ...], t: float) -> None:
    assert gas_t(scores) == pytest.approx(t, abs=5e-4)


@given(SCORES, st.floats(0.1, 10))
def test_only_the_proportion_of_weights_counts(scores: list[int], factor: float) -> None:
    assert gas_t(scores, [factor] * len(scores)) == pytest.approx(gas_t(scores))


@given(SCORES)
def test_turned_over_it_lies_on_the_other_side_of_50(scores: list[int]) -> None:
    assert gas_t([-score for score in scores]) == pytest.approx(100 - gas_t(scores))


@pytest.mark.parametrize(
    ("scores", "weights", "entry"),
    [((), None, "scores"), ((3,), None, r"scores\[0\]"), ((1, 1), (1,), "weights"), ((1,), (-1,), r"weights\[0\]"),
     ((1,), (0,), "weights")],
)  # fmt: skip
def test_what_is_refused_is_named(scores: tuple, weights: tuple | None, entry: str) -> None:
    with pytest.raises(ValueError, match=entry):
        gas_t(scores, weights)
