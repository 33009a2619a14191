"""What a phone without signal works with: the card to keep, and entries delivered once there is one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Response, jsonify, request

from placement.domain.errors import KeyReused, LinkEnded, Refused, Stale, TooMany
from placement.policy.device import Device
from placement.policy.permissions import Permission
from placement.queries.cards.card import todays_card
from placement.queries.cards.stored import stored_entry
from placement.usecases.cards.deliver import deliver_told
from placement.usecases.cards.give import Outcome, deliver_feedback
from placement.usecases.cards.read import record_card_read
from placement.web.cards.blueprint import cards
from placement.web.cards.phone import phone, remember
from placement.web.cards.told_wire import KINDS, told_of
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
    card = todays_card(reads(), device, now())
    # A phone without a page in between reads the same about the person.
    record_card_read(work(), device)
    return _answer(200, **card_json(card, device))


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
    entry = request.get_json(silent=True)
    if not isinstance(entry, dict):
        return _answer(400, error="not an entry")
    if entry.get("card") not in (None, "", device.card):
        # Written for another card than the one this phone has open now: never in this rater's name.
        return _answer(401, error="another card")
    try:
        saved = _told(device, entry) if entry.get("kind") in KINDS else _feedback(device, entry)
    except LinkEnded:
        return _answer(401, error="not known")
    except (Malformed, Refused):
        return _answer(400, error="not an entry")
    except TooMany as error:
        waiting = _answer(429, error="too many")
        waiting.headers["Retry-After"] = str(error.minutes * 60)
        return waiting
    return remember(saved) if device.opens and saved.status_code == 200 else saved


def _feedback(device: Device, entry: dict[str, Any]) -> Response:
    command, body = entry_of(entry)
    try:
        outcome = deliver_feedback(work(), device, command, body)
    except (KeyReused, Stale):
        stored = stored_entry(reads(), device, command.shift, command.colleague, command.named)
        return _answer(409, **conflict_json(body, stored))
    return _taken(command.key, outcome is Outcome.SAVED)


def _told(device: Device, entry: dict[str, Any]) -> Response:
    command, body = told_of(entry, device.zone)
    try:
        return _taken(command.key, deliver_told(work(), device, command, body))
    except KeyReused:
        # Our own pages make a key for every report: whatever this is, it was not written there.
        raise Malformed from None


def _taken(key: str, saved: bool) -> Response:
    return _answer(200, saved=key) if saved else _answer(202, held=key)


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
