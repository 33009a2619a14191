"""An employer's own order of people for an opening, and who could still be put into it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.participants import ParticipantStatus
from placement.domain.profiles import full_name
from placement.domain.text import fold
from placement.models.employers.employer import Site
from placement.models.employers.opening import Opening
from placement.models.matching.tables import OpeningRank
from placement.models.participants.participant import Participant
from placement.models.participants.profile import EmployerExclusion
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries.employers.conditions import found_by
from placement.queries.scope import in_program, participants

#: People offered to choose from at once.
MOST_OFFERED = 20


@dataclass(frozen=True, slots=True)
class Named:
    public_id: str
    name: str


@dataclass(frozen=True, slots=True)
class RankedOpening:
    """``order``: the people as the employer put them, the first one first."""

    id: int
    role: str
    site: str
    employer_id: int
    archived: bool
    order: tuple[Named, ...]


def ranked_opening(db: Session, actor: Actor, public_id: str) -> RankedOpening:
    """Two statements. Raises NotFound, Forbidden."""
    row = db.execute(
        select(Opening.id, Opening.program_id, Opening.role, Site.name, Site.employer_id, Opening.archived_at)
        .join(Site, Site.id == Opening.site_id)
        .where(Opening.public_id == public_id, in_program(actor, Opening.program_id))
    ).one_or_none()
    if row is None:
        raise NotFound
    key, program, role, site, employer, archived_at = row
    ensure(actor, Permission.EMPLOYER_EDIT, Facts(program))
    ranks = db.execute(
        select(Participant.public_id, Participant.preferred_name, Participant.family_name)
        .join(OpeningRank, OpeningRank.participant_id == Participant.id)
        .where(OpeningRank.opening_id == key, participants(actor))
        .order_by(OpeningRank.rank, Participant.sort_key, Participant.id)
    )
    return RankedOpening(key, role, site, employer, archived_at is not None, _named(ranks))


def people_named(db: Session, actor: Actor, wanted: Collection[str]) -> dict[str, Named]:
    """Public id → person, of those the actor may see."""
    rows = db.execute(
        select(Participant.public_id, Participant.preferred_name, Participant.family_name).where(
            participants(actor), Participant.public_id.in_(sorted(wanted))
        )
    )
    return {person.public_id: person for person in _named(rows)}


def rankable(db: Session, actor: Actor, opening: RankedOpening, search: str, but: Collection[str]) -> tuple[Named, ...]:
    """Whom the employer can have met: those with a placement or proposal at one of its shops, then who waits.

    With ``search``, anybody by name. Never somebody who must not be matched with this employer; ``but``: those that
    are in the order already.
    """
    met = exists(
        select(Placement.id)
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .where(Placement.participant_id == Participant.id, Site.employer_id == opening.employer_id)
    )
    never = exists().where(
        EmployerExclusion.participant_id == Participant.id, EmployerExclusion.employer_id == opening.employer_id
    )
    folded = fold(search)
    wanted = (
        found_by(Participant.sort_key, folded) if folded else or_(met, Participant.status == ParticipantStatus.WAITING)
    )
    rows = db.execute(
        select(Participant.public_id, Participant.preferred_name, Participant.family_name)
        .where(
            participants(actor),
            Participant.archived_at.is_(None),
            Participant.status != ParticipantStatus.FINISHED,
            Participant.public_id.not_in(sorted(but)),
            ~never,
            wanted,
        )
        .order_by(met.desc(), Participant.sort_key, Participant.id)
        .limit(MOST_OFFERED)
    )
    return _named(rows)


def _named(rows: Any) -> tuple[Named, ...]:
    return tuple(Named(public_id, full_name(given, family)) for public_id, given, family in rows)
