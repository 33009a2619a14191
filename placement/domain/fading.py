"""Stepping back: how much of the work is done with a coach, and whether less would do.

The rules say what speaks for and against a next step. They never take it.
"""

from __future__ import annotations

from enum import StrEnum


class FadingState(StrEnum):
    """Where a step back stands."""

    #: Taken, and looked at more closely for a while.
    WATCHING = "watching"
    HELD = "held"
    #: Taken back: more help again.
    TAKEN_BACK = "taken_back"
