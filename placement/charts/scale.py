"""The axis of support: which words and which height belong to a canonical rank."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from placement.domain.words import Say, Wording, say

#: What a chart can be labeled with: a sentence, a catalog wording, or finished text.
Words = Say | Wording | str

#: How many steps of lightness the colors of support have (classes help-0 … help-4).
STEPS = 5


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a program's scale: canonical rank (higher = more independent) and its words."""

    rank: int
    words: Words


@dataclass(frozen=True, slots=True)
class Reading:
    """What a rank is on a scale: its place, its lightness, its words (see :class:`LevelScale`)."""

    place: float
    step: int
    words: Words


@dataclass(frozen=True, slots=True)
class LevelScale:
    """Levels from most help to none, evenly spaced.

    Ranks between two levels (a weekly median, a level an older scale had) lie
    between them and say so.
    """

    levels: tuple[Level, ...]
    #: Ranks looked up so far: hundreds of answers hold a handful of different ones.
    _read: dict[float, Reading] = field(default_factory=dict, compare=False, repr=False)

    @staticmethod
    def of(levels: Iterable[Level]) -> LevelScale:
        """Sorted by rank. Raises ValueError with fewer than two different ranks."""
        ordered = tuple(sorted(levels, key=lambda level: level.rank))
        if len({level.rank for level in ordered}) < max(2, len(ordered)):
            raise ValueError("levels: at least two, each rank once")
        return LevelScale(ordered)

    def read(self, rank: float) -> Reading:
        """All three at once, remembered."""
        known = self._read.get(rank)
        if known is None:
            known = self._read[rank] = Reading(self.place(rank), self.step(rank), self.words(rank))
        return known

    def place(self, rank: float) -> float:
        """0 = the level with most help, ``len(levels) - 1`` = the one with none; fractions between."""
        below, above = self._around(rank)
        low, high = self.levels[below].rank, self.levels[above].rank
        if low == high:
            return float(below)
        return below + (rank - low) / (high - low)

    def step(self, rank: float) -> int:
        """Lightness 0 (most help) … 4 (none), for the color classes."""
        return round(self.place(rank) * (STEPS - 1) / (len(self.levels) - 1))

    def words(self, rank: float) -> Words:
        """The level's own words, or which two levels it lies between."""
        below, above = self._around(rank)
        low, high = self.levels[below], self.levels[above]
        if rank < low.rank:
            return say("more help than “%(level)s”", level=low.words)
        if rank > high.rank:
            return say("less help than “%(level)s”", level=high.words)
        if rank == low.rank:
            return low.words
        if rank == high.rank:
            return high.words
        return say("between “%(low)s” and “%(high)s”", low=low.words, high=high.words)

    def _around(self, rank: float) -> tuple[int, int]:
        """Indexes of the nearest levels at or below and at or above; the same twice at or beyond an end."""
        below = max((i for i, level in enumerate(self.levels) if level.rank <= rank), default=0)
        above = min((i for i, level in enumerate(self.levels) if level.rank >= rank), default=len(self.levels) - 1)
        return min(below, above), max(below, above)


def path(points: Sequence[tuple[float, float]]) -> str:
    """An SVG path through the points, in order."""
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)
