"""Addresses of the pages behind what a day page says."""

from __future__ import annotations

from typing import Any

from flask import current_app, url_for


def link(endpoint: str, **values: Any) -> str | None:
    """The page's address, or None while there is no such page."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else None
