"""Creative and play work: something made or played, what it was meant for, and the participant's own words about it.

Nothing of it is counted, scored or interpreted by the app. How much help a task took is seen on the occasion.
"""

from __future__ import annotations

from datetime import date, timedelta

from placement.domain.errors import Refused
from placement.domain.words import say

#: Longest texts, in characters.
LONGEST_NAME = 120
LONGEST_MEANT = 1_000
LONGEST_WORDS = 4_000
MOST_MINUTES = 1440
#: It is planned at most so far ahead, and written down at most so long afterwards.
AHEAD = timedelta(days=90)
AFTERWARDS = timedelta(days=180)


def ensure_day(day: date, today: date) -> None:
    """Refuse a day too far away, or too long ago."""
    first, last = today - AFTERWARDS, today + AHEAD
    if not first <= day <= last:
        raise Refused(say("Please choose a day from %(first)s to %(last)s.", first=first, last=last), "day")


def ensure_minutes(minutes: int | None) -> None:
    """Refuse more minutes than a day has."""
    if minutes is not None and not 0 <= minutes <= MOST_MINUTES:
        raise Refused(say("A day has 1440 minutes."), "minutes")


def ensure_text(text: str, longest: int, field: str, *, needed: bool = True) -> None:
    """Refuse an empty text where one is needed, and one that is too long."""
    if needed and not text:
        raise Refused(say("Please write a few words."), field)
    if len(text) > longest:
        raise Refused(say("Please write at most %(count)s characters.", count=longest), field)
