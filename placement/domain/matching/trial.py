"""Two arrangements of the same people by the same yardstick: what a change of settings would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from placement.domain.matching.features import prepare
from placement.domain.matching.figures import kilometers
from placement.domain.matching.problem import Problem
from placement.domain.matching.score import score_pairs
from placement.domain.matching.travel import squared_km


@dataclass(frozen=True, slots=True)
class Figures:
    """``mean`` and ``lowest`` fit in basis points, ``km`` the mean way; None where there is nothing to count."""

    placed: int
    mean: float | None
    lowest: int | None
    km: float | None


@dataclass(frozen=True, slots=True)
class Trial:
    """``before``: the pairs there are, ``after``: those that would be found; None when it was not solved.

    ``changed`` of ``people``: whose opening would be another one, no opening included.
    """

    before: Figures
    after: Figures | None
    changed: int
    people: int


def compare(problem: Problem, before: Mapping[str, str], after: Mapping[str, str] | None) -> Trial:
    """Person → opening, before and after, both measured by the settings of ``problem``. Foreign keys do not count."""
    people, openings = {p.key for p in problem.people}, {o.key for o in problem.openings}
    there = {person: opening for person, opening in before.items() if person in people and opening in openings}
    if after is None:
        return Trial(figures(problem, there), None, 0, len(people))
    changed = sum(there.get(key) != after.get(key) for key in people)
    return Trial(figures(problem, there), figures(problem, after), changed, len(people))


def figures(problem: Problem, pairs: Mapping[str, str]) -> Figures:
    """Person → opening in numbers, whatever the rules say about them. KeyError for a key that is not there."""
    if not pairs:
        return Figures(0, None, None, None)
    f = prepare(problem)
    person = {key: i for i, key in enumerate(f.people)}
    opening = {key: j for j, key in enumerate(f.openings)}
    i = np.array([person[key] for key in pairs], np.int64)
    j = np.array([opening[key] for key in pairs.values()], np.int64)
    fits = score_pairs(f, i, j).sum(axis=1)
    away = kilometers(squared_km(f.travel, i, j))
    known = away[~np.isnan(away)]
    return Figures(len(pairs), float(fits.mean()), int(fits.min()), float(known.mean()) if len(known) else None)
