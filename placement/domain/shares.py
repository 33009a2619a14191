"""What a participant shows of their own words: entry by entry, or a kind of entry, to one reader, until withdrawn."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from placement.domain.diary import EntryKind
from placement.domain.errors import Refused
from placement.domain.words import Say, say

#: A reader is named a day at most so far ahead; so long it takes where nobody says more.
READ_WITHIN = timedelta(days=90)
USUAL = timedelta(days=7)


class ShareKind(StrEnum):
    #: One entry of the daily log.
    ENTRY = "entry"
    #: Entries of a kind, from a day on.
    DAYS = "days"
    THOUGHTS = "thoughts"
    EXPECTATIONS = "expectations"
    #: One activity with their words about it.
    ACTIVITY = "activity"
    #: Words about a picture.
    REFLECTION = "reflection"
    #: The step's fear beside independence is the two people's alone; this is the daily log's own chart.
    MOOD_CHART = "mood_chart"


#: Sharing by kind → the entries it shows.
ENTRIES = {
    ShareKind.DAYS: EntryKind.DAY,
    ShareKind.THOUGHTS: EntryKind.THOUGHT,
    ShareKind.EXPECTATIONS: EntryKind.EXPECTED,
}
#: What of the daily log can be shared by kind.
OF_THE_LOG = (*ENTRIES, ShareKind.MOOD_CHART)

_WORDS = {
    ShareKind.ENTRY: say("One entry"),
    ShareKind.DAYS: say("My days, with everything I write about them"),
    ShareKind.THOUGHTS: say("Thoughts I looked at closely"),
    ShareKind.EXPECTATIONS: say("What I expected of a shift, and how it was"),
    ShareKind.ACTIVITY: say("One activity, with my words about it"),
    ShareKind.REFLECTION: say("My words about a picture"),
    ShareKind.MOOD_CHART: say("Only the picture of mood and energy, no words"),
}


def share_words(kind: ShareKind) -> Say:
    """What is shared, in the participant's words."""
    return _WORDS[kind]


def shows(
    kind: ShareKind, since_day: date | None, shared_entry: int | None, entry: int | None, of: EntryKind, day: date
) -> bool:
    """Whether a share of this kind shows an entry (its key, kind and day)."""
    if kind is ShareKind.ENTRY:
        return entry is not None and shared_entry == entry
    return ENTRIES.get(kind) is of and (since_day is None or day >= since_day)


def reaches(
    kind: ShareKind, since_day: date | None, shared_entry: int | None, entry: int | None, of: EntryKind, day: date
) -> bool:
    """As :func:`shows`, and whether the entry's mood and energy stand in a picture that is shared."""
    if kind is ShareKind.MOOD_CHART:
        return of is EntryKind.DAY and (since_day is None or day >= since_day)
    return shows(kind, since_day, shared_entry, entry, of, day)


def ensure_read_by(read_by: date | None, today: date) -> None:
    """Refuse a day that is over, or too far away."""
    if read_by is not None and not today <= read_by <= today + READ_WITHIN:
        first, last = today, today + READ_WITHIN
        raise Refused(say("Please choose a day from %(first)s to %(last)s.", first=first, last=last), "read_by")
