"""The lines of a card: as coordinators write them, and as the participant releases them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.participants.participant import Participant
from placement.models.placements.card import CardLine
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.policy.check import allowed, ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope


@dataclass(frozen=True, slots=True)
class LineRow:
    public_id: str
    text: str
    released_at: datetime | None


@dataclass(frozen=True, slots=True)
class CardLines:
    """``mine``: the reader is the participant, who alone says yes or no to a line."""

    placement: str
    participant_id: int
    name: str
    employer: str
    mine: bool
    lines: list[LineRow]


def card_lines(db: Session, actor: Actor, placement: str) -> CardLines:
    """For coordinators and the participant. Raises NotFound and Forbidden. Two statements."""
    row = db.execute(
        select(
            Placement.id, Placement.program_id, Placement.participant_id, Participant.preferred_name, Employer.name
        )
        .join(Participant, Participant.id == Placement.participant_id)
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(Placement.public_id == placement, scope.placements(actor))
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    facts = Facts(row.program_id, row.participant_id)
    mine = allowed(actor, Permission.CARD_RELEASE, facts)
    if not mine:
        ensure(actor, Permission.CARD_MANAGE, facts)
    lines = db.execute(
        select(CardLine.public_id, CardLine.text, CardLine.released_at)
        .where(CardLine.placement_id == row.id, CardLine.archived_at.is_(None))
        .order_by(CardLine.id)
    )
    return CardLines(
        placement, row.participant_id, row.preferred_name, row.name, mine, [LineRow(*one) for one in lines]
    )
