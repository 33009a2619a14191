"""One-to-one sessions: what was agreed until next time, and how it went."""

from __future__ import annotations

from enum import StrEnum


class AgreedState(StrEnum):
    """How an agreed task went, as it comes back at the next session."""

    OPEN = "open"
    DONE = "done"
    PARTLY = "partly"
    NOT = "not"
