"""The blueprint its route modules share, and links to pages of other nouns."""

from __future__ import annotations

from flask import Blueprint

from placement.web.links import link_if

participants = Blueprint("participants", __name__)


@participants.context_processor
def _links() -> dict[str, object]:
    return {"link_if": link_if}
