"""A placement's weekly pattern: from when to when, every how many weeks, on which days, and what holidays do."""

from __future__ import annotations

from enum import StrEnum

from placement.domain.words import Say, say

#: Every so many weeks at most.
MOST_WEEKS = 8


class Holidays(StrEnum):
    """Whether there are shifts on public holidays of the site's region."""

    OFF = "off"
    WORK = "work"


_HOLIDAYS = {Holidays.OFF: say("no shifts on public holidays"), Holidays.WORK: say("shifts on public holidays too")}


def holiday_words(rule: Holidays) -> Say:
    """A rule as it is shown."""
    return _HOLIDAYS[rule]
