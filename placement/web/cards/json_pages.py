"""What a phone without signal works with: the card to keep, and entries delivered once there is one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Response, jsonify, request

from placement.domain.errors import KeyReused, LinkEnded, Refused, Stale, TooMany
from placement.policy.permissions import Permission
from placement.queries.cards.card import todays_card
from placement.queries.cards.stored import stored_entry
from placement.usecases.cards.give import Outcome, deliver_feedback
from placement.web.cards.blueprint import cards
from placement.web.cards.phone import phone, remember
from placement.web.cards.wire import Malformed, card_json, conflict_json, entry_of
from placement.web.current import now, reads, work
from placement.web.gate import requires


@cards.get("/card/data")
@requires(Permission.PUBLIC)
def data() -> Response:
    """401: this phone is not known. 410: its link ended; wipe what is kept once everything is delivered."""
    if not _from_our_page():
        return _answer(403, error="from elsewhere")
    device = phone()
    if device is None:
        return _answer(401, error="not known")
    if not device.opens:
        return _answer(410, ended=True)
    return _answer(200, **card_json(todays_card(reads(), device, now())))


@cards.post("/card/entries")
@requires(Permission.PUBLIC)
def entries() -> Response:
    """200 saved, 202 held for a coordinator, 409 something else is stored, 400 no entry at all, 401 not known.

    No CSRF token: see ``web/exempt.py`` for what stands in its place.
    """
    if not _from_our_page() or request.headers.get("X-Card") != "1" or not request.is_json:
        return _answer(403, error="from elsewhere")
    device = phone()
    if device is None:
        return _answer(401, error="not known")
    try:
        command, body = entry_of(request.get_json(silent=True))
    except Malformed:
        return _answer(400, error="not an entry")
    try:
        outcome = deliver_feedback(work(), device, command, body)
    except LinkEnded:
        return _answer(401, error="not known")
    except (KeyReused, Stale):
        return _answer(409, **conflict_json(body, stored_entry(reads(), device, command.shift)))
    except Refused:
        return _answer(400, error="not an entry")
    except TooMany as error:
        waiting = _answer(429, error="too many")
        waiting.headers["Retry-After"] = str(error.minutes * 60)
        return waiting
    if outcome is Outcome.HELD:
        return _answer(202, held=command.key)
    saved = _answer(200, saved=command.key)
    return remember(saved) if device.opens else saved


def _from_our_page() -> bool:
    """The browser says so; one that doesn't say must name our own origin where it sends anything."""
    said = request.headers.get("Sec-Fetch-Site")
    if said is not None:
        return said == "same-origin"
    origin = request.headers.get("Origin")
    if origin is None:
        return request.method == "GET"
    return urlsplit(origin).netloc == request.host


def _answer(status: int, **values: Any) -> Response:
    response = jsonify(values)
    response.status_code = status
    return response
