"""Employers, their sites, their openings: importing these files attaches their pages to the blueprint."""

from __future__ import annotations

from placement.web.employers import employer_pages, history_pages, needs_pages, opening_pages, ranking_pages, site_pages
from placement.web.employers.blueprint import employers

__all__ = [
    "employer_pages",
    "employers",
    "history_pages",
    "needs_pages",
    "opening_pages",
    "ranking_pages",
    "site_pages",
]
