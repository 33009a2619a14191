"""What a participant shows of their own words: entry by entry, or a kind of entry, to one reader, until withdrawn."""

from __future__ import annotations

from enum import StrEnum


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
