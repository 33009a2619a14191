"""Shifts: importing these files attaches their pages to the blueprint."""

from __future__ import annotations

from placement.web.shifts import check_pages, list_pages, own_list_pages, plan_pages, record_pages
from placement.web.shifts.blueprint import shifts

__all__ = ["check_pages", "list_pages", "own_list_pages", "plan_pages", "record_pages", "shifts"]
