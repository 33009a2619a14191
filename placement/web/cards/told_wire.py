"""Worry and accidents as they come from a phone's queue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from placement.usecases.cards.deliver import DeliverTold
from placement.usecases.effects.told import TEXTS, TellIncident, TellWorry, Told, body_of
from placement.web.cards.wire import Malformed, began, key_of, text_of

KINDS = ("worried", "accident")


def told_of(data: Mapping[str, Any], zone: str) -> tuple[DeliverTold, dict[str, Any]]:
    """The command, and the entry as it is kept if it has to wait. ``zone``: the shop's. Raises Malformed."""
    shift = text_of(data, "shift", 40)
    told: Told
    if data.get("kind") == "worried":
        told = TellWorry(shift, text_of(data, "text"))
    elif data.get("kind") == "accident":
        told = TellIncident(shift, _happened(data, zone), **{name: text_of(data, name) for name in TEXTS})
    else:
        raise Malformed
    return DeliverTold(key_of(data), told, began(data)), body_of(told)


def told_in(body: Mapping[str, Any]) -> Told:
    """What a kept entry says."""
    if body["kind"] == "worried":
        return TellWorry(body["shift"], body["text"])
    happened_at = datetime.fromisoformat(body["happened_at"])
    return TellIncident(body["shift"], happened_at, **{name: body[name] for name in TEXTS})


def _happened(data: Mapping[str, Any], zone: str) -> datetime:
    try:
        day = date.fromisoformat(text_of(data, "day", 10))
        at = time.fromisoformat(text_of(data, "time", 8))
    except ValueError as error:
        raise Malformed from error
    if at.tzinfo is not None or not 2000 < day.year < 2200:
        raise Malformed
    return datetime.combine(day, at, ZoneInfo(zone))
