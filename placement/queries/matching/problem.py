"""A matching problem from the tables: as many statements for ten thousand people as for one.

Keys are public ids. What is not known stays unknown: no availability, no limit, no ability is ever made up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.matching.problem import Problem, Settings
from placement.domain.openings import OpeningState
from placement.domain.participants import ParticipantStatus
from placement.domain.words import Say
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.participants.participant import Participant
from placement.models.programs.catalog import Trait
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.limits.week import week_limits
from placement.queries.matching.answers import declined, set_aside
from placement.queries.matching.parties import BASICS, limited, offers, profiles

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
    """The problem, and what its keys stand for in the tables. People and openings no longer to be had are missing.

    ``declined``: pairs the person has said *no* to; they are among the bans. ``aside``: who of those asked for is
    not to be matched today, by public id, and ``aside_ids`` their keys; they are not in the problem.
    """

    problem: Problem
    people: dict[str, int]
    openings: dict[str, Terms]
    declined: frozenset[tuple[str, str]] = frozenset()
    aside: Mapping[str, Say] = field(default_factory=dict)
    aside_ids: Mapping[str, int] = field(default_factory=dict)


def load_problem(
    db: Session,
    actor: Actor,
    participants: Collection[str],
    openings: Collection[str],
    settings: Settings,
    locks: Pairs = (),
    bans: Pairs = (),
    overrides: Pairs = (),
    today: date | None = None,
) -> Loaded:
    """Participants and openings by public id, as they are now.

    Left out: archived or finished people, openings that are not open, and, given ``today``, who said *not now* or
    wants to talk first. Locks and bans of pairs that are not both there are dropped. What somebody has said *no*
    to before is banned for them, and no lock or override outweighs it.
    """
    asked = {row.id: row for row in db.execute(_people(actor, participants))}
    waits = {} if today is None else set_aside(db, actor, asked, today)
    person_rows = {key: row for key, row in asked.items() if key not in waits}
    opening_rows = {row.id: row for row in db.execute(_openings(actor, openings))}
    people = profiles(db, person_rows, opening_rows)
    if today is not None:
        keys = {row.public_id: key for key, row in person_rows.items()}
        people = limited(people, keys, week_limits(db, person_rows, today))
    found = offers(db, opening_rows)
    refused = _refused(db, actor, person_rows, opening_rows)
    known = {p.key for p in people}, {o.key for o in found}
    held = set(locks) - refused
    problem = Problem(
        people=tuple(people),
        openings=tuple(found),
        traits=tuple(db.scalars(_traits(actor))),
        settings=settings,
        locks=_within(held, known),
        bans=_within({*bans, *refused}, known),
        overrides=_within(set(overrides) & held, known),
    )
    return Loaded(
        problem,
        {row.public_id: key for key, row in person_rows.items()},
        {row.public_id: Terms(key, row.first_day, row.last_day, row.pattern) for key, row in opening_rows.items()},
        refused,
        {asked[key].public_id: reason for key, reason in waits.items()},
        {asked[key].public_id: key for key in waits},
    )


def _refused(
    db: Session, actor: Actor, people: Mapping[int, Any], openings: Mapping[int, Any]
) -> frozenset[tuple[str, str]]:
    """Pairs of public ids that the person has said no to before."""
    return frozenset(
        (people[person].public_id, openings[opening].public_id)
        for person, opening in declined(db, actor, people, openings)
    )


def _within(pairs: Pairs, known: tuple[set[str], set[str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(pair for pair in pairs if pair[0] in known[0] and pair[1] in known[1]))


def _people(actor: Actor, wanted: Collection[str]) -> Any:
    return select(*BASICS).where(
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
            Opening.site_id,
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
