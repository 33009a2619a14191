"""My say: pages of the participant, and of those who answer."""

from __future__ import annotations

from placement.web.rights import export_pages, own_pages, staff_pages
from placement.web.rights.blueprint import rights

__all__ = ["export_pages", "own_pages", "rights", "staff_pages"]
