"""What other weights would do to a result, told without solving again."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from placement.domain.matching.arrays import Array
from placement.domain.matching.features import Features, prepare
from placement.domain.matching.problem import Problem, Weights
from placement.domain.matching.result import Solution
from placement.domain.matching.rules import blocks
from placement.domain.matching.score import fit_block, score_pairs


@dataclass(frozen=True, slots=True)
class Effect:
    """The pairs of a result under other weights, in basis points of fit; means and lowest are None without pairs.

    ``below``: pairs that would fall below the minimum fit (locked ones need not reach it);
    ``changed`` of ``people``: for how many another opening would fit best. Where that is
    few, solving again changes little.
    """

    mean_before: float | None
    mean_after: float | None
    lowest_before: int | None
    lowest_after: int | None
    below: int
    changed: int
    people: int


def effect(problem: Problem, solution: Solution, weights: Weights) -> Effect:
    """Scores the pairs of ``solution`` under ``weights``, and what fits each person best under both."""
    before = prepare(problem)
    after = replace(before, settings=replace(problem.settings, weights=weights))
    person = {key: i for i, key in enumerate(before.people)}
    opening = {key: j for j, key in enumerate(before.openings)}
    i = np.array([person[pair.person] for pair in solution.pairs], np.int64)
    j = np.array([opening[pair.opening] for pair in solution.pairs], np.int64)
    free = np.array([not pair.locked for pair in solution.pairs], np.bool_)
    old, new = (score_pairs(f, i, j).sum(axis=1) for f in (before, after))
    changed, people = _best_openings(before, after)
    return Effect(
        mean_before=float(old.mean()) if len(old) else None,
        mean_after=float(new.mean()) if len(new) else None,
        lowest_before=int(old.min()) if len(old) else None,
        lowest_after=int(new.min()) if len(new) else None,
        below=int(np.count_nonzero(free & (new < problem.settings.minimum_fit))),
        changed=changed,
        people=people,
    )


def _best_openings(before: Features, after: Features) -> tuple[int, int]:
    """For how many people the best opening is no longer among the best, and how many have any."""
    changed = people = 0
    for rows in blocks(before, np.arange(len(before.people) if before.openings else 0)):
        old, new = fit_block(before, rows), fit_block(after, rows)
        any_fits = (old >= 0).any(axis=1)
        kept = (_best(old) & _best(new)).any(axis=1)
        people += int(np.count_nonzero(any_fits))
        changed += int(np.count_nonzero(any_fits & ~kept))
    return changed, people


def _best(fit: Array) -> Array:
    return np.asarray(fit == fit.max(axis=1, keepdims=True))
