"""Words that are sealed at rest: how rules, reads and writes name what they seal, without knowing a cipher.

A place (table, column, row) is bound into the seal, so that a text moved to another row does not open there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed text stands; ``row`` is the row's public id, which never changes and is never used again."""

    table: str
    column: str
    row: str


class Cipher(Protocol):
    """Seals and opens texts. ``open`` raises ValueError where a seal was changed or moved, or its key is gone."""

    def seal(self, text: str, place: Place) -> bytes: ...
    def open(self, sealed: bytes, place: Place) -> str: ...
    def is_current(self, sealed: bytes) -> bool:
        """Whether it was sealed with the newest key."""
        ...
