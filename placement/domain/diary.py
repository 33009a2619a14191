"""The daily log: what somebody writes for themself. Nothing here ever looks into what was written.

Thought record: situation, feeling with its strength, automatic thought, what speaks for and against it, a balanced
thought, the feeling again (Beck's dysfunctional thought record in common words).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from enum import StrEnum

from placement.domain.errors import Refused
from placement.domain.words import Say, say

#: Longest texts, in characters.
LONGEST_TEXT = 8_000
LONGEST_PART = 2_000
LONGEST_FEELING = 120
#: How long ago a day can be that somebody still writes about.
BACK = timedelta(days=60)
#: Shifts an expectation can be about: this long ago, and this far ahead.
SHIFTS_BACK, SHIFTS_AHEAD = timedelta(days=14), timedelta(days=7)


class EntryKind(StrEnum):
    #: Mood, energy and words about a day.
    DAY = "day"
    #: A thought record, as a guided form.
    THOUGHT = "thought"
    #: "Before today's shift I expected / afterwards it was".
    EXPECTED = "expected"


_KINDS = {
    EntryKind.DAY: say("My day"),
    EntryKind.THOUGHT: say("A thought, looked at closely"),
    EntryKind.EXPECTED: say("Expected, and how it was"),
}
#: Five words each, from 5 down; both may be skipped.
MOODS: Mapping[int, Say] = {
    5: say("very well"),
    4: say("rather well"),
    3: say("in between"),
    2: say("rather low"),
    1: say("very low"),
}
ENERGIES: Mapping[int, Say] = {
    5: say("full of energy"),
    4: say("quite awake"),
    3: say("some energy"),
    2: say("rather tired"),
    1: say("very tired"),
}


@dataclass(frozen=True, slots=True)
class DayBody:
    """``mood``, ``energy``: 1–5, None where skipped."""

    mood: int | None = None
    energy: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class ThoughtBody:
    """``strength``, ``strength_after``: percent of the feeling, None where skipped."""

    situation: str = ""
    feeling: str = ""
    strength: int | None = None
    thought: str = ""
    speaks_for: str = ""
    speaks_against: str = ""
    balanced: str = ""
    feeling_after: str = ""
    strength_after: int | None = None


@dataclass(frozen=True, slots=True)
class ExpectedBody:
    expected: str = ""
    was: str = ""


Body = DayBody | ThoughtBody | ExpectedBody
_BODIES: Mapping[EntryKind, type[DayBody] | type[ThoughtBody] | type[ExpectedBody]] = {
    EntryKind.DAY: DayBody,
    EntryKind.THOUGHT: ThoughtBody,
    EntryKind.EXPECTED: ExpectedBody,
}
_LONGEST = {"text": LONGEST_TEXT, "feeling": LONGEST_FEELING, "feeling_after": LONGEST_FEELING}
_FIRST = {EntryKind.DAY: "mood", EntryKind.THOUGHT: "situation", EntryKind.EXPECTED: "expected"}


def kind_words(kind: EntryKind) -> Say:
    """A kind of entry in words."""
    return _KINDS[kind]


def kind_of(body: Body) -> EntryKind:
    """The kind a body belongs to."""
    return next(kind for kind, shape in _BODIES.items() if isinstance(body, shape))


def pack(body: Body) -> str:
    """As it is sealed: a JSON object."""
    return json.dumps(asdict(body), sort_keys=True, ensure_ascii=False)


def unpack(kind: EntryKind, text: str) -> Body:
    """The inverse of :func:`pack`. Raises ValueError on a foreign shape."""
    shape = _BODIES[kind]
    found = json.loads(text)
    if not isinstance(found, dict) or set(found) - {field.name for field in fields(shape)}:
        raise ValueError(f"no body of kind {kind.value}")
    return shape(**found)


def is_empty(body: Body) -> bool:
    """Whether everything was skipped."""
    return all(value is None or value == "" for value in asdict(body).values())


def ensure_body(body: Body) -> None:
    """Refuse an entry without anything in it, answers that are none of ours, and texts that are too long."""
    if is_empty(body):
        raise Refused(say("Choose a word or write something."), _FIRST[kind_of(body)])
    for name, value in asdict(body).items():
        if isinstance(value, str):
            longest = _LONGEST.get(name, LONGEST_PART)
            if len(value) > longest:
                raise Refused(say("Please write at most %(count)s characters.", count=longest), name)
        elif value is not None and value not in _range_of(name):
            raise Refused(say("Choose one of the answers."), name)


def ensure_day(day: date, today: date) -> None:
    """Refuse a day to come, and one too long ago."""
    if not today - BACK <= day <= today:
        raise Refused(say("Please choose a day from %(first)s to %(last)s.", first=today - BACK, last=today), "day")


def _range_of(name: str) -> range:
    return range(0, 101) if name.startswith("strength") else range(1, 6)
