"""How much support a task needed, and what share of the tasks needed none.

Programs name their own levels; rules and charts compare canonical ranks only.
A higher rank is more independent (system of least prompts, Univ. of Nevada,
NDSIP). Rated is the help *needed*, not the help given in a rush.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class CanonicalRank(IntEnum):
    """The seven ranks every level of every scale maps to."""

    FULL_PHYSICAL = 0
    #: Between full and partial; no level of the default scale uses it.
    MORE_PHYSICAL = 1
    #: Default scale: "together".
    PARTIAL_PHYSICAL = 2
    #: Default scale: "after showing".
    MODEL = 3
    #: Default scale: "after a hint".
    DIRECT_VERBAL = 4
    #: Indirect verbal or gesture. Default scale: "after a reminder".
    INDIRECT_VERBAL = 5
    #: Default scale: "alone". An own list, a phone or pictures count as alone.
    INDEPENDENT = 6


#: A plain number, for it is compared with every point of long histories.
_ALONE = int(CanonicalRank.INDEPENDENT)


class NotTodayReason(StrEnum):
    """Why a task was not attempted. Not a level: it counts as missing, never as 0."""

    NO_OCCASION = "no_occasion"
    NOT_WANTED = "not_wanted"
    NOT_SAFE = "not_safe"
    UNSAID = "unsaid"


class RaterKind(StrEnum):
    """Who saw it."""

    SUPERVISOR = "supervisor"
    COACH = "coach"
    THERAPIST = "therapist"
    FAMILY = "family"
    SELF = "self"


@dataclass(frozen=True, slots=True)
class Rating:
    """One rater's answer about one task (or step) on one occasion.

    ``rank`` is canonical, None when the task was not attempted. Raises
    ValueError on a rank outside 0-6.
    """

    rank: int | None
    rater: int
    rater_kind: RaterKind

    def __post_init__(self) -> None:
        if self.rank is not None and not 0 <= self.rank <= CanonicalRank.INDEPENDENT:
            raise ValueError(f"rank {self.rank} is not in 0..6")


def deciding_rank(ratings: Iterable[Rating]) -> int | None:
    """The rank one occasion counts with for one task: among all raters but oneself, the most support seen.

    None if nobody else rated it or nobody saw it attempted.
    """
    return min((rating.rank for rating in ratings if _counts(rating) and rating.rank is not None), default=None)


def is_alone(rank: float) -> bool:
    """Whether a rank (or a median of ranks) means: without support."""
    return rank >= _ALONE


def independence_percent(ranks: Iterable[int | None]) -> float | None:
    """Tasks (or steps) done alone ÷ those attempted, 0-100. None when none was attempted.

    "Not attempted" (None) is missing and changes nothing, never a 0.
    """
    attempted = [rank for rank in ranks if rank is not None]
    if not attempted:
        return None
    return 100 * sum(is_alone(rank) for rank in attempted) / len(attempted)


def _counts(rating: Rating) -> bool:
    return rating.rater_kind is not RaterKind.SELF
