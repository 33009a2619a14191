from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from placement.domain.feedback_links import held_words
from placement.domain.shifts import attendance_words
from placement.web.cards.phone import phone

cards = Blueprint("cards", __name__)
#: The same bytes for everybody.
KNOW_NOBODY = ("cards.shell", "cards.worker", "cards.manifest")


@cards.context_processor
def _words() -> dict[str, object]:
    return {"held_words": held_words, "attendance_words": attendance_words}


@cards.context_processor
def _help() -> dict[str, object]:
    """ "I need help now" of a phone that is let in has the program's numbers, too."""
    if not request.path.startswith("/card") or request.endpoint in KNOW_NOBODY:
        return {}
    device = phone()
    return {"help_now_url": url_for("cards.help_now")} if device is not None and device.opens else {}


@cards.after_request
def _tell_nobody(response: Response) -> Response:
    """An address may hold a secret here: no other site, and no proxy, hears of it."""
    if request.path == "/card" or request.path.startswith("/card/"):
        response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
