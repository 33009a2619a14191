"""A proposal in the participant's own words: where, when, what, how far, what speaks for it, whom to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.own_match import OwnMatch
from placement.domain.participants import TravelMode, Wish
from placement.domain.placements import Answer, PlacementKind, PlacementState
from placement.domain.travel import distance_km, minutes_on_the_way
from placement.models.accounts.account import Account, Assignment
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening, OpeningAccommodation, OpeningRequirement, OpeningTask
from placement.models.matching.tables import TravelMinutes
from placement.models.participants.participant import Participant
from placement.models.participants.profile import Ability, EmployerWish, Need, TaskWish
from placement.models.placements.placement import Placement
from placement.models.programs.catalog import Accommodation, Task, Trait
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
    wish: Wish | None


@dataclass(frozen=True, slots=True)
class OwnProposal:
    """``km`` and ``minutes`` are None where they are not known; ``contacts`` are the people who look after one.

    ``match`` is what of the profile meets the place; ``likes`` and ``worries`` are the participant's own words.
    """

    public_id: str
    participant_id: int
    state: PlacementState
    kind: PlacementKind
    answer: Answer | None
    ask_again_on: date | None
    first_day: date
    last_day: date | None
    pattern: int
    likes: str
    worries: str
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
    match: OwnMatch


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
    Placement.likes,
    Placement.worries,
    Opening.role,
    Opening.description,
    Employer.name.label("employer"),
    Site.name.label("site"),
    Site.street,
    Site.postcode,
    Site.city,
)


def own_proposal(db: Session, actor: Actor, public_id: str, today: date) -> OwnProposal:
    """The placement to answer, in five statements.

    Raises NotFound if absent or out of sight, Forbidden for anybody but its participant.
    """
    row = _row(db, actor, public_id)
    ensure(actor, Permission.PLACEMENT_ANSWER, Facts(row.program_id, row.participant_id))
    km = None if row.lat is None or row.site_lat is None else distance_km(row.lat, row.lon, row.site_lat, row.site_lon)
    # A way somebody looked up goes before the estimate.
    minutes = row.known_minutes
    if minutes is None and km is not None:
        minutes = minutes_on_the_way(km, row.travel_mode)
    tasks = _tasks(db, actor, row)
    helps = _helps(db, row)
    return OwnProposal(  # type: ignore[call-arg]  # the row's columns are the first fields
        *row[: len(_PLAIN)],
        km,
        minutes,
        row.travel_mode,
        tasks,
        tuple(name for name, offered, _needed in helps if offered),
        _contacts(db, row.participant_id, today),
        OwnMatch(
            employer=row.employer, pattern=row.pattern, travel_mode=row.travel_mode, employer_wish=row.employer_wish,
            tasks=tuple((task.name, task.wish) for task in tasks), traits=_traits(db, row),
            needs=tuple((name, offered) for name, offered, needed in helps if needed), km=km, minutes=minutes,
            limit_km=row.travel_limit_km, limit_minutes=row.travel_limit_minutes, availability=row.availability,
            limit_hours=row.weekly_hours_limit,
        ),
    )  # fmt: skip


def _row(db: Session, actor: Actor, public_id: str) -> Any:
    row = db.execute(
        select(
            *_PLAIN, Placement.program_id, Placement.opening_id, Participant.lat, Participant.lon,
            Participant.travel_mode, Participant.travel_limit_km, Participant.travel_limit_minutes,
            Participant.availability, Participant.weekly_hours_limit, Site.lat.label("site_lat"),
            Site.lon.label("site_lon"), EmployerWish.wish.label("employer_wish"),
            TravelMinutes.minutes.label("known_minutes"),
        )
        .join(Participant, Participant.id == Placement.participant_id)
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .outerjoin(
            EmployerWish,
            and_(EmployerWish.employer_id == Employer.id, EmployerWish.participant_id == Participant.id),
        )
        .outerjoin(
            TravelMinutes, and_(TravelMinutes.site_id == Site.id, TravelMinutes.participant_id == Participant.id)
        )
        .where(Placement.public_id == public_id, scope.placements(actor))
    ).first()  # fmt: skip
    if row is None:
        raise NotFound
    return row


def _tasks(db: Session, actor: Actor, about: Any) -> tuple[ProposedTask, ...]:
    rows: Any = db.execute(
        select(Task.name, Task.sentence, TaskWish.wish)
        .join(OpeningTask, OpeningTask.task_id == Task.id)
        .outerjoin(TaskWish, and_(TaskWish.task_id == Task.id, TaskWish.participant_id == about.participant_id))
        .where(OpeningTask.opening_id == about.opening_id, scope.tasks(actor))
        .order_by(Task.id)
    )
    return tuple(ProposedTask(*row) for row in rows)


def _traits(db: Session, about: Any) -> tuple[tuple[Words, int, int | None], ...]:
    """Abilities that are asked for: name, asked level, own level."""
    rows: Any = db.execute(
        select(Trait.name, OpeningRequirement.level, Ability.level)
        .join(OpeningRequirement, OpeningRequirement.trait_id == Trait.id)
        .outerjoin(Ability, and_(Ability.trait_id == Trait.id, Ability.participant_id == about.participant_id))
        .where(OpeningRequirement.opening_id == about.opening_id, Trait.archived_at.is_(None))
        .order_by(Trait.id)
    )
    return tuple((name, need, has) for name, need, has in rows)


def _helps(db: Session, about: Any) -> tuple[tuple[Words, bool, bool], ...]:
    """What makes work easier: name, whether the shop offers it, whether this person cannot do without."""
    offer = and_(
        OpeningAccommodation.accommodation_id == Accommodation.id,
        OpeningAccommodation.opening_id == about.opening_id,
    )
    need = and_(Need.accommodation_id == Accommodation.id, Need.participant_id == about.participant_id)
    rows: Any = db.execute(
        select(Accommodation.name, OpeningAccommodation.opening_id.is_not(None), Need.participant_id.is_not(None))
        .outerjoin(OpeningAccommodation, offer)
        .outerjoin(Need, need)
        .where(or_(OpeningAccommodation.opening_id.is_not(None), Need.participant_id.is_not(None)))
        .order_by(Accommodation.id)
    )
    return tuple((name, bool(offered), bool(needed)) for name, offered, needed in rows)


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
