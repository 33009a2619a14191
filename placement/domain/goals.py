"""Goal attainment scaling: goals written with the participant, each rated −2 to +2 in their own words.

0 is what was expected, +2 much more than that, −2 much less (Kiresuk & Sherman 1968).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta

from placement.domain.words import Say, say, say_n

LOWEST, HIGHEST = -2, 2
SCORES = range(LOWEST, HIGHEST + 1)
#: What was expected, in the middle of the levels.
EXPECTED = 0
MOST_WEIGHT = 5
#: How many days before its day a goal is worth a look; a rating from then on answers it.
EARLY = timedelta(days=7)
#: Longest title and longest text of a level, in characters.
LONGEST_TITLE, LONGEST_LEVEL = 200, 300
#: Expected correlation between goals, as in the original.
_RHO = 0.3


def gas_t(scores: Sequence[float], weights: Sequence[float] | None = None) -> float:
    """T = 50 + 10 · Σwx / √(0.7 · Σw² + 0.3 · (Σw)²); 50 means: as expected.

    ``scores`` −2 to +2; ``weights`` ≥ 0, all 1 if missing. Raises ValueError naming the entry for anything else,
    without goals, and when every weight is 0.
    """
    if not scores:
        raise ValueError("scores: at least one goal is needed")
    w = [1.0] * len(scores) if weights is None else [float(weight) for weight in weights]
    if len(w) != len(scores):
        raise ValueError(f"weights: has {len(w)} entries, scores has {len(scores)}")
    for k, score in enumerate(scores):
        if not LOWEST <= score <= HIGHEST:
            raise ValueError(f"scores[{k}]: {score} is not from -2 to 2")
    for k, weight in enumerate(w):
        if not (math.isfinite(weight) and weight >= 0):
            raise ValueError(f"weights[{k}]: {weight} is not a number of at least 0")
    if not sum(w):
        raise ValueError("weights: at least one must be above 0")
    spread = (1 - _RHO) * sum(weight * weight for weight in w) + _RHO * sum(w) ** 2
    return 50 + 10 * sum(weight * score for weight, score in zip(w, scores, strict=True)) / math.sqrt(spread)


_SCORES = {
    -2: say("much less than expected"),
    -1: say("less than expected"),
    0: say("as expected"),
    1: say("more than expected"),
    2: say("much more than expected"),
}


def score_words(score: int) -> Say:
    """A score as it is shown where nobody wrote words of their own. Raises KeyError outside -2 to 2."""
    return _SCORES[score]


def is_due(due_on: date, rated_on: date | None, today: date) -> bool:
    """Whether it is time to say where a goal stands; ``rated_on``: when somebody said so last."""
    return due_on <= today + EARLY and (rated_on is None or rated_on < due_on - EARLY)


def t_sentence(t: float, goals: int) -> Say:
    """What T says, to staff; ``goals``: how many it sums up."""
    return say_n(
        "T is %(t)s, from %(n)s rated goal by its weight: 50 is as expected, more is better than expected.",
        "T is %(t)s, from %(n)s rated goals by their weights: 50 is as expected, more is better than expected.",
        goals,
        t=round(t, 1),
    )
