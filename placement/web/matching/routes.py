"""Matching: importing these files attaches their pages to the blueprint."""

from __future__ import annotations

from placement.web.matching import (
    adjust_pages,
    compare_pages,
    confirm_pages,
    export_pages,
    live_pages,
    mark_pages,
    new_pages,
    person_pages,
    run_pages,
    suggestion_pages,
)
from placement.web.matching.blueprint import matching

__all__ = [
    "adjust_pages",
    "compare_pages",
    "confirm_pages",
    "export_pages",
    "live_pages",
    "mark_pages",
    "matching",
    "new_pages",
    "person_pages",
    "run_pages",
    "suggestion_pages",
]
