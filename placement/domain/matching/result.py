"""What a matching run answers. Plain values with the keys of the problem."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from placement.domain.words import Say


class Check(StrEnum):
    """What was proved of a result, people kept by hand taken as given. See :mod:`modes`."""

    #: Nobody more can be placed, nor the same number with a greater total fit.
    BEST = "best"
    #: Nobody more can be placed, nor the same number with less shortfall Σ(1 − fit)².
    FAIR = "fair"
    #: Nobody more can be placed, nor the same number with a better lowest fit; then the total.
    EVEN = "even"
    #: No person and opening would both rather have each other. Says nothing about the total.
    STABLE = "stable"


@dataclass(frozen=True, slots=True)
class Parts:
    """Points per factor in basis points; they sum to the fit exactly."""

    profile: int
    wishes: int
    travel: int
    schedule: int


@dataclass(frozen=True, slots=True)
class Pair:
    """One person placed at one opening; fit 0–10,000; ``locked`` pairs were set by hand.

    ``forced``: kept although a hard rule may stand against it. ``contested``: how many other
    people of the run pass the rules and the minimum fit for this opening.
    """

    person: str
    opening: str
    fit: int
    parts: Parts
    locked: bool = False
    forced: bool = False
    contested: int = 0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Someone without a pair, and why."""

    person: str
    reason: Say


@dataclass(frozen=True, slots=True)
class Solution:
    """The answer: pairs and people left out by key, the total fit, how many are placed.

    ``certified``: the result passed the check of its mode, and ``check`` says what that
    proved. ``worst``: the lowest fit of those placed but not locked, None without any;
    ``mean_km``: great-circle kilometers one way, over the pairs whose distance is known.
    """

    pairs: tuple[Pair, ...]
    left_out: tuple[LeftOut, ...]
    total: int
    placed: int
    certified: bool
    check: Check
    worst: int | None = None
    mean_km: float | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "pairs": [asdict(pair) for pair in self.pairs],
            "left_out": [{"person": left.person, "reason": left.reason.to_json()} for left in self.left_out],
            "total": self.total,
            "placed": self.placed,
            "certified": self.certified,
            "check": self.check.value,
            "worst": self.worst,
            "mean_km": self.mean_km,
        }
