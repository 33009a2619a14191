"""People and openings as they are now, as the scoring wants them; rows and what hangs on them are read at once."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, true

from placement.domain.matching.parties import Opening as OpeningFacts
from placement.domain.matching.parties import Person, Requirement
from placement.domain.openings import OpeningState
from placement.domain.participants import ParticipantStatus
from placement.domain.placements import Answer
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.matching.tables import TravelMinutes
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.employers.conditions import found_by
from placement.queries.matching.links import WEIGHTS, Kind, Links, of
from placement.queries.matching.parties import BASICS, basics
from placement.queries.placements.choices import OCCUPYING

PERSON: tuple[Any, ...] = (*BASICS, Participant.preferred_name, Participant.family_name, Participant.status)
OPENING: tuple[Any, ...] = (
    *(Opening.id, Opening.public_id, Opening.site_id, Opening.role, Employer.name.label("employer_name")),
    *(Site.employer_id, Site.name.label("site"), Site.city, Site.lat, Site.lon, Opening.pattern),
    *((Opening.capacity - Opening.filled).label("places"), Opening.minimum_weekly_hours, Opening.state),
)


def people_of(actor: Actor, q: str, waiting: bool) -> ColumnElement[bool]:
    """Everybody who could be placed, found by name; only those who wait, if asked."""
    return and_(
        scope.participants(actor),
        Participant.archived_at.is_(None),
        Participant.status != ParticipantStatus.FINISHED,
        Participant.status == ParticipantStatus.WAITING if waiting else true(),
        found_by(Participant.sort_key, q) if q.strip() else true(),
    )


def openings_of(actor: Actor, q: str, today: date) -> ColumnElement[bool]:
    """Openings (joined with site and employer) that are open and not over, full ones too."""
    return and_(
        scope.in_program(actor, Opening.program_id),
        Opening.archived_at.is_(None),
        Site.archived_at.is_(None),
        Employer.archived_at.is_(None),
        Opening.state == OpeningState.OPEN,
        or_(Opening.last_day.is_(None), Opening.last_day >= today),
        found_by(Opening.sort_key, q) if q.strip() else true(),
    )


def opening_rows(*columns: Any) -> Select[Any]:
    """Openings with site and employer."""
    joined = select(*columns).join(Site, Site.id == Opening.site_id)
    return joined.join(Employer, Employer.id == Site.employer_id)


def with_minutes(statement: Select[Any], person: Any, site: Any) -> Select[Any]:
    """Beside each row what the program's own table says of the way between the two, as ``minutes``."""
    way = and_(TravelMinutes.participant_id == person, TravelMinutes.site_id == site)
    return statement.outerjoin(TravelMinutes, way).add_columns(TravelMinutes.minutes)


def said_and_placed(actor: Actor, people: Any, opening_id: int | None, today: date) -> Select[Any]:
    """Placements to be named beside people (ids or a SELECT): those that go on, a *not now* still to wait for, and a
    *no* to this opening, or to any.
    """
    here = true() if opening_id is None else Placement.opening_id == opening_id
    no = and_(Placement.answer == Answer.NO, here)
    waits = and_(Placement.answer == Answer.NOT_NOW, Placement.ask_again_on > today)
    statement = opening_rows(
        Placement.participant_id, Placement.opening_id, Placement.state, Placement.answer, Placement.ask_again_on,
        Opening.public_id.label("opening"), Employer.name.label("employer_name"),
    )  # fmt: skip
    return (
        statement.join(Placement, Placement.opening_id == Opening.id)
        .where(
            scope.placements(actor),
            Placement.participant_id.in_(people),
            or_(Placement.state.in_(OCCUPYING), waits, no),
        )
        .order_by(Placement.id)
    )


def person(row: Any, links: Links, traits: set[str], minutes: dict[str, float]) -> Person:
    """One person; ``minutes`` by opening key."""
    mine = of(links, row.id)
    return Person(
        **basics(row),
        abilities={key: level for key, level in mine[Kind.ABILITY].items() if key in traits},
        task_wishes=mine[Kind.TASK],
        employer_wishes=mine[Kind.EMPLOYER],
        needs=frozenset(mine[Kind.NEED]),
        excluded_employers=frozenset(mine[Kind.EXCLUDED]),
        minutes=minutes,
    )


def opening(row: Any, links: Links, places: int) -> OpeningFacts:
    """One opening with so many places."""
    mine = of(links, row.id)
    return OpeningFacts(
        key=row.public_id,
        employer=str(row.employer_id),
        lat=row.lat,
        lon=row.lon,
        places=places,
        pattern=row.pattern,
        minimum_weekly_hours=row.minimum_weekly_hours,
        requirements={
            key: Requirement(value % WEIGHTS, value // WEIGHTS) for key, value in mine[Kind.REQUIREMENT].items()
        },
        tasks=frozenset(mine[Kind.TASK]),
        offers=frozenset(mine[Kind.OFFER]),
    )


def traits_of(openings: list[OpeningFacts]) -> set[str]:
    """Every trait that some opening asks for."""
    return {trait for one in openings for trait in one.requirements}
