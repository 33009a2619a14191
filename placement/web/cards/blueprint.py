from __future__ import annotations

from flask import Blueprint, Response, request

cards = Blueprint("cards", __name__)


@cards.after_request
def _tell_nobody(response: Response) -> Response:
    """An address may hold a secret here: no other site, and no proxy, hears of it."""
    if request.path == "/card" or request.path.startswith("/card/"):
        response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
