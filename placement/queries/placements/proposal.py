"""A proposal in the participant's own words: where, when, what, how far, whom to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.participants import TravelMode
from placement.domain.placements import Answer, PlacementKind, PlacementState
from placement.domain.travel import distance_km, minutes_on_the_way
from placement.models.accounts.account import Account, Assignment
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening, OpeningAccommodation, OpeningTask
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.programs.catalog import Accommodation, Task
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ProposedTask:
    name: Words
    sentence: Words


@dataclass(frozen=True, slots=True)
class OwnProposal:
    """``km`` and ``minutes`` are None where a position is not known; ``contacts`` are the people who look after one."""

    public_id: str
    participant_id: int
    state: PlacementState
    kind: PlacementKind
    answer: Answer | None
    ask_again_on: date | None
    first_day: date
    last_day: date | None
    pattern: int
    role: str
    description: str
    employer: str
    site: str
    street: str
    postcode: str
    city: str
    km: float | None
    minutes: int | None
    travel_mode: TravelMode
    tasks: tuple[ProposedTask, ...]
    helps: tuple[Words, ...]
    contacts: tuple[str, ...]


_PLAIN: tuple[Any, ...] = (
    Placement.public_id,
    Placement.participant_id,
    Placement.state,
    Placement.kind,
    Placement.answer,
    Placement.ask_again_on,
    Placement.first_day,
    Placement.last_day,
    Placement.pattern,
    Opening.role,
    Opening.description,
    Employer.name.label("employer"),
    Site.name.label("site"),
    Site.street,
    Site.postcode,
    Site.city,
)


def own_proposal(db: Session, actor: Actor, public_id: str, today: date) -> OwnProposal:
    """The placement to answer. Raises NotFound if absent or out of sight, Forbidden for anybody but its participant."""
    row: Any = db.execute(
        select(
            *_PLAIN,
            Placement.program_id,
            Placement.opening_id,
            Participant.lat,
            Participant.lon,
            Participant.travel_mode,
            Site.lat.label("site_lat"),
            Site.lon.label("site_lon"),
        )
        .join(Participant, Participant.id == Placement.participant_id)
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(Placement.public_id == public_id, scope.placements(actor))
    ).first()
    if row is None:
        raise NotFound
    ensure(actor, Permission.PLACEMENT_ANSWER, Facts(row.program_id, row.participant_id))
    km = None if row.lat is None or row.site_lat is None else distance_km(row.lat, row.lon, row.site_lat, row.site_lon)
    return OwnProposal(  # type: ignore[call-arg]  # the row's columns are the first fields
        *row[: len(_PLAIN)],
        km,
        None if km is None else minutes_on_the_way(km, row.travel_mode),
        row.travel_mode,
        _tasks(db, actor, row.opening_id),
        _helps(db, row.opening_id),
        _contacts(db, row.participant_id, today),
    )


def _tasks(db: Session, actor: Actor, opening_id: int) -> tuple[ProposedTask, ...]:
    rows: Any = db.execute(
        select(Task.name, Task.sentence)
        .join(OpeningTask, OpeningTask.task_id == Task.id)
        .where(OpeningTask.opening_id == opening_id, scope.tasks(actor))
        .order_by(Task.id)
    )
    return tuple(ProposedTask(name, sentence) for name, sentence in rows)


def _helps(db: Session, opening_id: int) -> tuple[Words, ...]:
    """What the shop offers to make work easier."""
    return tuple(
        db.scalars(
            select(Accommodation.name)
            .join(OpeningAccommodation, OpeningAccommodation.accommodation_id == Accommodation.id)
            .where(OpeningAccommodation.opening_id == opening_id)
            .order_by(Accommodation.id)
        )
    )


def _contacts(db: Session, participant_id: int, today: date) -> tuple[str, ...]:
    names = db.scalars(
        select(Account.name)
        .join(Assignment, Assignment.account_id == Account.id)
        .where(
            Assignment.participant_id == participant_id,
            Assignment.first_day <= today,
            or_(Assignment.last_day.is_(None), Assignment.last_day >= today),
            Account.archived_at.is_(None),
        )
        .order_by(Assignment.id)
    )
    return tuple(dict.fromkeys(names))
