"""Everything of a card: the blueprint with all its pages."""

from __future__ import annotations

from placement.web.cards import (
    card_pages,
    held_pages,
    json_pages,
    line_pages,
    offline_pages,
    open_pages,
    rater_pages,
    tell_pages,
)
from placement.web.cards.blueprint import cards

__all__ = [
    "card_pages",
    "cards",
    "held_pages",
    "json_pages",
    "line_pages",
    "offline_pages",
    "open_pages",
    "rater_pages",
    "tell_pages",
]
