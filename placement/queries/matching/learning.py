"""What was seen in the last weeks, as :mod:`placement.domain.matching.learning` reads it, for many people at once.

For the daily look, inside its transaction: no actor, because what was seen does not depend on who asks. Tasks that
belong to one participant are left out: suggestions are read by others, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, select
from sqlalchemy.orm import Session

from placement.domain.matching.learning import Seen, seen
from placement.domain.occasions import Audience
from placement.domain.placements import PlacementKind, PlacementState
from placement.domain.proposals import Decision
from placement.domain.support import RaterKind, Rating
from placement.domain.words import Wording
from placement.models.employers.opening import Opening, OpeningRequirement
from placement.models.feedback.observation import Observation
from placement.models.feedback.rater import Rater
from placement.models.matching.suggestion import ProfileSuggestion
from placement.models.participants.participant import Participant
from placement.models.participants.profile import Ability
from placement.models.placements.placement import Placement
from placement.models.programs.catalog import Task, TaskTrait, Trait
from placement.models.programs.program import Program
from placement.models.progress.summary import PlacementSummary
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.models.system.log import Audit

#: What somebody showed speaks about them for this long after their last shift, and about an opening for that long.
RECENT, YEAR = timedelta(weeks=12), timedelta(days=365)
WORKED = (PlacementState.ACTIVE, PlacementState.PAUSED, PlacementState.COMPLETED, PlacementState.ENDED_EARLY)


@dataclass(frozen=True, slots=True)
class Stay:
    """A placement somebody worked in; days are those of attended shifts."""

    id: int
    participant: int
    opening: int
    role: str
    first_day: date | None
    last_day: date


@dataclass(frozen=True, slots=True)
class Links:
    """Trait → tasks that call on it, and the tasks' names."""

    tasks: Mapping[int, frozenset[int]]
    names: Mapping[int, Wording]


def programs(db: Session, program: int | None) -> list[tuple[int, str]]:
    """(id, zone) of the live programs, or of one."""
    wanted = select(Program.id, Program.zone).where(Program.archived_at.is_(None)).order_by(Program.id)
    if program is not None:
        wanted = wanted.where(Program.id == program)
    return [(key, zone) for key, zone in db.execute(wanted)]


def looked_since(db: Session, program: int, action: str, since: datetime) -> bool:
    """Whether the audit holds this action on the program since then."""
    return bool(
        db.scalar(
            select(
                exists().where(
                    Audit.program_id == program,
                    Audit.subject == "program",
                    Audit.subject_id == program,
                    Audit.action == action,
                    Audit.at >= since,
                )
            )
        )
    )


def links(db: Session, program: int) -> Links:
    """Which tasks call on which traits, archived ones left out."""
    rows = db.execute(
        select(TaskTrait.trait_id, TaskTrait.task_id, Task.name)
        .join(Task, Task.id == TaskTrait.task_id)
        .join(Trait, Trait.id == TaskTrait.trait_id)
        .where(TaskTrait.program_id == program, Task.audience == Audience.PROGRAM, Trait.archived_at.is_(None))
    )
    tasks: dict[int, set[int]] = defaultdict(set)
    names: dict[int, Wording] = {}
    for trait, task, name in rows:
        tasks[trait].add(task)
        names[task] = name
    return Links({trait: frozenset(found) for trait, found in tasks.items()}, names)


def people_to_look_at(db: Session, program: int, today: date) -> list[int]:
    """Participants who worked lately, or of whom a suggestion is open."""
    worked = select(Placement.participant_id).where(*_worked(program, today - RECENT)).join(
        PlacementSummary, PlacementSummary.placement_id == Placement.id
    )  # fmt: skip
    waiting = select(ProfileSuggestion.participant_id).where(_open(program))
    return list(
        db.scalars(
            select(Participant.id)
            .where(Participant.archived_at.is_(None), or_(Participant.id.in_(worked), Participant.id.in_(waiting)))
            .order_by(Participant.id)
        )
    )


