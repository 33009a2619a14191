"""The two sides of a matching problem with all that hangs on them; rows of people and openings are given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.orm import Session

from placement.domain.matching.problem import Opening as OpeningFacts
from placement.domain.matching.problem import Person, Requirement
from placement.domain.participants import TRAVEL_SPEED_KMH, WISH_VALUE
from placement.models.employers.employer import Employer
from placement.models.employers.opening import OpeningAccommodation, OpeningRequirement, OpeningTask
from placement.models.matching.tables import OpeningRank, TravelMinutes
from placement.models.participants.participant import Participant
from placement.models.participants.profile import Ability, EmployerExclusion, EmployerWish, Need, TaskWish
from placement.models.programs.catalog import Accommodation, Task, Trait

#: A person's own columns that :func:`basics` reads.
BASICS: tuple[Any, ...] = (
    *(Participant.id, Participant.public_id, Participant.lat, Participant.lon, Participant.travel_mode),
    *(Participant.travel_limit_km, Participant.travel_limit_minutes),
    *(Participant.availability, Participant.weekly_hours_limit),
)


def basics(row: Any) -> dict[str, Any]:
    """What a :class:`Person` takes from these columns, by field."""
    return {
        "key": row.public_id,
        "lat": row.lat,
        "lon": row.lon,
        "travel_limit_km": row.travel_limit_km,
        "travel_limit_minutes": row.travel_limit_minutes,
        "travel_speed_kmh": TRAVEL_SPEED_KMH[row.travel_mode],
        "availability": row.availability,
        "weekly_hours_limit": row.weekly_hours_limit,
    }


def profiles(db: Session, rows: Mapping[int, Row[Any]], openings: Mapping[int, Row[Any]]) -> list[Person]:
    """People by id, with abilities, wishes, exclusions, needs, and their minutes to these openings."""
    ids = sorted(rows)
    abilities = _mapping(
        db,
        select(Ability.participant_id, Trait.public_id, Ability.level)
        .join(Trait, Trait.id == Ability.trait_id)
        .where(Ability.participant_id.in_(ids), Trait.archived_at.is_(None)),
    )
    tasks, employers = _wishes(db, ids)
    excluded, needs = _exclusions(db, ids), _needs(db, ids)
    minutes = _minutes(db, ids, openings)
    return [
        Person(
            **basics(row),
            abilities=abilities[key],
            task_wishes={task: WISH_VALUE[wish] for task, wish in tasks[key].items()},
            employer_wishes={employer: WISH_VALUE[wish] for employer, wish in employers[key].items()},
            needs=frozenset(needs[key]),
            excluded_employers=frozenset(excluded[key]),
            minutes=minutes[key],
        )
        for key, row in rows.items()
    ]


def limited(people: list[Person], keys: Mapping[str, int], limits: Mapping[int, float]) -> list[Person]:
    """The same with hours a week as far as work limits (by key) leave them."""
    return [
        replace(person, weekly_hours_limit=_less(person.weekly_hours_limit, limits[key]))
        if (key := keys[person.key]) in limits
        else person
        for person in people
    ]


def _less(agreed: float | None, limit: float) -> float:
    return limit if agreed is None else min(agreed, limit)


def offers(db: Session, rows: Mapping[int, Row[Any]]) -> list[OpeningFacts]:
    """Openings by id, with requirements, tasks, accommodations and the employer's own ranking."""
    ids = sorted(rows)
    requirements: dict[int, dict[str, Requirement]] = defaultdict(dict)
    for opening, trait, level, weight in db.execute(
        select(OpeningRequirement.opening_id, Trait.public_id, OpeningRequirement.level, OpeningRequirement.weight)
        .join(Trait, Trait.id == OpeningRequirement.trait_id)
        .where(OpeningRequirement.opening_id.in_(ids), Trait.archived_at.is_(None))
    ):
        requirements[opening][trait] = Requirement(level, weight)
    tasks = _members(db, OpeningTask.opening_id, Task.public_id, ids, (Task, Task.id == OpeningTask.task_id))
    offers = _members(
        db,
        OpeningAccommodation.opening_id,
        Accommodation.public_id,
        ids,
        (Accommodation, Accommodation.id == OpeningAccommodation.accommodation_id),
    )
    ranking = _ranking(db, ids)
    return [
        OpeningFacts(
            key=row.public_id,
            employer=row.employer,
            lat=row.lat,
            lon=row.lon,
            places=row.places,
            pattern=row.pattern,
            minimum_weekly_hours=row.minimum_weekly_hours,
            requirements=requirements[key],
            tasks=frozenset(tasks[key]),
            offers=frozenset(offers[key]),
            ranking=tuple(ranking[key]),
        )
        for key, row in rows.items()
    ]


