"""What a matching run answers. Plain values with the keys of the problem."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from placement.domain.words import Say


@dataclass(frozen=True, slots=True)
class Parts:
    """Points per factor in basis points; they sum to the fit exactly."""

    profile: int
    wishes: int
    travel: int
    schedule: int


@dataclass(frozen=True, slots=True)
class Pair:
    """One person placed at one opening; fit 0–10,000; ``locked`` pairs were set by hand."""

    person: str
    opening: str
    fit: int
    parts: Parts
    locked: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Someone without a pair, and why."""

    person: str
    reason: Say


@dataclass(frozen=True, slots=True)
class Solution:
    """The answer: pairs and people left out by key, the total fit, how many are placed.

    ``certified``: the result was proved best under the rules chosen (locked pairs are
    taken as given): nobody more can be placed, nor the same number with a greater total.
    """

    pairs: tuple[Pair, ...]
    left_out: tuple[LeftOut, ...]
    total: int
    placed: int
    certified: bool

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "pairs": [asdict(pair) for pair in self.pairs],
            "left_out": [{"person": left.person, "reason": left.reason.to_json()} for left in self.left_out],
            "total": self.total,
            "placed": self.placed,
            "certified": self.certified,
        }
