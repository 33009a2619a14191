"""Matching: importing these files attaches their pages to the blueprint."""

from __future__ import annotations

from placement.web.matching import confirm_pages, mark_pages, new_pages, run_pages, suggestion_pages
from placement.web.matching.blueprint import matching

__all__ = ["confirm_pages", "mark_pages", "matching", "new_pages", "run_pages", "suggestion_pages"]
