"""A matching problem from the tables: as many statements for ten thousand people as for one.

Keys are public ids. What is not known stays unknown: no availability, no limit, no ability is ever made up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.matching.problem import Problem, Settings
from placement.domain.openings import OpeningState
from placement.domain.participants import ParticipantStatus
from placement.domain.placements import Answer
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.programs.catalog import Trait
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.matching.parties import offers, profiles

Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Terms:
    """What a placement in an opening starts from."""

    id: int
    first_day: date
    last_day: date | None
    pattern: int


@dataclass(frozen=True, slots=True)
class Loaded:
    """The problem, and what its keys stand for in the tables. People and openings no longer to be had are missing."""

    problem: Problem
    people: dict[str, int]
    openings: dict[str, Terms]


def load_problem(
    db: Session,
    actor: Actor,
    participants: Collection[str],
    openings: Collection[str],
    settings: Settings,
    locks: Pairs = (),
    bans: Pairs = (),
) -> Loaded:
    """Participants and openings by public id, as they are now.

    Left out: archived or finished people, openings that are not open. Locks of pairs that are not both there are
    dropped. What somebody has said *no* to before is banned for them.
    """
    person_rows = {row.id: row for row in db.execute(_people(actor, participants))}
    opening_rows = {row.id: row for row in db.execute(_openings(actor, openings))}
    people = profiles(db, person_rows)
    found = offers(db, opening_rows)
    declined = {
        (person_rows[person].public_id, opening_rows[opening].public_id)
        for person, opening in db.execute(_declined(actor, person_rows, opening_rows))
    }
    known = {p.key for p in people}, {o.key for o in found}
    problem = Problem(
        people=tuple(people),
        openings=tuple(found),
        traits=tuple(db.scalars(_traits(actor))),
        settings=settings,
        locks=_within(locks, known),
        bans=_within({*bans, *declined}, known),
    )
    return Loaded(
        problem,
        {row.public_id: key for key, row in person_rows.items()},
        {row.public_id: Terms(key, row.first_day, row.last_day, row.pattern) for key, row in opening_rows.items()},
    )


def _within(pairs: Pairs, known: tuple[set[str], set[str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(pair for pair in pairs if pair[0] in known[0] and pair[1] in known[1]))


def _people(actor: Actor, wanted: Collection[str]) -> Any:
    return select(
        Participant.id,
        Participant.public_id,
        Participant.lat,
        Participant.lon,
        Participant.travel_mode,
        Participant.travel_limit_km,
        Participant.travel_limit_minutes,
        Participant.availability,
        Participant.weekly_hours_limit,
    ).where(
        scope.participants(actor),
        Participant.public_id.in_(sorted(wanted)),
        Participant.archived_at.is_(None),
        Participant.status != ParticipantStatus.FINISHED,
    )


def _openings(actor: Actor, wanted: Collection[str]) -> Any:
    return (
        select(
            Opening.id,
            Opening.public_id,
            Employer.public_id.label("employer"),
            Site.lat,
            Site.lon,
            (Opening.capacity - Opening.filled).label("places"),
            Opening.pattern,
            Opening.minimum_weekly_hours,
            Opening.first_day,
            Opening.last_day,
        )
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(
            scope.in_program(actor, Opening.program_id),
            Opening.public_id.in_(sorted(wanted)),
            Opening.state == OpeningState.OPEN,
            Opening.archived_at.is_(None),
            Site.archived_at.is_(None),
            Employer.archived_at.is_(None),
        )
    )


def _traits(actor: Actor) -> Any:
    return (
        select(Trait.public_id)
        .where(scope.in_program(actor, Trait.program_id), Trait.archived_at.is_(None))
        .order_by(Trait.id)
    )


def _declined(actor: Actor, people: Collection[int], openings: Collection[int]) -> Any:
    return (
        select(Placement.participant_id, Placement.opening_id)
        .where(
            scope.placements(actor),
            Placement.answer == Answer.NO,
            Placement.participant_id.in_(sorted(people)),
            Placement.opening_id.in_(sorted(openings)),
        )
        .distinct()
    )
