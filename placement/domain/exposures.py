"""Graded exposure: feared situations in the participant's own words, faced step by step.

Fear is told from 0 to 100 (subjective units of distress). What was skipped is None, and what is reckoned from it, too.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from placement.domain.errors import Refused
from placement.domain.words import Say, say

FEAR = range(101)
#: Longest texts, in characters.
LONGEST_STEP = 300
LONGEST_WORDS = 2_000
#: Minutes of one try: a day at most.
LONGEST_MINUTES = 24 * 60
#: Live steps of one ladder; tries of one step.
MOST_STEPS = 40
MOST_TRIES = 300
#: Tries are planned at most this far ahead, and written down at most this long afterwards.
AHEAD = timedelta(days=180)
AFTERWARDS = timedelta(days=90)

#: Fear in words, for whoever can't say it in a number.
ANCHORS = {
    0: say("no fear at all"),
    25: say("a little"),
    50: say("quite a lot"),
    75: say("very much"),
    100: say("as much as I can think of"),
}


@dataclass(frozen=True, slots=True)
class TryWords:
    """What I did to feel safe, what I learned; "" where it was skipped."""

    safety: str = ""
    learned: str = ""

    @property
    def empty(self) -> bool:
        return not self.safety and not self.learned


@dataclass(frozen=True, slots=True)
class Told:
    """How one try was: fear 0–100 predicted, at its peak and at the end."""

    predicted: int | None = None
    peak: int | None = None
    at_end: int | None = None


def expectancy_violation(told: Told) -> int | None:
    """Predicted − peak: above 0 it was easier than expected, below 0 harder."""
    return _minus(told.predicted, told.peak)


def change_within(told: Told) -> int | None:
    """Peak − end: by how much fear went down in one try."""
    return _minus(told.peak, told.at_end)


def change_between(tries: Sequence[Told]) -> int | None:
    """End over repeats, in order of time: the first end − the last one. None with fewer than two ends known."""
    ends = [told.at_end for told in tries if told.at_end is not None]
    return ends[0] - ends[-1] if len(ends) > 1 else None


def violation_words(told: Told) -> Say | None:
    """What was expected beside what was felt, in a sentence; None where either is missing."""
    difference = expectancy_violation(told)
    if difference is None:
        return None
    if difference > 0:
        return say("%(points)s less than expected", points=difference)
    if difference < 0:
        return say("%(points)s more than expected", points=-difference)
    return say("as expected")


def pack_words(words: TryWords) -> str:
    """As it is sealed."""
    return json.dumps(asdict(words), sort_keys=True)


def unpack_words(text: str) -> TryWords:
    """The inverse of :func:`pack_words`. Raises ValueError or TypeError on a foreign shape."""
    return TryWords(**json.loads(text))


def ensure_step(text: str, expected: int | None) -> None:
    """Refuse a step without words, one that is too long, and fear outside of 0–100."""
    if not text:
        raise Refused(say("Please write a few words."), "text")
    _ensure_short(text, LONGEST_STEP, "text")
    _ensure_fear(expected, "expected")


def ensure_told(told: Told, minutes: int | None, words: TryWords) -> None:
    """Refuse numbers that can't be, a peak below the end, and texts that are too long."""
    for name in ("predicted", "peak", "at_end"):
        _ensure_fear(getattr(told, name), name)
    within = change_within(told)
    if within is not None and within < 0:
        raise Refused(say("The fear at its highest is at least as high as at the end. Please check both."), "peak")
    if minutes is not None and not 0 <= minutes <= LONGEST_MINUTES:
        raise Refused(say("Please enter minutes up to %(most)s.", most=LONGEST_MINUTES), "minutes")
    _ensure_short(words.safety, LONGEST_WORDS, "safety")
    _ensure_short(words.learned, LONGEST_WORDS, "learned")


def ensure_day(day: date, today: date) -> None:
    """Refuse a day too far away, or too long ago to write it down."""
    first, last = today - AFTERWARDS, today + AHEAD
    if not first <= day <= last:
        raise Refused(say("Please choose a day from %(first)s to %(last)s.", first=first, last=last), "day")


def _ensure_fear(value: int | None, field: str) -> None:
    if value is not None and value not in FEAR:
        raise Refused(say("Please enter a number from 0 to 100, or leave it empty."), field)


def _ensure_short(text: str, longest: int, field: str) -> None:
    if len(text) > longest:
        raise Refused(say("Please write at most %(count)s characters.", count=longest), field)


def _minus(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one - other
