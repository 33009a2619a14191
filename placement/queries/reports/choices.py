"""What a new report can be about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.profiles import full_name
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.progress.summary import PlacementSummary
from placement.policy.actor import Actor
from placement.policy.check import allowed
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.reports.records import Place

MOST = 20


@dataclass(frozen=True, slots=True)
class PlacementChoice:
    public_id: str
    place: Place
    first_day: date


@dataclass(frozen=True, slots=True)
class AboutWhom:
    """``placements``: those with shifts already, the latest first. ``for_staff``: the actor may write for staff."""

    participant_id: int
    public_id: str
    name: str
    archived: bool
    for_staff: bool
    placements: tuple[PlacementChoice, ...]


def about_whom(db: Session, actor: Actor, public_id: str) -> AboutWhom:
    """Two statements. Raises NotFound for a participant out of sight."""
    person = db.execute(
        select(
            Participant.id, Participant.program_id, Participant.public_id, Participant.preferred_name,
            Participant.family_name, Participant.archived_at,
        ).where(scope.participants(actor), Participant.public_id == public_id)
    ).one_or_none()  # fmt: skip
    if person is None or not allowed(actor, Permission.REPORT_CREATE, Facts(person.program_id, person.id)):
        raise NotFound
    rows = db.execute(
        select(Placement.public_id, Opening.role, Employer.name, Site.name, PlacementSummary.first_shift_day)
        .join(PlacementSummary, PlacementSummary.placement_id == Placement.id)
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(
            scope.placements(actor),
            Placement.participant_id == person.id,
            PlacementSummary.first_shift_day.is_not(None),
        )
        .order_by(PlacementSummary.first_shift_day.desc(), Placement.id.desc())
        .limit(MOST)
    )
    return AboutWhom(
        person.id,
        person.public_id,
        full_name(person.preferred_name, person.family_name),
        person.archived_at is not None,
        allowed(actor, Permission.REPORT_FOR_THERAPIST, Facts(person.program_id, person.id)),
        tuple(PlacementChoice(key, Place(role, shop, site), day) for key, role, shop, site, day in rows if day),
    )
