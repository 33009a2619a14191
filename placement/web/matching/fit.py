"""A fit as a bar: its four parts in points of 100."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from placement.charts.bars import FitBar, FitPart, fit_bar
from placement.domain.matching.explain import PartLine
from placement.domain.matching.problem import Weights
from placement.domain.words import say

#: Factors as stored with a proposal, in the order in which they are drawn.
FACTORS = {
    "profile": say("Abilities"),
    "wishes": say("Wishes"),
    "travel": say("Travel"),
    "schedule": say("Schedule"),
}


def stored_bar(parts: Mapping[str, int], weights: Weights) -> FitBar:
    """The bar of a proposal's stored parts (basis points)."""
    return fit_bar(
        [FitPart(words, parts.get(name, 0) / 100, getattr(weights, name) / 100) for name, words in FACTORS.items()]
    )


def explained_bar(lines: Iterable[PartLine]) -> FitBar:
    """The bar of an explained pair."""
    return fit_bar([FitPart(line.factor, line.points / 100, line.of / 100) for line in lines])
