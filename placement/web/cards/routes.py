"""Everything of a card: the blueprint with all its pages."""

from __future__ import annotations

from placement.web.cards import json_pages
from placement.web.cards.blueprint import cards

__all__ = ["cards", "json_pages"]
