"""For one person every opening of a run, and whether chosen pairs still hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np

from placement.domain.matching.features import Features, prepare
from placement.domain.matching.figures import points_of_100
from placement.domain.matching.problem import Problem
from placement.domain.matching.refusals import also, rule_words
from placement.domain.matching.rules import failing_pair
from placement.domain.matching.score import score_pairs
from placement.domain.words import Say, say


@dataclass(frozen=True, slots=True)
class Option:
    """An opening (its key) for one person: ``fit`` in basis points, or what stands against it."""

    opening: str
    fit: int | None
    refusal: Say | None


def options(problem: Problem, person_key: str) -> tuple[Option, ...]:
    """Every opening, those that pass the rules first, the best fit first. KeyError for a foreign key."""
    f = prepare(problem.only(person_key))
    found = [_option(f, 0, j) for j in range(len(f.openings))]
    return tuple(sorted(found, key=lambda option: (option.fit is None, -(option.fit or 0), option.opening)))


def refusals(problem: Problem, pairs: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], Say]:
    """Pair → what stands against it under the hard rules and the minimum fit; pairs that hold are left out.

    Locked pairs need not reach the minimum. KeyError for a key that is not in the problem.
    """
    f = prepare(problem)
    person = {key: i for i, key in enumerate(f.people)}
    opening = {key: j for j, key in enumerate(f.openings)}
    found = {pair: _option(f, person[pair[0]], opening[pair[1]]) for pair in pairs}
    locked = set(problem.locks)
    minimum = {pair: 0 if pair in locked else problem.settings.minimum_fit for pair in found}
    return {
        pair: option.refusal or _too_low(option.fit or 0, minimum[pair])
        for pair, option in found.items()
        if option.refusal is not None or (option.fit or 0) < minimum[pair]
    }


def _option(f: Features, i: int, j: int) -> Option:
    broken = failing_pair(f, i, j)
    if broken:
        return Option(f.openings[j], None, reduce(also, [rule_words(f, rule, i, j) for rule in broken]))
    return Option(f.openings[j], int(score_pairs(f, np.array([i]), np.array([j]))[0].sum()), None)


def _too_low(fit: int, minimum: int) -> Say:
    return say(
        "The fit is now %(fit)s points of 100, below the minimum of %(minimum)s.",
        fit=points_of_100(fit),
        minimum=points_of_100(minimum),
    )
