"""Calendar feeds: whose shifts an address without sign-in hands out."""

from __future__ import annotations

from enum import StrEnum


class FeedKind(StrEnum):
    PARTICIPANT = "participant"
    SUPERVISOR = "supervisor"
    SITE = "site"
