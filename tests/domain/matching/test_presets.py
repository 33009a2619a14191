"""Weights in words and from sliders."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placement.domain.matching.presets import PRESETS, NoWeightsError, sliders_from_weights, weights_from_sliders
from placement.domain.matching.problem import Weights

SLIDER = st.integers(0, 10)


def values(weights):
    return [getattr(weights, name) for name in Weights.__slots__]


@settings(deadline=None, derandomize=True)
@given(st.tuples(SLIDER, SLIDER, SLIDER, SLIDER).filter(any))
def test_sliders_keep_their_proportions_to_the_basis_point(sliders):
    found = values(weights_from_sliders(*sliders))
    assert sum(found) == 10_000
    for value, slider in zip(found, sliders, strict=True):
        assert abs(value - 10_000 * slider / sum(sliders)) < 1
        assert (value == 0) == (slider == 0)
    for a in range(4):
        for b in range(4):
            assert sliders[a] <= sliders[b] or found[a] >= found[b]


def test_the_largest_remainder_gets_what_is_left_and_of_equals_the_first():
    assert values(weights_from_sliders(1, 1, 1, 0)) == [3334, 3333, 3333, 0]
    assert values(weights_from_sliders(2, 2, 2, 1)) == [2857, 2857, 2857, 1429]
    assert values(weights_from_sliders(0, 0, 0, 3)) == [0, 0, 0, 10_000]


def test_sliders_that_mean_nothing_are_refused_in_words():
    with pytest.raises(NoWeightsError, match="At least one of the four must count") as caught:
        weights_from_sliders(0, 0, 0, 0)
    assert isinstance(caught.value, ValueError)
    assert caught.value.reason.msgid == "At least one of the four must count."
    for wrong in (-1, 11, 2.0, True, "3"):
        with pytest.raises(ValueError, match=r"weights\.travel: must be"):
            weights_from_sliders(1, 1, wrong, 1)


def test_presets_say_what_they_do():
    assert PRESETS[0].weights == Weights()
    assert len({preset.key for preset in PRESETS}) == len({preset.weights for preset in PRESETS}) == len(PRESETS) == 4
    by = {preset.key: preset.weights for preset in PRESETS}
    assert max(values(by["wishes"])) == by["wishes"].wishes == 5000
    assert by["gentle"].travel == by["gentle"].schedule > by["gentle"].profile
    assert by["challenge"].profile >= 7000


def test_sliders_are_found_again():
    for preset in PRESETS:
        assert sliders_from_weights(preset.weights) == preset.sliders
    assert sliders_from_weights(Weights(10_000, 0, 0, 0)) == (10, 0, 0, 0)
    assert sliders_from_weights(Weights(9997, 1, 1, 1)) == (10, 1, 1, 1)
