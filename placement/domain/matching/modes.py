"""What a run can aim for: how each mode finds its answer, and how that is checked from the raw input.

- total: the greatest sum of fits (``Check.BEST``, by prices).
- least shortfall: the least Σ(1 − fit)², by prices on the transformed weights (``Check.FAIR``).
- max-min: the lowest fit as high as possible, then the sum (``Check.EVEN``).
- stable: nobody and no opening would both rather have each other (``Check.STABLE``).

All but the last place the most people first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from placement.domain.matching.arrays import Array
from placement.domain.matching.fairness import is_max_min, max_min, shortfall_weights
from placement.domain.matching.problem import WHOLE, Mode
from placement.domain.matching.result import Check
from placement.domain.matching.solve import certificate, solve_pairs
from placement.domain.matching.stable import blocking_pairs, stable


@dataclass(frozen=True, slots=True)
class Asked:
    """What is left to decide: E pairs sorted by (i, j), each once, for n people and m openings.

    ``fit`` int64 (E,); ``parts`` (E, 4): profile, wishes, travel, schedule; ``named`` int64
    (E,): 0 where the opening does not name the person, else higher for whom it names earlier;
    ``cap`` int64 (m,).
    """

    n: int
    m: int
    i: Array
    j: Array
    fit: Array
    parts: Array
    named: Array
    cap: Array


def solve(mode: Mode, asked: Asked) -> Array:
    """int64 (n,): the opening of each person under this mode, −1 unplaced."""
    return _SOLVERS[mode](asked)


def passes(mode: Mode, asked: Asked, x: Array) -> bool:
    """Whether the answer ``x`` stands the mode's check."""
    return _CHECKS[mode](asked, x)


def likings(asked: Asked) -> tuple[Array, Array]:
    """int64 (E,) twice: what each side makes of a pair in stable mode, higher is better.

    People go by what concerns them: the points for wishes, travel and schedule. An opening
    goes by its own ranking, and after those it names, or without one, by the points for
    abilities. On both sides the whole fit tells equal points apart.
    """
    parts = asked.parts.astype(np.int64)
    liked = parts[:, 1:].sum(axis=1) * (WHOLE + 1) + asked.fit
    wanted = parts[:, 0] * (WHOLE + 1) + asked.fit
    return liked, wanted + asked.named * (WHOLE + 1) ** 2


def _total(a: Asked) -> Array:
    return solve_pairs(a.n, a.m, a.i, a.j, a.fit, a.cap)


def _is_best(a: Asked, x: Array) -> bool:
    return certificate(a.n, a.m, a.i, a.j, a.fit, a.cap, x).optimal


def _least_shortfall(a: Asked) -> Array:
    return solve_pairs(a.n, a.m, a.i, a.j, shortfall_weights(a.fit), a.cap)


def _is_fair(a: Asked, x: Array) -> bool:
    return certificate(a.n, a.m, a.i, a.j, shortfall_weights(a.fit), a.cap, x).optimal


def _max_min(a: Asked) -> Array:
    return max_min(a.n, a.m, a.i, a.j, a.fit, a.cap)


def _is_even(a: Asked, x: Array) -> bool:
    return is_max_min(a.n, a.m, a.i, a.j, a.fit, a.cap, x)


def _stable(a: Asked) -> Array:
    return stable(a.n, a.m, a.i, a.j, *likings(a), a.cap)


def _is_stable(a: Asked, x: Array) -> bool:
    return not len(blocking_pairs(a.n, a.m, a.i, a.j, *likings(a), a.cap, x))


_SOLVERS: Mapping[Mode, Callable[[Asked], Array]] = {
    Mode.TOTAL: _total,
    Mode.LEAST_SHORTFALL: _least_shortfall,
    Mode.MAX_MIN: _max_min,
    Mode.STABLE: _stable,
}
_CHECKS: Mapping[Mode, Callable[[Asked, Array], bool]] = {
    Mode.TOTAL: _is_best,
    Mode.LEAST_SHORTFALL: _is_fair,
    Mode.MAX_MIN: _is_even,
    Mode.STABLE: _is_stable,
}
#: What a mode's check proves.
PROVES: Mapping[Mode, Check] = {
    Mode.TOTAL: Check.BEST,
    Mode.LEAST_SHORTFALL: Check.FAIR,
    Mode.MAX_MIN: Check.EVEN,
    Mode.STABLE: Check.STABLE,
}
