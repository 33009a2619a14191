"""How a rule or a use case says no. The web turns these into pages, never into a 500."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from placement.domain.words import Say


class NotFound(Exception):
    """Absent, or not this actor's to know about: both look the same."""


class Forbidden(Exception):
    """Visible to this actor, but not theirs to do."""


class Refused(Exception):
    """A business rule says no, in words; ``field`` names the form field it belongs to, if any."""

    def __init__(self, reason: Say, field: str | None = None) -> None:
        super().__init__(reason.msgid)
        self.reason = reason
        self.field = field


class Stale(Exception):
    """Somebody else changed the row meanwhile. ``current`` holds its values now, keyed like the form's fields."""

    def __init__(self, version: int, current: Mapping[str, Any]) -> None:
        super().__init__("changed meanwhile")
        self.version = version
        self.current = current


class KeyReused(Exception):
    """The same idempotency key came with another body."""


class TooMany(Exception):
    """Too many attempts; ``minutes`` until the next one counts."""

    def __init__(self, minutes: int) -> None:
        super().__init__("too many attempts")
        self.minutes = minutes


class LinkEnded(Exception):
    """The link this phone was let in by has expired or was ended."""
