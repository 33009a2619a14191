"""Everything of a card: the blueprint with all its pages."""

from __future__ import annotations

from placement.web.cards import card_pages, json_pages, open_pages, tell_pages
from placement.web.cards.blueprint import cards

__all__ = ["card_pages", "cards", "json_pages", "open_pages", "tell_pages"]
