"""Links to pages of other nouns."""

from __future__ import annotations

from typing import Any

from flask import current_app, url_for


def link_if(endpoint: str, **values: Any) -> str | None:
    """The address of a page, or None while there is no such page."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else None
