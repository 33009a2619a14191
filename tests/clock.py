"""The clock of a test: it stands still until told otherwise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

#: A Monday; ten in the morning in Berlin, where the programs of the factories are.
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Clock:
    """Called by the application for the current instant."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def set(self, now: datetime) -> None:
        """Move to an aware instant."""
        if now.tzinfo is None:
            raise ValueError("an instant needs a zone")
        self.now = now.astimezone(UTC)

    def advance(self, **duration: float) -> None:
        """``advance(days=1, minutes=5)``."""
        self.now += timedelta(**duration)
