"""Two phases of one series compared: A the earlier, B the later, higher is better.

Phases are sequences of numbers in their order of time, None where nothing was rated. A missing point keeps its place
in time and counts nowhere else. Where a phase holds too little to compare, the answer is None, never a number.

Points of one person depend on each other, so nothing here is a proof, and no p-value is ever made of it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from math import isfinite
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import bdtrc, ndtri
from scipy.stats import theilslopes

Array = NDArray[Any]
Series = Sequence[float | None]

#: Theil–Sen looks at every pair: beyond this many points it refuses.
MOST_FOR_THEIL_SEN = 2000
#: Fewer later points than this say nothing by the dual criterion.
FEWEST_FOR_DUAL = 5
#: Residuals this close (of their scale) are ties.
_TOLERANCE = 1e-9


class DualCriterion(NamedTuple):
    """``above`` of ``of`` later points lie above both lines; ``needed`` of them would say it is no chance.

    ``needed`` is None with fewer than five later points.
    """

    above: int
    of: int
    needed: int | None

    @property
    def met(self) -> bool:
        return self.needed is not None and self.above >= self.needed


def nap(a: Series, b: Series) -> float | None:
    """Nonoverlap of all pairs, 0 to 1: how often a later point is higher, ties half (Parker & Vannest 2009)."""
    earlier, later = sorted(_known(a)), _known(b)
    if not earlier or not later:
        return None
    # Phases of a dozen points are asked for by the hundred: plain numbers are many times faster than arrays there.
    pairs = len(earlier) * len(later)
    below = sum([bisect_left(earlier, value) for value in later])
    above = pairs - sum([bisect_right(earlier, value) for value in later])
    return ((below - above) / pairs + 1) / 2


def tau(a: Series, b: Series) -> float | None:
    """2 · NAP − 1, from −1 to 1."""
    return _score(_values(a), _values(b))


def tau_u(a: Series, b: Series) -> float | None:
    """(S_AB − S_A) / (m · n): Tau less the trend within A (Parker, Vannest, Davis & Sauber 2011). May pass 1."""
    earlier, later = _values(a), _values(b)
    score = _score(earlier, later)
    return None if score is None else score - _kendall(earlier) / (len(earlier) * len(later))


def tau_bc(a: Series, b: Series) -> float | None:
    """Tau once the Theil–Sen line of A is taken out of both phases (Tarlow 2017).

    Time is the place in the series, missing points included. With fewer than two points in A there is no line to take
    out, and this is Tau. Raises ValueError as :func:`theil_sen` does.
    """
    slope = theil_sen(range(1, len(a) + 1), a) or 0.0
    rest = [None if y is None else y - slope * t for t, y in enumerate([*a, *b], 1)]
    earlier, later = _values(rest[: len(a)]), _values(rest[len(a) :])
    both = np.concatenate([earlier, later])
    if not len(both):
        return None
    ranks = _ranks(both, _TOLERANCE * max(1.0, float(np.abs(both).max()), abs(slope) * len(rest)))
    return _score(ranks[: len(earlier)], ranks[len(earlier) :])


def pnd(a: Series, b: Series) -> float | None:
    """Share of B above the highest point of A (Scruggs & Mastropieri 1987); one outlier in A ruins it."""
    earlier, later = _values(a), _values(b)
    if not len(earlier) or not len(later):
        return None
    return float(np.mean(later > earlier.max()))


def theil_sen(t: Sequence[float], y: Series) -> float | None:
    """Median of the slopes between all pairs of points, by scipy. None with fewer than two different times.

    Raises ValueError when lengths differ, and above 2,000 points.
    """
    if len(t) != len(y):
        raise ValueError(f"y: has {len(y)} entries, t has {len(t)}")
    known = [(float(when), float(value)) for when, value in zip(t, y, strict=True) if value is not None]
    if len(known) > MOST_FOR_THEIL_SEN:
        raise ValueError(f"y: {len(known)} points are more than {MOST_FOR_THEIL_SEN}")
    times, values = np.array(known, np.float64).reshape(-1, 2).T
    _check(times)
    _check(values)
    if len(set(times.tolist())) < 2:
        return None
    return float(theilslopes(values, times)[0])


def dual_criterion(a: Series, b: Series) -> DualCriterion | None:
    """How many points of B lie above both A's mean and A's least-squares line, each raised by a quarter of A's SD.

    The conservative dual criterion (Fisher, Kelley & Lomas 2003); sample SD; how many are needed comes from the
    one-sided binomial at 0.05. None with fewer than two points in A or none in B.
    """
    earlier = [(t, y) for t, y in enumerate(a, 1) if y is not None]
    later = [(t, y) for t, y in enumerate(b, len(a) + 1) if y is not None]
    if len(earlier) < 2 or not later:
        return None
    times, values = np.array(earlier, np.float64).T
    then, found = np.array(later, np.float64).T
    _check(values)
    _check(found)
    slope, start = np.polyfit(times, values, 1)
    raised = 0.25 * float(np.std(values, ddof=1))
    mean = np.full(len(then), float(np.mean(values)))
    line = np.maximum(mean, start + slope * then) + raised
    tolerance = _TOLERANCE * max(1.0, float(np.abs(line).max()))
    return DualCriterion(int(np.sum(found > line + tolerance)), len(found), points_needed(len(found)))


def points_needed(n: int) -> int | None:
    """Of n points the fewest above the line that chance brings in less than 5 of 100 cases; None below five points."""
    if n < FEWEST_FOR_DUAL:
        return None
    # bdtrc(k, n, p) is the chance of more than k.
    return next(k for k in range(n + 1) if bdtrc(k - 1, n, 0.5) < 0.05) if n else None


def nap_interval(a: Series, b: Series, level: float = 0.95) -> tuple[float, float] | None:
    """An interval around NAP: Newcombe's method 5 (Statistics in Medicine 25, 2006, 559–573).

    It takes the points as independent, which points of one person are not: read it as "at least this uncertain".
    None where NAP is. Raises ValueError unless 0 < level < 1.
    """
    if not 0 < level < 1:
        raise ValueError("level: must lie between 0 and 1")
    estimate = nap(a, b)
    if estimate is None:
        return None
    m, n = len(_values(a)), len(_values(b))
    z, h = float(ndtri(0.5 + level / 2)), (m + n) / 2 - 1

    def off(x: float) -> float:
        spread = z * z * x * (1 - x) * (2 + h + (1 + 2 * h) * x * (1 - x))
        return m * n * (estimate - x) ** 2 * (2 - x) * (1 + x) - spread

    # At the estimate itself the function is below 0 (or 0 at the ends), at 0 and 1 above.
    inside = min(max(estimate, 1e-9), 1 - 1e-9)
    low = 0.0 if estimate == 0 else float(brentq(off, 0.0, inside))
    high = 1.0 if estimate == 1 else float(brentq(off, inside, 1.0))
    return low, high


def _known(series: Series) -> list[float]:
    found = [value for value in series if value is not None]
    if not all(map(isfinite, found)):
        raise ValueError("a point must be a number")
    return found


def _values(series: Series) -> Array:
    found = np.array([value for value in series if value is not None], np.float64)
    _check(found)
    return found


def _check(values: Array) -> None:
    if not np.isfinite(values).all():
        raise ValueError("a point must be a number")


def _score(a: Array, b: Array) -> float | None:
    """(pairs higher − pairs lower) / all pairs, counted in whole numbers."""
    if not len(a) or not len(b):
        return None
    ordered = np.sort(a)
    below = int(np.searchsorted(ordered, b, "left").sum())
    above = len(a) * len(b) - int(np.searchsorted(ordered, b, "right").sum())
    return (below - above) / (len(a) * len(b))


def _ranks(values: Array, tolerance: float) -> Array:
    """Whole ranks; neighbors no further apart than the tolerance are ties."""
    order = np.argsort(values, kind="stable")
    steps = np.diff(values[order]) > tolerance
    ranks = np.empty(len(values), np.int64)
    ranks[order] = np.concatenate([[0], np.cumsum(steps)])
    return ranks


def _kendall(values: Array) -> int:
    """Σ sign(later − earlier) over all pairs: halves merged level by level, each level in one search."""
    ranks = np.unique(values, return_inverse=True)[1].astype(np.int64)
    place, width, total, size = np.arange(len(ranks)), len(ranks) + 1, 0, 1
    while size < len(ranks):
        block, left = place // (2 * size), (place // size) % 2 == 0
        # One number holds block and rank, so that one sorted list serves every block.
        ordered = np.sort(block[left] * width + ranks[left])
        code = block[~left] * width + ranks[~left]
        start = np.searchsorted(ordered, block[~left] * width, "left")
        end = np.searchsorted(ordered, (block[~left] + 1) * width, "left")
        lower = np.searchsorted(ordered, code, "left") - start
        higher = end - np.searchsorted(ordered, code, "right")
        total += int((lower - higher).sum())
        size *= 2
    return total
