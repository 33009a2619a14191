"""Accounts, one's own and the program's: importing these files attaches their pages to the blueprint."""

from __future__ import annotations

from placement.web.accounts import admin_routes, connect_routes, own_routes, reading_routes
from placement.web.accounts.blueprint import accounts

__all__ = ["accounts", "admin_routes", "connect_routes", "own_routes", "reading_routes"]
