"""Openings: create, edit, and what they ask for and offer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from placement.domain.employers import opening_key
from placement.domain.errors import NotFound, Refused
from placement.domain.occasions import Audience
from placement.domain.participants import TRAIT_LEVELS
from placement.domain.week import hours
from placement.domain.words import say, say_n
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening, OpeningAccommodation, OpeningRequirement, OpeningTask
from placement.models.programs.catalog import Accommodation, Task, Trait
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries.scope import in_program
from placement.usecases.effects.employers import load_to_edit
from placement.usecases.effects.log import audit
from placement.usecases.effects.opening_keys import refresh_opening_keys
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work

#: How much a requirement counts.
WEIGHTS = range(1, 6)

#: Trait's public id → (level 0–5, weight 1–5).
Requirements = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class CreateOpening:
    """``site``, traits, tasks and accommodations by public id; ``pattern`` is a week mask in the site's local time."""

    site: str
    role: str
    capacity: int
    first_day: date
    pattern: int
    description: str = ""
    last_day: date | None = None
    minimum_weekly_hours: float | None = None
    requirements: Requirements = field(default_factory=dict)
    tasks: frozenset[str] = frozenset()
    accommodations: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class EditOpening:
    """``opening`` is its public id, ``version`` the one the person was looking at."""

    opening: str
    version: int
    role: str
    capacity: int
    first_day: date
    pattern: int
    description: str = ""
    last_day: date | None = None
    minimum_weekly_hours: float | None = None


@dataclass(frozen=True, slots=True)
class EditOpeningNeeds:
    """What the opening asks for and offers, whole: whatever is not named here is taken off."""

    opening: str
    version: int
    requirements: Requirements
    tasks: frozenset[str]
    accommodations: frozenset[str]


FIELDS = ("role", "description", "capacity", "first_day", "last_day", "pattern", "minimum_weekly_hours")


def create_opening(work: Work, actor: Actor, command: CreateOpening) -> str:
    """Write a new opening; answers its public id. Raises NotFound, Forbidden, Refused."""
    with work.transaction() as session:
        site = session.execute(
            select(Site.id, Site.program_id, Site.city, Employer.name, Employer.archived_at)
            .join(Employer, Employer.id == Site.employer_id)
            .where(Site.public_id == command.site, Site.archived_at.is_(None), in_program(actor, Site.program_id))
        ).one_or_none()
        if site is None:
            raise NotFound
        ensure(actor, Permission.EMPLOYER_EDIT, Facts(site.program_id))
        if site.archived_at is not None:
            raise Refused(say("This employer is archived. Bring it back first."))
        _check(command)
        row = Opening(
            program_id=site.program_id,
            site_id=site.id,
            sort_key=opening_key(command.role, site.name, site.city),
            filled=0,
            created_at=work.clock(),
            **{name: getattr(command, name) for name in FIELDS},
        )
        session.add(row)
        session.flush()
        _write_needs(session, row, command.requirements, command.tasks, command.accommodations)
        audit(session, work, actor, "openings.create", "opening", row.id)
        return row.public_id


def edit_opening(work: Work, actor: Actor, command: EditOpening) -> None:
    """Change role, places, period or week. Raises NotFound, Forbidden, Stale; Refused below the places taken."""
    with work.transaction() as session:
        row = load_to_edit(session, actor, Opening, command.opening)
        _check(command)
        current: dict[str, Any] = {name: getattr(row, name) for name in FIELDS}
        check_version(row, command.version, current)
        if command.capacity < row.filled:
            raise Refused(
                say_n(
                    "One place is taken. There can't be fewer places than that.",
                    "%(n)s places are taken. There can't be fewer places than that.",
                    row.filled,
                ),
                "capacity",
            )
        changed = [name for name in FIELDS if current[name] != getattr(command, name)]
        for name in changed:
            setattr(row, name, getattr(command, name))
        if "role" in changed:
            refresh_opening_keys(session, Opening.id == row.id)
        audit(session, work, actor, "openings.edit", "opening", row.id, fields=changed)


def edit_opening_needs(work: Work, actor: Actor, command: EditOpeningNeeds) -> None:
    """Replace requirements, tasks and accommodations. Raises NotFound, Forbidden, Refused, Stale."""
    with work.transaction() as session:
        row = load_to_edit(session, actor, Opening, command.opening)
        # The web compares these lists itself: names, not ids, are what a person can decide on.
        check_version(row, command.version, {})
        for table in (OpeningRequirement, OpeningTask, OpeningAccommodation):
            session.execute(delete(table).where(table.opening_id == row.id))
        _write_needs(session, row, command.requirements, command.tasks, command.accommodations)
        audit(session, work, actor, "openings.edit_needs", "opening", row.id, requirements=len(command.requirements))


def _check(command: CreateOpening | EditOpening) -> None:
    if not command.role.strip():
        raise Refused(say("Enter a role."), "role")
    if command.capacity < 1:
        raise Refused(say("There must be at least one place."), "capacity")
    if command.last_day is not None and command.last_day < command.first_day:
        raise Refused(say("The last day is before the first."), "last_day")
    if command.pattern == 0:
        raise Refused(say("Enter at least one time in the week."), "pattern")
    if command.minimum_weekly_hours is not None and not 0 < command.minimum_weekly_hours <= hours(command.pattern):
        raise Refused(
            say("The week holds %(hours)s hours. Enter more than 0 and not more.", hours=hours(command.pattern)),
            "minimum_weekly_hours",
        )


def _write_needs(
    session: Session,
    opening: Opening,
    requirements: Requirements,
    tasks: Iterable[str],
    accommodations: Iterable[str],
) -> None:
    """Insert what the opening asks for and offers; it holds none of it yet."""
    own = {"program_id": opening.program_id, "opening_id": opening.id}
    if any(level not in TRAIT_LEVELS or weight not in WEIGHTS for level, weight in requirements.values()):
        raise Refused(say("A level is between 0 and 5, a weight between 1 and 5."))
    traits = _ids(session, Trait, opening.program_id, requirements)
    levels = {traits[public_id]: pair for public_id, pair in requirements.items()}
    if levels:
        rows = [{**own, "trait_id": key, "level": level, "weight": weight} for key, (level, weight) in levels.items()]
        session.execute(insert(OpeningRequirement), rows)
    if wanted := _ids(session, Task, opening.program_id, tasks):
        session.execute(insert(OpeningTask), [{**own, "task_id": key} for key in wanted.values()])
    if offered := _ids(session, Accommodation, opening.program_id, accommodations):
        session.execute(
            insert(OpeningAccommodation), [{**own, "accommodation_id": key} for key in offered.values()]
        )  # fmt: skip


def _ids(
    session: Session, table: type[Trait] | type[Task] | type[Accommodation], program_id: int, public_ids: Iterable[str]
) -> dict[str, int]:
    """Public id → key, all of this program. Raises NotFound when one is not, or is somebody's private task."""
    wanted = set(public_ids)
    if not wanted:
        return {}
    statement = select(table.public_id, table.id).where(table.program_id == program_id, table.public_id.in_(wanted))
    if table is Task:
        statement = statement.where(Task.audience == Audience.PROGRAM)
    found = dict(session.execute(statement).all())
    if len(found) != len(wanted):
        raise NotFound
    return found
