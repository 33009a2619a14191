"""Who rates at a placement, for coordinators: with an account, and by a link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.feedback_links import GETS_LINKS, ends_at
from placement.domain.placements import PlacementState
from placement.models.employers.employer import Employer, Site, SiteSupervisor
from placement.models.employers.opening import Opening
from placement.models.feedback.link import RaterDevice, RaterLink
from placement.models.feedback.rater import Rater
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.cards.device import last_shift_of


@dataclass(frozen=True, slots=True)
class CardPlace:
    """The placement a card belongs to. ``gets_links``: whether new ones are made."""

    id: int
    public_id: str
    program_id: int
    participant_id: int
    name: str
    employer: str
    site: str
    site_id: int
    zone: str
    state: PlacementState

    @property
    def gets_links(self) -> bool:
        return self.state in GETS_LINKS


@dataclass(frozen=True, slots=True)
class RaterLine:
    """Somebody without an account. ``phones``: how many the link was opened on and that are still let in.

    ``opens``: the link works now, until ``until``; ``issued``: there ever was one (a colleague named on a card has
    none yet).
    """

    link: str
    name: str
    email: str
    mails_off: bool
    opens: bool
    ended: bool
    issued: bool
    until: datetime
    sent_at: datetime | None
    phones: int


@dataclass(frozen=True, slots=True)
class WhoRates:
    place: CardPlace
    with_account: list[str]
    by_link: list[RaterLine]


@dataclass(frozen=True, slots=True)
class LinkCode:
    """What a code holds, for showing and printing. ``generation`` and ``id`` make the token again."""

    place: CardPlace
    link: str
    id: int
    generation: int
    name: str
    opens: bool
    until: datetime


def who_rates(db: Session, actor: Actor, placement: str, now: datetime, today: date) -> WhoRates:
    """Raises NotFound and Forbidden. Three statements."""
    place = card_place(db, actor, placement)
    accounts = db.scalars(
        select(Rater.name)
        .join(SiteSupervisor, SiteSupervisor.rater_id == Rater.id)
        .where(
            SiteSupervisor.site_id == place.site_id,
            SiteSupervisor.first_day <= today,
            or_(SiteSupervisor.last_day.is_(None), SiteSupervisor.last_day >= today),
            Rater.account_id.is_not(None),
            Rater.archived_at.is_(None),
        )
        .order_by(Rater.name)
    )
    return WhoRates(place, list(accounts), _lines(db, place.id, now))


def link_code(db: Session, actor: Actor, link: str, now: datetime) -> LinkCode:
    """A link by its public id. Raises NotFound and Forbidden. Two statements."""
    row = db.execute(
        select(
            RaterLink.id, RaterLink.generation, RaterLink.expires_at, RaterLink.revoked_at, RaterLink.token_hash,
            Rater.name, Placement.public_id, last_shift_of(RaterLink.placement_id).label("last"),
        )
        .join(Rater, Rater.id == RaterLink.rater_id)
        .join(Placement, Placement.id == RaterLink.placement_id)
        .where(RaterLink.public_id == link, scope.placements(actor))
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    place = card_place(db, actor, row.public_id)
    until = ends_at(row.expires_at, row.last)
    opens = row.revoked_at is None and row.token_hash is not None and now < until
    return LinkCode(place, link, row.id, row.generation, row.name, opens, until)


def card_place(db: Session, actor: Actor, placement: str) -> CardPlace:
    """The placement by its public id. Raises NotFound and Forbidden. One statement."""
    row: Any = db.execute(
        select(
            Placement.id, Placement.public_id, Placement.program_id, Placement.participant_id,
            Participant.preferred_name, Employer.name.label("employer"), Site.name.label("site"),
            Site.id.label("site_id"), Site.zone, Placement.state,
        )
        .join(Participant, Participant.id == Placement.participant_id)
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(Placement.public_id == placement, scope.placements(actor))
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    ensure(actor, Permission.CARD_MANAGE, Facts(row.program_id, row.participant_id))
    return CardPlace(*row)


def _lines(db: Session, placement_id: int, now: datetime) -> list[RaterLine]:
    phones = (
        select(func.count())
        .select_from(RaterDevice)
        .where(
            RaterDevice.link_id == RaterLink.id,
            RaterDevice.generation == RaterLink.generation,
            RaterDevice.revoked_at.is_(None),
            RaterDevice.expires_at > now,
        )
        .correlate(RaterLink)
        .scalar_subquery()
    )
    rows = db.execute(
        select(
            RaterLink.public_id, Rater.name, Rater.email, Rater.mails_off_at, RaterLink.expires_at,
            RaterLink.revoked_at, RaterLink.token_hash, RaterLink.sent_at,
            last_shift_of(RaterLink.placement_id).label("last"), phones.label("phones"),
        )
        .join(Rater, Rater.id == RaterLink.rater_id)
        .where(RaterLink.placement_id == placement_id, Rater.archived_at.is_(None))
        .order_by(RaterLink.id)
    )  # fmt: skip
    lines = []
    for row in rows:
        until, ended = ends_at(row.expires_at, row.last), row.revoked_at is not None
        issued = row.token_hash is not None or ended
        opens = row.token_hash is not None and not ended and now < until
        lines.append(
            RaterLine(
                row.public_id, row.name, row.email, row.mails_off_at is not None, opens, ended, issued, until,
                row.sent_at, 0 if ended else row.phones,
            )
        )  # fmt: skip
    return lines
