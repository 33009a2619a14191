"""The daily log: what somebody writes for themself."""

from __future__ import annotations

from enum import StrEnum


class EntryKind(StrEnum):
    #: Mood, energy and words about a day.
    DAY = "day"
    #: A thought record, as a guided form.
    THOUGHT = "thought"
    #: "Before today's shift I expected / afterwards it was".
    EXPECTED = "expected"