def _wishes(db: Session, ids: list[int]) -> tuple[dict[int, dict[str, Any]], dict[int, dict[str, Any]]]:
    """Person → task → wish, and person → employer → wish."""
    tasks = select(TaskWish.participant_id, Task.public_id, TaskWish.wish).join(Task, Task.id == TaskWish.task_id)
    employers = select(EmployerWish.participant_id, Employer.public_id, EmployerWish.wish).join(
        Employer, Employer.id == EmployerWish.employer_id
    )
    return (
        _mapping(db, tasks.where(TaskWish.participant_id.in_(ids))),
        _mapping(db, employers.where(EmployerWish.participant_id.in_(ids))),
    )


def _exclusions(db: Session, ids: list[int]) -> dict[int, set[str]]:
    """Person → employers that are not for them."""
    join = (Employer, Employer.id == EmployerExclusion.employer_id)
    return _members(db, EmployerExclusion.participant_id, Employer.public_id, ids, join)


def _needs(db: Session, ids: list[int]) -> dict[int, set[str]]:
    """Person → what they need at work."""
    return _members(
        db,
        Need.participant_id,
        Accommodation.public_id,
        ids,
        (Accommodation, Accommodation.id == Need.accommodation_id),
    )


def _minutes(db: Session, ids: list[int], openings: Mapping[int, Row[Any]]) -> dict[int, dict[str, float]]:
    """Person → opening's public id → minutes; the table knows sites."""
    at_site: dict[int, list[str]] = defaultdict(list)
    for row in openings.values():
        at_site[row.site_id].append(row.public_id)
    found: dict[int, dict[str, float]] = defaultdict(dict)
    for person, site, minutes in db.execute(
        select(TravelMinutes.participant_id, TravelMinutes.site_id, TravelMinutes.minutes).where(
            TravelMinutes.participant_id.in_(ids), TravelMinutes.site_id.in_(sorted(at_site))
        )
    ):
        found[person].update((opening, minutes) for opening in at_site[site])
    return found


def _ranking(db: Session, ids: list[int]) -> dict[int, list[str]]:
    """Opening → people's public ids, the one most wanted first."""
    found: dict[int, list[str]] = defaultdict(list)
    for opening, person in db.execute(
        select(OpeningRank.opening_id, Participant.public_id)
        .join(Participant, Participant.id == OpeningRank.participant_id)
        .where(OpeningRank.opening_id.in_(ids))
        .order_by(OpeningRank.opening_id, OpeningRank.rank, OpeningRank.participant_id)
    ):
        found[opening].append(person)
    return found


def _mapping(db: Session, statement: Any) -> dict[int, dict[str, Any]]:
    """Owner → key → value."""
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for owner, key, value in db.execute(statement):
        found[owner][key] = value
    return found


def _members(
    db: Session, owner: Any, member: Any, ids: list[int], join: tuple[Any, ColumnElement[bool]]
) -> dict[int, set[str]]:
    """Owner → keys."""
    found: dict[int, set[str]] = defaultdict(set)
    for key, value in db.execute(select(owner, member).join(*join).where(owner.in_(ids))):
        found[key].add(value)
    return found
