"""Placements: importing these files attaches their pages to the blueprint."""

from __future__ import annotations

from placement.web.placements import (
    answer_pages,
    list_pages,
    move_pages,
    own_move_pages,
    record_pages,
    share_pages,
    shop_pages,
    step_pages,
)
from placement.web.placements.blueprint import placements

__all__ = [
    "answer_pages",
    "list_pages",
    "move_pages",
    "own_move_pages",
    "placements",
    "record_pages",
    "share_pages",
    "shop_pages",
    "step_pages",
]
