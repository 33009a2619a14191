"""Why somebody was left out, the smallest change that would open something, and what a place would cost the group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from placement.domain.matching.choices import Choice, Standing, choices, stand
from placement.domain.matching.costs import Cost
from placement.domain.matching.features import Features, prepare
from placement.domain.matching.misses import BY_DEGREES, missed_share
from placement.domain.matching.problem import Problem
from placement.domain.matching.refusals import left_out_words
from placement.domain.matching.remedies import Remedy, relax, what_would_help
from placement.domain.matching.result import Solution
from placement.domain.matching.rules import RULES, HardRule, failing_pairs, reasons
from placement.domain.matching.run import lay_out
from placement.domain.matching.score import fit_block
from placement.domain.words import Say, say_n

_ME = np.zeros(1, np.int64)
#: What can be moved a little; then what is lifted whole. Protection is never suggested.
_SUGGESTED = (*BY_DEGREES, HardRule.ACCOMMODATION, HardRule.BANNED, HardRule.PLACES)
_TRIES = 8


@dataclass(frozen=True, slots=True)
class Easing:
    """The smallest single change that would open something: ``openings`` (keys) would then be possible."""

    remedy: Remedy
    openings: tuple[str, ...]
    words: Say


@dataclass(frozen=True, slots=True)
class Nearest:
    """The opening (its key) that would cost the group least; ``fit`` in basis points, ``cost`` for all others."""

    opening: str
    fit: int
    cost: Cost


@dataclass(frozen=True, slots=True)
class LeftOutWhy:
    """``words`` as in the run; ``easing`` if no opening is possible; ``nearest`` if places went elsewhere."""

    words: Say
    easing: Easing | None
    nearest: Nearest | None


def why_left_out(problem: Problem, solution: Solution, person_key: str, standing: Standing | None = None) -> LeftOutWhy:
    """Why this person got no opening. KeyError for a foreign key, ValueError if they got one.

    ``standing`` of the same run spares preparing it again (see :func:`standing_of`).
    """
    if any(pair.person == person_key for pair in solution.pairs):
        raise ValueError(f"{person_key!r} was not left out")
    f = prepare(problem.only(person_key))
    best = int(fit_block(f, _ME).max(initial=-1))
    words = left_out_words(reasons(f, 0), best, problem.settings.minimum_fit)
    if best < problem.settings.minimum_fit:
        return LeftOutWhy(words, easing(problem, person_key), None)
    return LeftOutWhy(words, None, _nearest(standing or standing_of(problem, solution), person_key))


def standing_of(problem: Problem, solution: Solution) -> Standing:
    """The run as it stands, prepared for asking about many people."""
    laid = lay_out(problem)
    person, opening = (
        {key: k for k, key in enumerate(keys)} for keys in (laid.features.people, laid.features.openings)
    )
    x = np.full(len(person), -1, np.int64)
    for pair in solution.pairs:
        x[person[pair.person]] = opening[pair.opening]
    return stand(laid.features, laid.asked, laid.held, x)


def easing(problem: Problem, person_key: str) -> Easing | None:
    """The smallest single change that would make an opening possible, None if no single one would.

    Smallest is the least share by which a limit is missed; what is all or nothing comes after.
    """
    small = problem.only(person_key)
    f = prepare(small)
    for j in _nearly(f):
        remedies = what_would_help(small, person_key, f.openings[j])
        if len(remedies) == 1:
            return _easing(small, remedies[0])
    return None


def _easing(small: Problem, remedy: Remedy) -> Easing:
    f = prepare(relax(small, [remedy]))
    possible = np.flatnonzero(fit_block(f, _ME)[0] >= f.settings.minimum_fit)
    keys = tuple(f.openings[j] for j in possible.tolist())
    words = say_n(
        "%(change)s One opening would then be possible.",
        "%(change)s %(n)s openings would then be possible.",
        len(keys),
        change=remedy.words,
    )
    return Easing(remedy, keys, words)


def _nearly(f: Features) -> list[int]:
    """The openings to try: those too low by fit alone, the best first; else those that fail one rule by least."""
    m = len(f.openings)
    fits = fit_block(f, _ME)[0]
    if (fits >= 0).any():
        return [int(fits.argmax())]
    me, every = np.zeros(m, np.int64), np.arange(m)
    fails = failing_pairs(f, me, every)
    missed = np.full(m, np.inf)
    single = fails.sum(axis=0) == 1
    for place, rule in enumerate(_SUGGESTED):
        at = np.flatnonzero(single & fails[RULES.index(rule)])
        missed[at] = missed_share(f, rule, at) if rule in BY_DEGREES else 1 + place
    order = np.argsort(missed, kind="stable")[:_TRIES]
    return [int(j) for j in order if np.isfinite(missed[j])]


def _nearest(standing: Standing, person_key: str) -> Nearest | None:
    found = choices(standing, standing.features.people.index(person_key), 1)
    if not found:
        return None
    best: Choice = found[0]
    return Nearest(standing.features.openings[best.opening], best.fit, best.cost)
