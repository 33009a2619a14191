"""Whom and where to place: short lists to choose from, found by the beginning of a name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from placement.domain.openings import OpeningState
from placement.domain.participants import ParticipantStatus
from placement.domain.placements import Answer, PlacementState, occupies
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.employers.conditions import found_by

OCCUPYING = [state for state in PlacementState if occupies(state)]


@dataclass(frozen=True, slots=True)
class PersonChoice:
    public_id: str
    preferred_name: str
    family_name: str
    status: ParticipantStatus

    @property
    def name(self) -> str:
        return f"{self.preferred_name} {self.family_name}".strip()


@dataclass(frozen=True, slots=True)
class OpeningChoice:
    public_id: str
    role: str
    employer: str
    site: str
    city: str
    free: int

    @property
    def place(self) -> str:
        return ", ".join(part for part in (self.employer, self.site, self.city) if part)


def looking(actor: Actor, today: date) -> ColumnElement[bool]:
    """Participants who wait for a place: none occupied, and no "not now" whose day is still to come."""
    placed = exists().where(Placement.participant_id == Participant.id, Placement.state.in_(OCCUPYING))
    later = exists().where(
        Placement.participant_id == Participant.id,
        Placement.answer == Answer.NOT_NOW,
        Placement.ask_again_on > today,
    )
    return and_(choosable(actor), Participant.status == ParticipantStatus.WAITING, ~placed, ~later)


def choosable(actor: Actor) -> ColumnElement[bool]:
    """Everybody who may be placed at all."""
    return and_(
        scope.participants(actor),
        Participant.archived_at.is_(None),
        Participant.status != ParticipantStatus.FINISHED,
    )


def offered(actor: Actor, today: date) -> ColumnElement[bool]:
    """Openings (joined with site and employer) that are open, not over, and have a free place."""
    return and_(
        scope.in_program(actor, Opening.program_id),
        Opening.archived_at.is_(None),
        Site.archived_at.is_(None),
        Employer.archived_at.is_(None),
        Opening.state == OpeningState.OPEN,
        Opening.filled < Opening.capacity,
        or_(Opening.last_day.is_(None), Opening.last_day >= today),
    )


def people(
    db: Session, actor: Actor, wanted: ColumnElement[bool], q: str, limit: int, keep: Collection[str] = ()
) -> list[PersonChoice]:
    """The first people for whom ``wanted`` holds and ``q`` is found, by name; and those to keep, by public id."""
    ensure(actor, Permission.PLACEMENT_MANAGE)
    statement: Any = select(
        Participant.public_id, Participant.preferred_name, Participant.family_name, Participant.status
    ).order_by(Participant.sort_key, Participant.id)
    found = statement.where(wanted, found_by(Participant.sort_key, q)) if q.strip() else statement.where(wanted)
    rows = list(db.execute(found.limit(limit)))
    missing = set(keep) - {row.public_id for row in rows}
    if missing:
        rows += db.execute(statement.where(choosable(actor), Participant.public_id.in_(sorted(missing))))
    return [PersonChoice(*row) for row in rows]


def openings(
    db: Session, actor: Actor, wanted: ColumnElement[bool], q: str, limit: int, keep: Collection[str] = ()
) -> list[OpeningChoice]:
    """The first openings for which ``wanted`` holds and ``q`` is found, by role; and those to keep, by public id."""
    ensure(actor, Permission.PLACEMENT_MANAGE)
    statement: Any = (
        select(Opening.public_id, Opening.role, Employer.name, Site.name, Site.city, Opening.capacity - Opening.filled)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .order_by(Opening.sort_key, Opening.id)
    )
    found = statement.where(wanted, found_by(Opening.sort_key, q)) if q.strip() else statement.where(wanted)
    rows = list(db.execute(found.limit(limit)))
    missing = set(keep) - {row.public_id for row in rows}
    if missing:
        kept = statement.where(scope.in_program(actor, Opening.program_id), Opening.public_id.in_(sorted(missing)))
        rows += db.execute(kept)
    return [OpeningChoice(*row) for row in rows]


def everybody(db: Session, wanted: ColumnElement[bool]) -> tuple[str, ...]:
    """Public ids of all people for whom ``wanted`` holds."""
    return tuple(db.scalars(select(Participant.public_id).where(wanted).order_by(Participant.id)))


def every_opening(db: Session, wanted: ColumnElement[bool]) -> tuple[str, ...]:
    """Public ids of all openings for which ``wanted`` holds."""
    return tuple(
        db.scalars(
            select(Opening.public_id)
            .join(Site, Site.id == Opening.site_id)
            .join(Employer, Employer.id == Site.employer_id)
            .where(wanted)
            .order_by(Opening.id)
        )
    )
