"""Weights in words: presets to begin with, and sliders from 0 to 10."""

from __future__ import annotations

from dataclasses import dataclass

from placement.domain.matching import shape
from placement.domain.matching.problem import WHOLE, Weights
from placement.domain.words import Say, say

TOP = 10


class NoWeightsError(ValueError):
    """Nothing was left to count. ``reason`` says so."""

    def __init__(self) -> None:
        self.reason = say("At least one of the four must count.")
        super().__init__(f"weights: {self.reason.msgid}")


@dataclass(frozen=True, slots=True)
class Preset:
    """``sliders`` as in :func:`weights_from_sliders`; ``title`` and ``words`` for whoever chooses."""

    key: str
    title: Say
    words: Say
    sliders: tuple[int, int, int, int]

    @property
    def weights(self) -> Weights:
        """What the sliders stand for."""
        return weights_from_sliders(*self.sliders)


#: The first is the default.
PRESETS = (
    Preset(
        "balanced",
        say("Balanced"),
        say("Abilities count most, then wishes; travel and hours count as well."),
        (9, 5, 3, 3),
    ),
    Preset(
        "wishes",
        say("Wishes first"),
        say("What people wish to do, and where, counts as much as everything else together."),
        (4, 10, 3, 3),
    ),
    Preset(
        "gentle",
        say("Gentle start: travel and hours first"),
        say("Short ways and hours that suit the week count most. What is asked for may fit less closely."),
        (4, 2, 7, 7),
    ),
    Preset(
        "challenge",
        say("Challenge: close to the limit"),
        say("Abilities decide: as much as somebody can do is asked for, and as little as possible beyond that."),
        (7, 1, 1, 1),
    ),
)


def weights_from_sliders(profile: int, wishes: int, travel: int, schedule: int) -> Weights:
    """Shares of 10,000 in proportion, by largest remainder: of equal remainders the first gets more.

    Each slider is a whole number from 0 (does not count) to 10. NoWeightsError if all are 0,
    ValueError naming the slider for anything else.
    """
    given = dict(zip(Weights.__slots__, (profile, wishes, travel, schedule), strict=True))
    for name, value in given.items():
        shape.whole(value, f"weights.{name}", 0, TOP)
    total = sum(given.values())
    if not total:
        raise NoWeightsError
    share = {name: WHOLE * value // total for name, value in given.items()}
    by_remainder = sorted(given, key=lambda name: -(WHOLE * given[name] % total))
    for name in by_remainder[: WHOLE - sum(share.values())]:
        share[name] += 1
    return Weights(**share)


def sliders_from_weights(weights: Weights) -> tuple[int, int, int, int]:
    """The sliders that come closest to these weights; exact for every preset."""
    given = [getattr(weights, name) for name in Weights.__slots__]
    known = {preset.weights: preset.sliders for preset in PRESETS}
    top = max(given)
    profile, wishes, travel, schedule = (max(int(value > 0), round(TOP * value / top)) for value in given)
    return known.get(weights, (profile, wishes, travel, schedule))
