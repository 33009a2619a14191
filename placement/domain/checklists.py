"""What must be there before a placement may start: the program's own list, and whether it is complete on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from placement.domain.placements import PlacementKind

#: An entry that expires stands on the day page so long before.
EXPIRES_SOON = timedelta(days=28)
MOST_ITEMS = 30
LONGEST_NAME, LONGEST_BY, LONGEST_NOTE = 120, 120, 500


class FileKind(StrEnum):
    """Papers that can be kept with an entry, by their media type."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the list. ``kinds``: the kinds of placement it is asked of; empty: all."""

    id: int
    kinds: frozenset[PlacementKind] = frozenset()

    def asked_of(self, kind: PlacementKind) -> bool:
        return not self.kinds or kind in self.kinds


@dataclass(frozen=True, slots=True)
class Entry:
    """What was written down for an item. ``expires``: the last day on which it holds; None: it does not expire."""

    item: int
    done: date
    expires: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.done <= day and (self.expires is None or day <= self.expires)


def missing(kind: PlacementKind, items: Iterable[Item], entries: Collection[Entry], day: date) -> tuple[int, ...]:
    """Items asked of this kind that nothing holds for on ``day``, in the list's order; empty: it may start."""
    held = {entry.item for entry in entries if entry.holds_on(day)}
    return tuple(item.id for item in items if item.asked_of(kind) and item.id not in held)
