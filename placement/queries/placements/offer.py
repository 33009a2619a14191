"""What a shop reads of somebody who would like to start there: the place, and what the participant agreed to tell.

The record has no field for anything else: no name unless it was ticked, no kind of placement, no ability beside those
agreed, no fit, no note, no answer but the yes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.placements import PlacementState
from placement.domain.sharing import Item, Share, agreed, by_kind, ticked
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.placements.told import OwnSharing, shared_row, told_now

#: More than a shop can welcome at once.
MOST_OFFERS = 30


class Standing(StrEnum):
    """Where it stands for the shop: its answer is awaited, given, or no longer needed."""

    WAITS = "waits"
    YES = "yes"
    NO = "no"
    OFF = "off"


_STANDING = {
    PlacementState.OFFERED: Standing.WAITS,
    PlacementState.DECLINED: Standing.NO,
    PlacementState.WITHDRAWN: Standing.OFF,
}


@dataclass(frozen=True, slots=True)
class OfferLine:
    """One line of a supervisor's day: the place alone."""

    public_id: str
    role: str
    employer: str
    site: str
    first_day: date
    standing: Standing


@dataclass(frozen=True, slots=True)
class ShopOffer:
    """``pattern``: the week that is planned. ``shared``: what the participant agreed to tell."""

    public_id: str
    role: str
    employer: str
    site: str
    first_day: date
    last_day: date | None
    pattern: int
    standing: Standing
    shared: tuple[Item, ...]

    @property
    def by_kind(self) -> tuple[tuple[Share, tuple[Item, ...]], ...]:
        """What they agreed to tell, kind by kind."""
        return by_kind(self.shared)


def open_offers(db: Session, actor: Actor, now: datetime) -> list[OfferLine]:
    """What a supervisor's shops are asked, and what they answered in the last days; those that wait come first."""
    ensure(actor, Permission.PLACEMENT_SHOP_ANSWER)
    rows = db.execute(
        select(Placement.public_id, Opening.role, Employer.name, Site.name, Placement.first_day, Placement.state)
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(scope.offers(actor, now))
        .order_by(Placement.first_day, Placement.id)
        .limit(MOST_OFFERS)
    )
    lines = [OfferLine(*row[:5], standing_of(row.state)) for row in rows]
    return sorted(lines, key=lambda line: line.standing is not Standing.WAITS)


def shop_offer(db: Session, actor: Actor, public_id: str, now: datetime) -> tuple[int, ShopOffer]:
    """Whose record is read, for the log, and what a supervisor may read of it. Raises NotFound if out of sight."""
    row = shared_row(db, Placement.public_id == public_id, scope.offers(actor, now))
    if row is None:
        raise NotFound
    ensure(
        actor,
        Permission.PLACEMENT_SHOP_ANSWER,
        Facts(row.program_id, row.participant_id, row.site_id, current=True),
    )
    return row.participant_id, _record(db, row)


def shop_sheet(db: Session, actor: Actor, public_id: str) -> tuple[int, ShopOffer | None]:
    """The same for a coordinator to print or send; None unless the shop's answer is awaited."""
    row = shared_row(db, Placement.public_id == public_id, scope.placements(actor))
    if row is None:
        raise NotFound
    ensure(actor, Permission.PLACEMENT_MANAGE, Facts(row.program_id, row.participant_id))
    return row.participant_id, _record(db, row) if row.state is PlacementState.OFFERED else None


def preview(own: OwnSharing, values: Iterable[str]) -> ShopOffer:
    """What the shop would read if these boxes were ticked."""
    shared = agreed(ticked(values, own.now), own.now)
    return ShopOffer(
        own.public_id,
        own.role,
        own.employer,
        own.site,
        own.first_day,
        own.last_day,
        own.pattern,
        Standing.WAITS,
        shared,
    )


def standing_of(state: PlacementState) -> Standing:
    """How a shop is told of a state; anything that began is its yes."""
    return _STANDING.get(state, Standing.YES)


def _record(db: Session, row: Any) -> ShopOffer:
    standing = standing_of(row.state)
    shared: tuple[Item, ...] = ()
    # After a no, and after it was called off, nothing of the person stays with the shop.
    if standing in (Standing.WAITS, Standing.YES):
        shared = agreed(row.shared, told_now(db, row))
    return ShopOffer(
        row.public_id, row.role, row.employer, row.site, row.first_day, row.last_day, row.pattern, standing, shared
    )
