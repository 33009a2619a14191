"""One placement: a record type for each kind of reader, with no field for what that reader may not see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.placements import Answer, PlacementKind, PlacementState
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.matching.run import MatchRun
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.progress.summary import PlacementSummary
from placement.policy.actor import Actor
from placement.policy.check import allowed
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.placements.course import MoveLine, ShiftLine, Step, moves_of, shifts_of, steps_of, tasks_of
from placement.queries.placements.timeline import Timeline, timeline_of

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PlacementFacts:
    """What everybody sees who may see the placement at all."""

    public_id: str
    participant_id: int
    participant_public_id: str
    preferred_name: str
    family_name: str
    state: PlacementState
    kind: PlacementKind
    answer: Answer | None
    first_day: date
    last_day: date | None
    pattern: int
    opening_public_id: str
    role: str
    description: str
    employer: str
    site: str
    street: str
    postcode: str
    city: str
    zone: str
    minutes_worked: int
    shifts_planned: int
    shifts_done: int

    @property
    def person(self) -> str:
        return f"{self.preferred_name} {self.family_name}".strip()


@dataclass(frozen=True, slots=True)
class OwnPlacement:
    """For the participant: no notes, no fit."""

    facts: PlacementFacts
    likes: str
    worries: str
    tasks: tuple[Words, ...]
    steps: tuple[Step, ...]
    shifts: tuple[ShiftLine, ...]


@dataclass(frozen=True, slots=True)
class StaffPlacement:
    """For assigned therapists and coaches; ``likes`` and ``worries`` are the participant's own words."""

    facts: PlacementFacts
    likes: str
    worries: str
    tasks: tuple[Words, ...]
    steps: tuple[Step, ...]
    shifts: tuple[ShiftLine, ...]
    moves: tuple[MoveLine, ...]
    timeline: Timeline


@dataclass(frozen=True, slots=True)
class ManagedPlacement(StaffPlacement):
    """For coordinators; ``run`` is the public id of the matching run it came from.

    ``force_reason``: why it stands against a rule, if it does.
    """

    version: int
    fit: int | None
    run: str | None
    ask_again_on: date | None
    answered_at: datetime | None
    force_reason: str


Record = OwnPlacement | StaffPlacement | ManagedPlacement

_FACTS: tuple[Any, ...] = (
    Placement.public_id,
    Placement.participant_id,
    Participant.public_id.label("participant_public_id"),
    Participant.preferred_name,
    Participant.family_name,
    Placement.state,
    Placement.kind,
    Placement.answer,
    Placement.first_day,
    Placement.last_day,
    Placement.pattern,
    Opening.public_id.label("opening_public_id"),
    Opening.role,
    Opening.description,
    Employer.name.label("employer"),
    Site.name.label("site"),
    Site.street,
    Site.postcode,
    Site.city,
    Site.zone,
    func.coalesce(PlacementSummary.minutes_worked, 0),
    func.coalesce(PlacementSummary.shifts_planned, 0),
    func.coalesce(PlacementSummary.shifts_done, 0),
)


def placement_record(db: Session, actor: Actor, public_id: str, today: date) -> Record:
    """The placement as this reader sees it. Raises NotFound if absent or out of sight."""
    row = _row(db, actor, public_id)
    facts = PlacementFacts(*row[: len(_FACTS)])
    about = Facts(row.program_id, facts.participant_id)
    manages = allowed(actor, Permission.PLACEMENT_MANAGE, about)
    own = not manages and allowed(actor, Permission.PLACEMENT_ANSWER, about)
    tasks, steps = tasks_of(db, actor, row.opening_id), steps_of(db, row.id, with_notes=not own)
    shifts = shifts_of(db, row.id, today)
    if own:
        return OwnPlacement(facts, row.likes, row.worries, tasks, steps, shifts)
    moves = moves_of(db, row.id, with_notes=manages)
    timeline = timeline_of(db, actor, row.id) if allowed(actor, Permission.FADING_SEE, about) else Timeline()
    if not manages:
        return StaffPlacement(facts, row.likes, row.worries, tasks, steps, shifts, moves, timeline)
    return ManagedPlacement(
        facts, row.likes, row.worries, tasks, steps, shifts, moves, timeline, row.version, row.fit, row.run,
        row.ask_again_on, row.answered_at, row.force_reason,
    )  # fmt: skip


def _row(db: Session, actor: Actor, public_id: str) -> Any:
    found = db.execute(
        select(
            *_FACTS,
            Placement.id,
            Placement.program_id,
            Placement.opening_id,
            Placement.version,
            Placement.fit,
            Placement.ask_again_on,
            Placement.answered_at,
            Placement.likes,
            Placement.worries,
            Placement.force_reason,
            MatchRun.public_id.label("run"),
        )
        .join(Participant, Participant.id == Placement.participant_id)
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .outerjoin(MatchRun, MatchRun.id == Placement.run_id)
        .outerjoin(PlacementSummary, PlacementSummary.placement_id == Placement.id)
        .where(Placement.public_id == public_id, scope.placements(actor))
    ).first()
    if found is None:
        raise NotFound
    return found
