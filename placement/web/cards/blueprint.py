from __future__ import annotations

from flask import Blueprint, Response, request

from placement.domain.feedback_links import held_words
from placement.domain.shifts import attendance_words

cards = Blueprint("cards", __name__)


@cards.context_processor
def _words() -> dict[str, object]:
    return {"held_words": held_words, "attendance_words": attendance_words}


@cards.after_request
def _tell_nobody(response: Response) -> Response:
    """An address may hold a secret here: no other site, and no proxy, hears of it."""
    if request.path == "/card" or request.path.startswith("/card/"):
        response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
