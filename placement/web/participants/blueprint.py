"""The blueprint its route modules share, and links to pages of other nouns."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, url_for
from werkzeug.routing import BuildError

participants = Blueprint("participants", __name__)


@participants.context_processor
def _links() -> dict[str, object]:
    return {"link_if": link_if}


def link_if(endpoint: str, **values: Any) -> str | None:
    """The address of a page of another noun, or None where there is no such page."""
    if endpoint not in current_app.view_functions:
        return None
    try:
        return url_for(endpoint, **values)
    except BuildError:
        return None
