"""For one person the openings that cannot be had as things are, and what stands against each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from placement.domain.matching.arrays import Array
from placement.domain.matching.features import Features, prepare
from placement.domain.matching.figures import points_of_100
from placement.domain.matching.problem import Problem
from placement.domain.matching.refusals import refusal_words
from placement.domain.matching.rules import RULES, HardRule, failing_pairs
from placement.domain.matching.run import NEVER_OVERRIDDEN
from placement.domain.matching.score import score_pairs
from placement.domain.words import Say, say


@dataclass(frozen=True, slots=True)
class Against:
    """An opening (its key) and the fit there would be, in basis points.

    ``by_hand``: ruled out in this run by hand, so that it can be allowed again; ``forcible``: whether a person may
    decide to place them here anyway. Nobody may where it is a protection, the person's own no, or no place is left.
    """

    opening: str
    fit: int
    words: Say
    by_hand: bool
    forcible: bool


def against(problem: Problem, person: str, by_hand: Collection[str], full: Collection[str] = ()) -> tuple[Against, ...]:
    """Every opening that this person cannot have, the best fit first. KeyError for a foreign key.

    ``by_hand``: openings ruled out for them in this run by hand; any other ban is the person's own no.
    ``full``: openings whose places are all kept for others.
    """
    f = prepare(problem.only(person))
    j = np.arange(len(f.openings))
    i = np.zeros_like(j)
    fits = score_pairs(f, i, j).sum(axis=1, dtype=np.int64)
    broken, hand, kept = failing_pairs(f, i, j), _among(f, by_hand), _among(f, full)
    low = fits < problem.settings.minimum_fit
    out = np.flatnonzero(broken.any(axis=0) | hand | kept | low)
    out = out[np.argsort(-fits[out], kind="stable")]
    words = refusal_words(f, i[out], out)
    own_no = broken[RULES.index(HardRule.BANNED)] & ~hand
    never = broken[[RULES.index(rule) for rule in RULES if rule in NEVER_OVERRIDDEN]].any(axis=0) | own_no | kept
    found = []
    for at, refusal in zip(out.tolist(), words, strict=True):
        fit = int(fits[at])
        told = refusal or _words(fit, problem.settings.minimum_fit, bool(hand[at]), bool(kept[at]))
        found.append(Against(f.openings[at], fit, told, bool(hand[at]), not (never[at] or hand[at])))
    return tuple(found)


def _among(f: Features, keys: Collection[str]) -> Array:
    wanted = set(keys)
    return np.array([key in wanted for key in f.openings], np.bool_)


def _words(fit: int, minimum: int, by_hand: bool, full: bool) -> Say:
    if by_hand:
        return say("This pair was taken out by hand.")
    if full:
        return say("All its places are kept for others by hand.")
    return say(
        "No rule stands against it, but its fit of %(fit)s points of 100 is below the minimum of %(minimum)s.",
        fit=points_of_100(fit),
        minimum=points_of_100(minimum),
    )
