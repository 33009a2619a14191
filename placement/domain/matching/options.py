"""For one person every opening, for one opening every person, and whether chosen pairs still hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from placement.domain.matching.arrays import Array
from placement.domain.matching.features import Features, prepare
from placement.domain.matching.figures import points_of_100
from placement.domain.matching.problem import Problem
from placement.domain.matching.refusals import refusal_words
from placement.domain.matching.score import score_pairs
from placement.domain.words import Say, say


@dataclass(frozen=True, slots=True)
class Option:
    """An opening (its key) for one person: ``fit`` in basis points, or what stands against it."""

    opening: str
    fit: int | None
    refusal: Say | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person (their key) for one opening: ``fit`` in basis points, or what stands against it."""

    person: str
    fit: int | None
    refusal: Say | None


def options(problem: Problem, person_key: str) -> tuple[Option, ...]:
    """Every opening, those that pass the rules first, the best fit first. KeyError for a foreign key."""
    f = prepare(problem.only(person_key))
    every = np.arange(len(f.openings))
    return tuple(Option(*found) for found in _sorted(f.openings, *_found(f, np.zeros_like(every), every)))


def people_for(problem: Problem, opening_key: str) -> tuple[Candidate, ...]:
    """The other way round: every person for one opening, in the same order. KeyError for a foreign key."""
    bans = tuple(ban for ban in problem.bans if ban[1] == opening_key)
    asked = replace(problem, openings=(problem.opening(opening_key),), bans=bans, locks=(), overrides=())
    f = prepare(asked)
    every = np.arange(len(f.people))
    return tuple(Candidate(*found) for found in _sorted(f.people, *_found(f, every, np.zeros_like(every))))


def refusals(problem: Problem, pairs: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], Say]:
    """Pair → what stands against it under the hard rules and the minimum fit; pairs that hold are left out.

    Locked pairs need not reach the minimum. KeyError for a key that is not in the problem.
    """
    f, asked = prepare(problem), list(pairs)
    person = {key: i for i, key in enumerate(f.people)}
    opening = {key: j for j, key in enumerate(f.openings)}
    i, j = np.array([(person[p], opening[o]) for p, o in asked], np.int64).reshape(-1, 2).T
    locked, minimum = set(problem.locks), problem.settings.minimum_fit
    found = {}
    for pair, fit, words in zip(asked, *_found(f, i, j), strict=True):
        if words is not None:
            found[pair] = words
        elif fit < minimum and pair not in locked:
            found[pair] = _too_low(fit, minimum)
    return found


def _found(f: Features, i: Array, j: Array) -> tuple[list[int], list[Say | None]]:
    return score_pairs(f, i, j).sum(axis=1).tolist(), refusal_words(f, i, j)


def _sorted(
    keys: Iterable[str], fits: Iterable[int], refused: Iterable[Say | None]
) -> list[tuple[str, int | None, Say | None]]:
    """(key, fit, refusal), what passes first, the best fit first, then by key."""
    found = [(key, fit if words is None else None, words) for key, fit, words in zip(keys, fits, refused, strict=True)]
    return sorted(found, key=lambda one: (one[1] is None, -(one[1] or 0), one[0]))


def _too_low(fit: int, minimum: int) -> Say:
    return say(
        "The fit is now %(fit)s points of 100, below the minimum of %(minimum)s.",
        fit=points_of_100(fit),
        minimum=points_of_100(minimum),
    )
