"""By how much a person misses openings: what needs the smallest change comes first."""

from __future__ import annotations

import numpy as np

from placement.domain.matching.arrays import Array
from placement.domain.matching.features import Features
from placement.domain.matching.rules import RULES, HardRule
from placement.domain.matching.schedule import overlap
from placement.domain.matching.travel import squared_km

#: Rules whose limits can be moved a little.
BY_DEGREES = (HardRule.DISTANCE, HardRule.HOURS, HardRule.SCHEDULE)
#: All or nothing: more than any limit can be missed by.
_WHOLE = 1.0


def missed_share(f: Features, rule: HardRule, j: Array) -> Array:
    """By which share of what is needed the limit of the only person of ``f`` falls short at the openings ``j``.

    For a rule of ``BY_DEGREES`` and openings that fail it: float64 (len(j),), 0 to 1.
    """
    me, t = np.zeros(len(j), np.int64), f.times
    if rule is HardRule.HOURS:
        return np.asarray(1 - t.hours_limit[0] / t.asked_hours[j])
    if rule is HardRule.SCHEDULE:
        return np.asarray(1 - overlap(t, me, j) / t.asked[t.kind[j]])
    away = np.sqrt(squared_km(f.travel, me, j))
    missed = 1 - f.travel.near[0] / away
    at, minutes = f.travel.minutes.find(me, j)
    with np.errstate(divide="ignore", invalid="ignore"):
        missed[at] = np.fmax(1 - f.travel.minutes_limit[0] / minutes, 1 - f.travel.km_limit[0] / away[at])
    return np.asarray(missed)


def missed_in_all(f: Features, broken: Array, fits: Array) -> Array:
    """The shares summed over every rule that the only person of ``f`` fails, and over a fit below the minimum.

    ``broken``: bool (rules, openings); ``fits``: basis points (openings,). Float64 (openings,), 0 where all passes.
    """
    minimum = f.settings.minimum_fit
    total = np.clip((minimum - fits) / max(1, minimum), 0, None).astype(np.float64)
    for rule, fails in zip(RULES, broken, strict=True):
        at = np.flatnonzero(fails)
        total[at] += missed_share(f, rule, at) if rule in BY_DEGREES else _WHOLE
    return np.asarray(total)
