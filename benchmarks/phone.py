"""A phone in the shop, as somebody without an account holds it: its cookie, and what it sends."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from benchmarks.site import Site
from placement.models.accounts.account import Account
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from tests.clock import Clock
from tests.factories.make import Make
from tests.web.cards.phones import COOKIE, HEADERS, Phone, link_for

CARD, ENTRIES = "/card", "/card/entries"


def opened(site: Site) -> Iterator[dict[str, Any]]:
    """The card and its form, again and again."""
    environ = _environ(site, _cookie(site), CARD)
    while True:
        yield environ


def sent(site: Site) -> Iterator[dict[str, Any]]:
    """Entries about the shifts of the last days, as the card's queue sends them; what was sent before is corrected."""
    cookie, chance = _cookie(site), Random(2)
    card = json.loads(site.ask(_environ(site, cookie, f"{CARD}/data")).text)
    shifts = [shift for shift in card["shifts"] if shift["begun"] and shift["tasks"]]
    if not shifts:
        raise LookupError("the card has no shift to rate")
    while True:
        for shift in shifts:
            answers = [{"task": one["id"], "level": chance.choice(card["levels"])["id"]} for one in shift["tasks"]]
            key = str(UUID(int=chance.getrandbits(128), version=4))
            body = {"shift": shift["id"], "key": key, "attendance": "here", "answers": answers}
            yield _environ(site, cookie, ENTRIES, body)


def _cookie(site: Site) -> str:
    """A phone that has just opened the link to the placement that owes the most feedback of the last days."""
    today = site.work.clock().date()
    with site.work.transaction() as session:
        placement = session.scalars(
            select(Placement)
            .join(Shift, Shift.placement_id == Placement.id)
            .join(Occasion, Occasion.id == Shift.id)
            .join(Participant, Participant.id == Placement.participant_id)
            .join(Account, Account.id == Participant.account_id)
            .where(
                Occasion.local_day.between(today - timedelta(days=6), today - timedelta(days=1)),
                Shift.feedback_due_at.is_not(None),
                Shift.cancelled_at.is_(None),
                Account.email.endswith("@bridgeway.example"),
            )
            .group_by(Placement.id)
            .order_by(func.count().desc(), Placement.id)
            .limit(1)
        ).one()
    phone = Phone(site.app, link_for(Make(site.work, Clock()), placement))
    found = phone.http.get_cookie(COOKIE)
    if found is None:
        raise LookupError("the link gave no cookie")
    return f"{COOKIE}={found.value}"


def _environ(site: Site, cookie: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    made = site.bare(path, cookie, None if body is None else json.dumps(body).encode(), "application/json")
    made |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in HEADERS.items()}
    return {**made, "wsgi.input": io.BytesIO()}
