"""The smallest change that would open something to somebody to whom nothing is possible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from placement.domain.matching.features import Features, prepare
from placement.domain.matching.misses import BY_DEGREES, missed_share
from placement.domain.matching.problem import Problem
from placement.domain.matching.remedies import MOST_TIMES, Remedy, named, relax, what_would_help
from placement.domain.matching.rules import RULES, HardRule, failing_pairs
from placement.domain.matching.score import fit_block
from placement.domain.words import Say, Wording, say_n

_ME = np.zeros(1, np.int64)
#: What can be moved a little; then what is lifted whole. Protection is never suggested.
_SUGGESTED = (*BY_DEGREES, HardRule.ACCOMMODATION, HardRule.BANNED, HardRule.PLACES)
_TRIES = 8


@dataclass(frozen=True, slots=True)
class Easing:
    """The smallest single change that would open something: ``openings`` (keys) would then be possible."""

    remedy: Remedy
    openings: tuple[str, ...]

    def words(self, names: Mapping[str, Wording]) -> Say:
        """It in words; ``names``: of accommodations, key → name."""
        return say_n(
            "%(change)s One opening would then be possible.",
            "%(change)s %(n)s openings would then be possible.",
            len(self.openings),
            change=named(self.remedy, names),
        )


def easing(problem: Problem, person_key: str) -> Easing | None:
    """The smallest single change that would make an opening possible, None if no single sensible one would.

    Smallest is the least share by which a limit is missed; what is all or nothing comes after.
    """
    small = problem.only(person_key)
    f = prepare(small)
    for j in _nearly(f):
        remedies = what_would_help(small, person_key, f.openings[j])
        if len(remedies) == 1 and remedies[0].sensible:
            return _easing(small, remedies[0])
    return None


def _easing(small: Problem, remedy: Remedy) -> Easing:
    f = prepare(relax(small, [remedy]))
    possible = np.flatnonzero(fit_block(f, _ME)[0] >= f.settings.minimum_fit)
    keys = tuple(f.openings[j] for j in possible.tolist())
    return Easing(remedy, keys)


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
        share = missed_share(f, rule, at) if rule in BY_DEGREES else np.full(len(at), 1.0 + place)
        # More than sensible, see Remedy, with a hair for what is rounded when it is told.
        missed[at] = np.where((rule in BY_DEGREES) & (share > 1 - 1 / MOST_TIMES + 0.01), np.inf, share)
    order = np.argsort(missed, kind="stable")[:_TRIES]
    return [int(j) for j in order if np.isfinite(missed[j])]
