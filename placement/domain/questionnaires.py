"""Questionnaires as data: items keyed by their own key, never by position; how they are scored, and who is offered one.

A score is a number on its own scale and nothing else: there are no cut-offs and no names for high or low ones.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from placement.domain.errors import Refused
from placement.domain.words import Say, Wording, say, say_n

#: A reader has at most this long.
AHEAD = timedelta(days=366)
#: One item in so many may be skipped before there is no score.
SKIPS = 5


class Scoring(StrEnum):
    SUM = "sum"
    MEAN = "mean"


class HandoutState(StrEnum):
    """Where a questionnaire stands that was handed out. Staff see OPEN for DECLINED: not wanted and not done yet look
    alike."""

    OPEN = "open"
    DECLINED = "declined"
    HANDED_IN = "handed_in"
    READ = "read"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class Item:
    """``reversed``: agreeing speaks against what the questionnaire asks about."""

    key: str
    text: Wording
    reversed: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """What scoring needs. Answers are whole numbers from ``low`` to ``high``, higher than ``low``."""

    items: tuple[Item, ...]
    low: int
    high: int
    scoring: Scoring

    @property
    def range(self) -> tuple[int, int]:
        """The lowest and the highest score there can be."""
        times = len(self.items) if self.scoring is Scoring.SUM else 1
        return self.low * times, self.high * times

    @property
    def most_skipped(self) -> int:
        """So many items may be skipped before there is no score."""
        return len(self.items) // SKIPS


@dataclass(frozen=True, slots=True)
class Score:
    """``value`` None: too many items were skipped. ``answered`` of ``asked`` items."""

    value: float | None
    answered: int
    asked: int

    @property
    def skipped(self) -> int:
        return self.asked - self.answered


def score(scale: Scale, answers: Mapping[str, int]) -> Score:
    """The score of ``answers`` (item key → answer; skipped items are absent, foreign keys are left out).

    Reversed items count from the other end: low + high − answer. With at most one item in five skipped the rest
    stand for them: the mean of the answered items is the mean, times the number of items the sum. With more there is
    none.
    """
    known = [
        scale.low + scale.high - answers[item.key] if item.reversed else answers[item.key]
        for item in scale.items
        if item.key in answers
    ]
    asked = len(scale.items)
    if not known or asked - len(known) > scale.most_skipped:
        return Score(None, len(known), asked)
    mean = sum(known) / len(known)
    if scale.scoring is Scoring.MEAN:
        return Score(mean, len(known), asked)
    # Without a skipped item the sum is exact.
    return Score(float(sum(known)) if len(known) == asked else mean * asked, len(known), asked)


def ensure_answers(scale: Scale, answers: Mapping[str, int]) -> None:
    """Refuse answers to other items, and answers out of range, at the item's key."""
    keys = {item.key for item in scale.items}
    for key, value in answers.items():
        if key not in keys or not scale.low <= value <= scale.high:
            raise Refused(say("Choose one of the answers."), key)


def pack_answers(answers: Mapping[str, int]) -> str:
    """As they are sealed."""
    return json.dumps(dict(answers), sort_keys=True)


def unpack_answers(text: str) -> dict[str, int]:
    """The inverse of :func:`pack_answers`. Raises ValueError on a foreign shape."""
    found = json.loads(text)
    if not isinstance(found, dict) or not all(type(value) is int for value in found.values()):
        raise ValueError("no answers")
    return found


def languages(items: Sequence[Item], answers: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Those in which every item and the answers are worded. Only readers of these are offered the questionnaire."""
    found = frozenset(answers)
    for item in items:
        found &= frozenset(item.text)
    return found


def ensure_right(known: frozenset[str], wanted: frozenset[str], before: str, source: str) -> None:
    """Refuse a version in a language those before it did not have, unless by what right stands with its source.

    ``known``, ``before``: languages and source of the version that is replaced.
    """
    if wanted - known and source == before:
        raise Refused(say("A language is new here. Please write whose wording it is and by what right."), "source")


def state_of(
    answered_at: datetime | None, declined_at: datetime | None, read_at: datetime | None, taken_back_at: datetime | None
) -> HandoutState:
    """As the participant knows it."""
    if taken_back_at is not None:
        return HandoutState.TAKEN_BACK
    if answered_at is not None:
        return HandoutState.HANDED_IN if read_at is None else HandoutState.READ
    return HandoutState.OPEN if declined_at is None else HandoutState.DECLINED


def for_staff(state: HandoutState) -> HandoutState:
    """The same as staff see it."""
    return HandoutState.OPEN if state is HandoutState.DECLINED else state


def state_words(state: HandoutState) -> Say:
    """The state in words."""
    return _STATES[state]


def ensure_days(due_on: date | None, read_by: date, today: date) -> None:
    """Refuse days that are over or too far away, and a reading before the answers are there."""
    if due_on is not None and not today <= due_on <= today + AHEAD:
        raise Refused(say("Please choose a day from today on, within a year."), "due_on")
    if not (due_on or today) <= read_by <= today + AHEAD:
        raise Refused(say("Please choose a day that is not before the answers are there, within a year."), "read_by")


def missing_words(scale: Scale) -> Say:
    """What becomes of skipped items, as it is told beside every score."""
    if not scale.most_skipped:
        return say("With a skipped question there is no score.")
    return say_n(
        "With %(n)s skipped question there still is a score. With more, there is none.",
        "With %(n)s skipped questions there still is a score. With more, there is none.",
        scale.most_skipped,
    )


def change_words(smallest: float | None) -> Say:
    """How large a change must be before this scale can show it."""
    if smallest is None:
        return say("It is not known how large a change must be before this scale can show it.")
    return say("A change smaller than %(number)s is within what this scale can show.", number=smallest)


_STATES = {
    HandoutState.OPEN: say("nothing handed in"),
    HandoutState.DECLINED: say("rather not"),
    HandoutState.HANDED_IN: say("handed in"),
    HandoutState.READ: say("read"),
    HandoutState.TAKEN_BACK: say("taken back"),
}