def openings_to_look_at(db: Session, program: int, today: date) -> list[int]:
    """Openings somebody worked in lately, or of which a suggestion is open."""
    worked = select(Placement.opening_id).where(*_worked(program, today - RECENT)).join(
        PlacementSummary, PlacementSummary.placement_id == Placement.id
    )  # fmt: skip
    waiting = select(ProfileSuggestion.opening_id).where(_open(program))
    return list(
        db.scalars(
            select(Opening.id)
            .where(Opening.archived_at.is_(None), or_(Opening.id.in_(worked), Opening.id.in_(waiting)))
            .order_by(Opening.id)
        )
    )


def stays(db: Session, program: int, since: date, which: ColumnElement[bool]) -> list[Stay]:
    """Placements whose last attended shift was after ``since``."""
    rows = db.execute(
        select(
            Placement.id, Placement.participant_id, Placement.opening_id, Opening.role,
            PlacementSummary.first_shift_day, PlacementSummary.last_shift_day,
        )
        .join(PlacementSummary, PlacementSummary.placement_id == Placement.id)
        .join(Opening, Opening.id == Placement.opening_id)
        .where(*_worked(program, since), which)
        .order_by(Placement.id)
    )  # fmt: skip
    return [Stay(*row[:-1], row.last_shift_day or since) for row in rows]


def observed(db: Session, since: Mapping[int, date]) -> dict[int, list[Seen]]:
    """Placement → what others saw there, on days after ``since`` (by placement)."""
    by_day: dict[date, list[int]] = defaultdict(list)
    for placement, day in since.items():
        by_day[day].append(placement)
    ways = [and_(Shift.placement_id.in_(found), Occasion.local_day > day) for day, found in by_day.items()]
    rows = db.execute(
        select(
            Shift.placement_id, Occasion.id, Occasion.local_day, Observation.task_id, Observation.rank,
            Observation.rater_id, Rater.kind,
        )
        .select_from(Shift)
        .join(Occasion, Occasion.id == Shift.id)
        .join(Observation, Observation.occasion_id == Occasion.id)
        .join(Rater, Rater.id == Observation.rater_id)
        .where(
            or_(false(), *ways),
            Observation.replaced_at.is_(None),
            Observation.rank.is_not(None),
            Rater.kind != RaterKind.SELF,
        )
    )  # fmt: skip
    ratings: dict[tuple[int, int, date, int], list[Rating]] = defaultdict(list)
    for placement, occasion, day, task, rank, rater, kind in rows:
        ratings[placement, occasion, day, task].append(Rating(rank, rater, kind))
    result: dict[int, list[Seen]] = defaultdict(list)
    for (placement, occasion, day, task), said in ratings.items():
        row = seen(occasion, day, task, said)
        if row is not None:
            result[placement].append(row)
    return result


def requirements(db: Session, openings: Collection[int]) -> dict[int, dict[int, int]]:
    """Opening → trait → level asked for, of live traits."""
    return _levels(
        db.execute(
            select(OpeningRequirement.opening_id, OpeningRequirement.trait_id, OpeningRequirement.level)
            .join(Trait, Trait.id == OpeningRequirement.trait_id)
            .where(OpeningRequirement.opening_id.in_(sorted(openings)), Trait.archived_at.is_(None))
        )
    )


def abilities(db: Session, people: Collection[int]) -> dict[int, dict[int, int]]:
    """Participant → trait → level; no entry where unknown."""
    return _levels(
        db.execute(
            select(Ability.participant_id, Ability.trait_id, Ability.level).where(
                Ability.participant_id.in_(sorted(people))
            )
        )
    )


def _worked(program: int, since: date) -> tuple[ColumnElement[bool], ...]:
    return (
        Placement.program_id == program,
        Placement.state.in_(WORKED),
        # Going back to one's own workplace is never matched, so it teaches matching nothing.
        Placement.kind != PlacementKind.OWN_WORKPLACE,
        PlacementSummary.last_shift_day > since,
    )


def _open(program: int) -> ColumnElement[bool]:
    return and_(ProfileSuggestion.program_id == program, ProfileSuggestion.decision == Decision.OPEN)


def _levels(rows: Iterable[Any]) -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for owner, trait, level in rows:
        found[owner][trait] = level
    return found
