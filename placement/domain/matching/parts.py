"""The four parts of the fits of a few chosen pairs, for lists that show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from placement.domain.matching.features import prepare
from placement.domain.matching.problem import Problem
from placement.domain.matching.result import Parts
from placement.domain.matching.score import score_pairs


def fit_parts(problem: Problem, pairs: Sequence[tuple[str, str]]) -> tuple[Parts, ...]:
    """Points per factor of each pair (person key, opening key), whether or not it passes the hard rules.

    Only these people and openings are looked at, so the price is that of the pairs shown. KeyError for a foreign key.
    """
    if not pairs:
        return ()
    people, openings = {person for person, _ in pairs}, {opening for _, opening in pairs}
    small = replace(
        problem,
        people=tuple(person for person in problem.people if person.key in people),
        openings=tuple(opening for opening in problem.openings if opening.key in openings),
        locks=(), bans=(), overrides=(),
    )  # fmt: skip
    f = prepare(small)
    row = {key: i for i, key in enumerate(f.people)}
    column = {key: j for j, key in enumerate(f.openings)}
    i = np.array([row[person] for person, _ in pairs], np.int64)
    j = np.array([column[opening] for _, opening in pairs], np.int64)
    return tuple(Parts(*points) for points in score_pairs(f, i, j).tolist())
