"""A phone in the shop: a link for somebody without an account, and the phone it was opened on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from placement.domain.feedback_links import HeldReason
from placement.domain.support import RaterKind
from placement.domain.tokens import rater_link_token, token_hash
from placement.models.feedback.link import HeldEntry, RaterLink
from placement.models.feedback.rater import Rater
from placement.models.placements.card import CardLine
from placement.models.placements.placement import Placement
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from tests.client import Visitor
from tests.factories.make import Make

COOKIE = "placement-card"
HEADERS = {"X-Card": "1", "Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True)
class Link:
    """A link and the token that opens it."""

    row: RaterLink
    rater: Rater
    token: str

    @property
    def path(self) -> str:
        return f"/card/open/{self.token}"


def link_for(make: Make, placement: Placement, name: str = "Ana", **columns: Any) -> Link:
    """Somebody without an account, and their link to this placement's card, made ten days ago."""
    email = columns.pop("email", "ana@shop.example")

    def change(session: Session) -> Link:
        now = make.clock.now
        rater = Rater(
            program_id=placement.program_id, kind=RaterKind.SUPERVISOR, name=name, email=email, created_at=now
        )
        session.add(rater)
        session.flush()
        row = RaterLink(
            program_id=placement.program_id, rater_id=rater.id, placement_id=placement.id,
            **{"created_at": now - timedelta(days=10), "expires_at": now + timedelta(days=14), **columns},
        )  # fmt: skip
        session.add(row)
        session.flush()
        token = rater_link_token(make.work.link_key, row.id, row.generation)
        row.token_hash = token_hash(token)
        session.flush()
        return Link(row, rater, token)

    return make.do(change)


def entry(shift: str, key: str = "0f3c7a52-1", began_at: datetime | None = None, **values: Any) -> dict[str, Any]:
    """What a phone sends about a shift (public id)."""
    return {"shift": shift, "key": key, "began_at": began_at.isoformat() if began_at else None, **values}


class Phone(Visitor):
    """A visitor who opened a link; ``deliver`` sends an entry as the queue does."""

    def __init__(self, app: Flask, link: Link) -> None:
        super().__init__(app)
        self.link = link
        self.submit(link.path, 303)

    def deliver(self, body: Any, **headers: str) -> TestResponse:
        return self.http.post("/card/entries", json=body, headers={**HEADERS, **headers})

    def data(self) -> TestResponse:
        return self.http.get("/card/data", headers=HEADERS)


def shift_id(make: Make, shift: Shift) -> str:
    """What a page calls it."""
    return str(make.one(select(Occasion.public_id).where(Occasion.id == shift.id)))


def last_end(make: Make, placement: Placement) -> datetime:
    """When the placement's last shift ends."""
    ends = select(func.max(Occasion.ends_at)).join(Shift, Shift.id == Occasion.id)
    found: datetime = make.one(ends.where(Shift.placement_id == placement.id, Shift.cancelled_at.is_(None)))
    return found


def card_rows(make: Make, placement: Placement, shift: Shift) -> dict[str, str]:
    """A link's public id and token, a line of the card, and an entry that waits for a coordinator."""
    link = link_for(make, placement, name="Pia")
    line = make.add(
        CardLine(
            program_id=placement.program_id, placement_id=placement.id, text="A break every hour",
            created_at=make.clock.now,
        )
    )  # fmt: skip
    body = {"shift": "x", "attendance": "here", "answers": [], "unlisted": [], "went_well": "", "try_next": "",
            "note": "", "seen": None, "began_at": None, "by": ""}  # fmt: skip
    held = make.add(
        HeldEntry(
            program_id=placement.program_id, link_id=link.row.id, occasion_id=shift.id, key="abcdefgh-held", body=body,
            reason=HeldReason.AFTER_EXPIRY.value, created_at=make.clock.now,
        )
    )  # fmt: skip
    return {"link": link.row.public_id, "token": link.token, "line": line.public_id, "held": held.public_id}
