"""One opening: what it asks for, offers, and who is placed there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.placements import PlacementState, occupies
from placement.domain.proposals import Decision
from placement.domain.words import Wording
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening, OpeningAccommodation, OpeningRequirement, OpeningTask
from placement.models.matching.suggestion import ProfileSuggestion
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.programs.catalog import Accommodation, Task, Trait
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries.employers.openings import OpeningLine
from placement.queries.scope import in_program, placements, suggestions


@dataclass(frozen=True, slots=True)
class RequirementLine:
    """``level`` 0–5 with words for both ends, ``weight`` 1–5.

    ``suggested``: the level that what was seen speaks for; only for those who may change the opening.
    """

    name: Wording
    sentence: Wording
    low: Wording
    high: Wording
    level: int
    weight: int
    suggested: int | None = None


@dataclass(frozen=True, slots=True)
class PlacedLine:
    public_id: str
    state: PlacementState
    first_day: date
    last_day: date | None
    name: str
    participant_public_id: str


@dataclass(frozen=True, slots=True)
class OpeningPage:
    """``pattern`` is a week mask in ``zone``; ``placed`` holds only those whom this reader may see."""

    line: OpeningLine
    version: int
    description: str
    pattern: int
    minimum_weekly_hours: float | None
    zone: str
    archived: bool
    employer_archived: bool
    requirements: Sequence[RequirementLine] = ()
    tasks: Sequence[Wording] = ()
    accommodations: Sequence[Wording] = ()
    placed: Sequence[PlacedLine] = ()

    @property
    def taken_by_others(self) -> int:
        """Places taken by people this reader does not see."""
        return max(0, self.line.filled - sum(occupies(one.state) for one in self.placed))


def opening_page(db: Session, actor: Actor, public_id: str) -> OpeningPage:
    """Everything about an opening, five statements. Raises NotFound, Forbidden."""
    key, head = _head(db, actor, public_id)
    return replace(
        head,
        requirements=_requirements(db, actor, key),
        tasks=_tasks(db, key),
        accommodations=_accommodations(db, key),
        placed=_placed(db, actor, key),
    )


def opening_alone(db: Session, actor: Actor, public_id: str) -> OpeningPage:
    """An opening for its forms: without what it asks for and who is there. Raises NotFound, Forbidden."""
    return _head(db, actor, public_id)[1]


def _head(db: Session, actor: Actor, public_id: str) -> tuple[int, OpeningPage]:
    row = db.execute(
        select(
            Opening.public_id,
            Opening.role,
            Opening.state,
            Opening.capacity,
            Opening.filled,
            Opening.first_day,
            Opening.last_day,
            Site.public_id,
            Site.name,
            Site.city,
            Employer.public_id,
            Employer.name,
            Opening.version,
            Opening.description,
            Opening.pattern,
            Opening.minimum_weekly_hours,
            Site.zone,
            Opening.archived_at.is_not(None),
            Employer.archived_at.is_not(None),
            Opening.id,
            Opening.program_id,
        )
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(Opening.public_id == public_id, in_program(actor, Opening.program_id))
    ).one_or_none()
    if row is None:
        raise NotFound
    values: list[Any]
    *values, key, program_id = row
    ensure(actor, Permission.EMPLOYER_SEE, Facts(program_id))
    return key, OpeningPage(OpeningLine(*values[:12]), *values[12:])


def _requirements(db: Session, actor: Actor, key: int) -> list[RequirementLine]:
    suggested = (
        select(ProfileSuggestion.to_level)
        .where(
            ProfileSuggestion.opening_id == key,
            ProfileSuggestion.trait_id == Trait.id,
            ProfileSuggestion.decision == Decision.OPEN,
            ProfileSuggestion.decided_at.is_(None),
            ProfileSuggestion.from_level == OpeningRequirement.level,
            suggestions(actor),
        )
        .correlate(Trait, OpeningRequirement)
        .scalar_subquery()
    )
    rows = db.execute(
        select(
            Trait.name, Trait.sentence, Trait.low, Trait.high, OpeningRequirement.level, OpeningRequirement.weight,
            suggested,
        )
        .join(OpeningRequirement, OpeningRequirement.trait_id == Trait.id)
        .where(OpeningRequirement.opening_id == key)
        .order_by(OpeningRequirement.weight.desc(), OpeningRequirement.level.desc(), Trait.id)
    )  # fmt: skip
    return [RequirementLine(*row) for row in rows]


def _tasks(db: Session, key: int) -> list[Wording]:
    return list(
        db.scalars(
            select(Task.name)
            .join(OpeningTask, OpeningTask.task_id == Task.id)
            .where(OpeningTask.opening_id == key)
            .order_by(Task.id)
        )
    )


def _accommodations(db: Session, key: int) -> list[Wording]:
    return list(
        db.scalars(
            select(Accommodation.name)
            .join(OpeningAccommodation, OpeningAccommodation.accommodation_id == Accommodation.id)
            .where(OpeningAccommodation.opening_id == key)
            .order_by(Accommodation.id)
        )
    )


def _placed(db: Session, actor: Actor, key: int) -> list[PlacedLine]:
    """Those who have a place now, first, and the newest of those who had."""
    rows = db.execute(
        select(
            Placement.public_id,
            Placement.state,
            Placement.first_day,
            Placement.last_day,
            Participant.preferred_name,
            Participant.family_name,
            Participant.public_id,
        )
        .join(Participant, Participant.id == Placement.participant_id)
        .where(Placement.opening_id == key, placements(actor))
        .order_by(Placement.first_day.desc(), Placement.id.desc())
        .limit(60)
    )
    lines = [
        PlacedLine(public_id, state, first, last, f"{given} {family}".strip(), person)
        for public_id, state, first, last, given, family, person in rows
    ]
    return sorted(lines, key=lambda line: not occupies(line.state))
