"""For one person the openings that cannot be had as things are, and what stands against each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from placement.domain.matching.arrays import Array
from placement.domain.matching.features import Features, prepare
from placement.domain.matching.figures import points_of_100
from placement.domain.matching.misses import missed_in_all
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
    ``changeable``: whether to tell what would make it fit; a protection and a no are left alone.
    """

    opening: str
    fit: int
    words: Say
    by_hand: bool
    forcible: bool
    changeable: bool


def against(
    problem: Problem,
    person: str,
    by_hand: Collection[str] = (),
    said_no: Collection[str] = (),
    full: Collection[str] = (),
    nearest: bool = False,
) -> tuple[Against, ...]:
    """Every opening that this person cannot have, the best fit first. KeyError for a foreign key.

    ``nearest``: what needs the smallest change first instead, then the best fit; last what only the person, or whoever
    took it out or kept it for others, can change.

    ``by_hand``: openings ruled out for them in this run by hand; ``said_no``: those they have said no to;
    ``full``: openings whose places are all kept for others. A ban of the problem that is neither was by hand, too,
    and has been taken back since.
    """
    f = prepare(problem.only(person))
    j = np.arange(len(f.openings))
    i = np.zeros_like(j)
    fits = score_pairs(f, i, j).sum(axis=1, dtype=np.int64)
    broken, hand, kept = failing_pairs(f, i, j), _among(f, by_hand), _among(f, full)
    low = fits < problem.settings.minimum_fit
    own_no, banned = _among(f, said_no), broken[RULES.index(HardRule.BANNED)]
    out = np.flatnonzero(broken.any(axis=0) | hand | own_no | kept | low)
    alone = broken[RULES.index(HardRule.EXCLUDED)] | own_no | banned | kept | hand
    never = broken[[RULES.index(rule) for rule in RULES if rule in NEVER_OVERRIDDEN]].any(axis=0)
    never |= own_no | banned | kept | hand
    missed = missed_in_all(f, broken, fits) if nearest else np.zeros(len(j))
    out = out[np.lexsort((-fits[out], missed[out], alone[out] & nearest))]
    found = []
    for at, refusal in zip(out.tolist(), refusal_words(f, i[out], out), strict=True):
        fit, by_person = int(fits[at]), _by_person(bool(own_no[at]), bool(hand[at]), bool(banned[at]))
        told = by_person or refusal or _words(fit, problem.settings.minimum_fit, bool(kept[at]))
        found.append(Against(f.openings[at], fit, told, bool(hand[at] & ~own_no[at]), not never[at], not alone[at]))
    return tuple(found)


def _by_person(own_no: bool, hand: bool, banned: bool) -> Say | None:
    """What somebody decided, which goes before any rule."""
    if own_no:
        return say("They have said no to it.")
    if hand:
        return say("This pair was taken out by hand.")
    if banned:
        return say("It was ruled out by hand when this draft was made. The next run may form it.")
    return None


def _among(f: Features, keys: Collection[str]) -> Array:
    wanted = set(keys)
    return np.array([key in wanted for key in f.openings], np.bool_)


def _words(fit: int, minimum: int, full: bool) -> Say:
    if full:
        return say("All its places are kept for others by hand.")
    return say(
        "No rule stands against it, but its fit of %(fit)s points of 100 is below the minimum of %(minimum)s.",
        fit=points_of_100(fit),
        minimum=points_of_100(minimum),
    )
