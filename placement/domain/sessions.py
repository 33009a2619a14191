"""One-to-one sessions: what was agreed until next time and how it went, and how the two say they work together."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from placement.domain.errors import Refused
from placement.domain.shifts import PlannedTime, duration_minutes
from placement.domain.words import Say, say

#: Longest texts, in characters.
LONGEST_ITEM = 300
LONGEST_AGREED = 300
LONGEST_HELPED = 1_000
LONGEST_SUMMARY = 6_000
LONGEST_NOTE = 20_000
LONGEST_CHANGE = 500
LONGEST_REASON = 500
#: Sessions are planned at most this far ahead, and written down at most this long afterwards.
AHEAD = timedelta(days=370)
AFTERWARDS = timedelta(days=60)
LONGEST_MINUTES = 4 * 60
#: A check-in is given, and corrected, so long after its session.
CHECK_IN_OPEN = timedelta(days=7)
#: How long a deputy may read a note they gave a reason for.
OPENED = timedelta(hours=12)
#: Waiting items of an agenda; agreed tasks of one session.
MOST_ITEMS = 30
MOST_AGREED = 12
#: Answers of the check-in, from 1 up.
LOWEST, HIGHEST = 1, 5


class AgreedState(StrEnum):
    """How an agreed task went, as it comes back at the next session."""

    OPEN = "open"
    DONE = "done"
    PARTLY = "partly"
    NOT = "not"


#: What can be said about an agreed task.
SAID = (AgreedState.DONE, AgreedState.PARTLY, AgreedState.NOT)

_AGREED_WORDS = {
    AgreedState.OPEN: say("not said yet"),
    AgreedState.DONE: say("done"),
    AgreedState.PARTLY: say("partly done"),
    AgreedState.NOT: say("not done"),
}

#: The four points with an answer in words, in order; our own wording.
POINTS: Mapping[str, Say] = {
    "heard": say("I felt heard."),
    "goals": say("We worked on what matters to me."),
    "way": say("The way we worked suits me."),
    "useful": say("It was useful to me."),
}
_ANSWERS = {
    1: say("not at all"),
    2: say("a little"),
    3: say("partly"),
    4: say("mostly"),
    5: say("fully"),
}


@dataclass(frozen=True, slots=True)
class CheckIn:
    """How it is to work together: 1–5 each or None where skipped, and one thing to change."""

    heard: int | None = None
    goals: int | None = None
    way: int | None = None
    useful: int | None = None
    change: str = ""

    @property
    def empty(self) -> bool:
        """Every question was skipped."""
        return not self.change and all(self.value(point) is None for point in POINTS)

    def value(self, point: str) -> int | None:
        """The answer to one of :data:`POINTS`."""
        found: int | None = getattr(self, point)
        return found


def agreed_words(state: AgreedState) -> Say:
    """The state in words."""
    return _AGREED_WORDS[state]


def answer_words(value: int) -> Say:
    """1–5 in words. Raises KeyError on another number."""
    return _ANSWERS[value]


def pack_check_in(answers: CheckIn) -> str:
    """As it is sealed."""
    return json.dumps(asdict(answers), sort_keys=True)


def unpack_check_in(text: str) -> CheckIn:
    """The inverse of :func:`pack_check_in`. Raises ValueError or TypeError on a foreign shape."""
    return CheckIn(**json.loads(text))


def ensure_check_in(answers: CheckIn) -> None:
    """Refuse answers outside of 1–5, and a text that is too long."""
    for point in POINTS:
        value = answers.value(point)
        if value is not None and value not in _ANSWERS:
            raise Refused(say("Choose one of the answers."), point)
    ensure_short(answers.change, LONGEST_CHANGE, "change")


def ensure_short(text: str, longest: int, field: str) -> None:
    """Refuse a text of more than ``longest`` characters."""
    if len(text) > longest:
        raise Refused(say("Please write at most %(count)s characters.", count=longest), field)


def ensure_text(text: str, longest: int, field: str) -> None:
    """Refuse an empty text, and one that is too long."""
    if not text:
        raise Refused(say("Please write a few words."), field)
    ensure_short(text, longest, field)


def ensure_plannable(planned: PlannedTime, today: date) -> None:
    """Refuse a session too far away, or too long ago to write it down, or longer than anybody can listen."""
    if not today - AFTERWARDS <= planned.day <= today + AHEAD:
        first, last = today - AFTERWARDS, today + AHEAD
        raise Refused(say("Please choose a day from %(first)s to %(last)s.", first=first, last=last), "day")
    if duration_minutes(planned) > LONGEST_MINUTES:
        raise Refused(say("This is longer than four hours. Please check both times."), "end")


def ensure_due(due_on: date | None, today: date) -> None:
    """Refuse a day for an agreed task that is over, or too far away."""
    if due_on is not None and not today <= due_on <= today + AHEAD:
        raise Refused(say("Please choose a day from today on."), "due_on")


def may_check_in(starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """Whether the participant may say now how it was to work together: from its start until a week later."""
    return starts_at <= now <= ends_at + CHECK_IN_OPEN


def is_deputy_on(day: date, first_day: date, last_day: date | None) -> bool:
    """Whether somebody named from ``first_day`` to ``last_day`` (None: until it is ended) stands in on ``day``."""
    return first_day <= day and (last_day is None or day <= last_day)
