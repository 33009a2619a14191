"""Believable courses of learning, for invented data. Chance is an argument."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import Protocol

#: Ranks of the default scale, from together to alone.
RANKS = (2, 3, 4, 5, 6)


class Chance(Protocol):
    """Where chance comes from: a seeded ``random.Random``."""

    def gauss(self, mu: float, sigma: float) -> float: ...


class Course(StrEnum):
    """How somebody does on a task over time."""

    GROWING = "growing"
    PLATEAU = "plateau"
    STEP_BACK = "step_back"
    UP_AND_DOWN = "up_and_down"
    STRONG = "strong"


def rank_at(course: Course, progress: float, start: float, chance: Chance) -> int:
    """The canonical rank of one occasion.

    ``progress`` runs from 0 (first occasion) to 1 (last); ``start`` is the level of the first, 2.0–6.0.
    """
    level = _level(course, progress, start) + chance.gauss(0, 0.35)
    return min(RANKS, key=lambda rank: abs(rank - level))


def _level(course: Course, progress: float, start: float) -> float:
    match course:
        case Course.GROWING:
            return start + (6.3 - start) / (1 + math.exp(-9 * (progress - 0.45)))
        case Course.PLATEAU:
            return start + min(1.2, 4 * progress)
        case Course.STEP_BACK:
            return 4.0 if progress > 0.86 else start + (6.4 - start) * min(1.0, 1.7 * progress)
        case Course.UP_AND_DOWN:
            return 4.3 + 1.4 * math.sin(progress * 14)
        case Course.STRONG:
            return max(start, 5.2) + 0.9 * min(1.0, 3 * progress)
