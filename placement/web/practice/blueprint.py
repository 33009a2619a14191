"""The blueprint the modules of this noun add their pages to."""

from __future__ import annotations

from flask import Blueprint, Response, request

from placement.domain.practice import standing_words

practice = Blueprint("practice", __name__)


@practice.context_processor
def _words() -> dict[str, object]:
    return {"standing_words": standing_words}


@practice.after_request
def _tell_nobody(response: Response) -> Response:
    """An address may hold a secret here: no other site, and no proxy, hears of it."""
    if request.path == "/family" or request.path.startswith("/family/"):
        response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
