"""One placement: a record type for each kind of reader, with no field for what that reader may not see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.placements import Answer, PlacementKind, PlacementState, StepKind
from placement.domain.shifts import Attendance
from placement.models.accounts.account import Account
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening, OpeningTask
from placement.models.matching.run import MatchRun
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement, PlacementMove, PlacementStep
from placement.models.programs.catalog import Task
from placement.models.progress.summary import PlacementSummary
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.policy.check import allowed
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope

Words = Mapping[str, str]
#: How far back and how many shifts a placement's page lists.
RECENT = timedelta(days=21)
MOST_SHIFTS = 30


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
class Step:
    """A dated step; ``note`` is empty for the participant."""

    public_id: str
    kind: StepKind
    due_on: date
    done_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class ShiftLine:
    public_id: str
    day: date
    start: time
    end: time
    attendance: Attendance
    minutes: int | None
    cancelled: bool


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A change of state; ``note`` is empty for everybody but those who manage placements."""

    at: datetime
    before: PlacementState | None
    after: PlacementState
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class OwnPlacement:
    """For the participant: no notes, no fit."""

    facts: PlacementFacts
    tasks: tuple[Words, ...]
    steps: tuple[Step, ...]
    shifts: tuple[ShiftLine, ...]


@dataclass(frozen=True, slots=True)
class StaffPlacement:
    """For assigned therapists and coaches."""

    facts: PlacementFacts
    tasks: tuple[Words, ...]
    steps: tuple[Step, ...]
    shifts: tuple[ShiftLine, ...]
    moves: tuple[MoveLine, ...]


@dataclass(frozen=True, slots=True)
class ManagedPlacement:
    """For coordinators; ``run`` is the public id of the matching run it came from."""

    facts: PlacementFacts
    tasks: tuple[Words, ...]
    steps: tuple[Step, ...]
    shifts: tuple[ShiftLine, ...]
    moves: tuple[MoveLine, ...]
    version: int
    fit: int | None
    run: str | None
    ask_again_on: date | None
    answered_at: datetime | None


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
    tasks, steps = _tasks(db, actor, row.opening_id), _steps(db, row.id, with_notes=not own)
    shifts = _shifts(db, row.id, today)
    if own:
        return OwnPlacement(facts, tasks, steps, shifts)
    moves = _moves(db, row.id, with_notes=manages)
    if not manages:
        return StaffPlacement(facts, tasks, steps, shifts, moves)
    return ManagedPlacement(
        facts, tasks, steps, shifts, moves, row.version, row.fit, row.run, row.ask_again_on, row.answered_at
    )


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


def _tasks(db: Session, actor: Actor, opening_id: int) -> tuple[Words, ...]:
    return tuple(
        db.scalars(
            select(Task.name)
            .join(OpeningTask, OpeningTask.task_id == Task.id)
            .where(OpeningTask.opening_id == opening_id, scope.tasks(actor))
            .order_by(Task.id)
        )
    )


def _steps(db: Session, placement_id: int, *, with_notes: bool) -> tuple[Step, ...]:
    rows = db.execute(
        select(PlacementStep.public_id, PlacementStep.kind, PlacementStep.due_on, PlacementStep.done_on,
               PlacementStep.note)
        .where(PlacementStep.placement_id == placement_id)
        .order_by(PlacementStep.due_on, PlacementStep.id)
        .limit(100)
    )  # fmt: skip
    return tuple(Step(*row[:4], row.note if with_notes else "") for row in rows)


def _shifts(db: Session, placement_id: int, today: date) -> tuple[ShiftLine, ...]:
    rows = db.execute(
        select(Occasion.public_id, Shift.day, Shift.start, Shift.end, Occasion.attendance, Shift.minutes,
               Shift.cancelled_at.is_not(None))
        .join(Occasion, Occasion.id == Shift.id)
        .where(Shift.placement_id == placement_id, Shift.day >= today - RECENT)
        .order_by(Shift.day, Shift.start)
        .limit(MOST_SHIFTS)
    )  # fmt: skip
    return tuple(ShiftLine(*row[:6], bool(row[6])) for row in rows)


def _moves(db: Session, placement_id: int, *, with_notes: bool) -> tuple[MoveLine, ...]:
    rows = db.execute(
        select(PlacementMove.at, PlacementMove.from_state, PlacementMove.to_state, Account.name, PlacementMove.note)
        .outerjoin(Account, Account.id == PlacementMove.by_account_id)
        .where(PlacementMove.placement_id == placement_id)
        .order_by(PlacementMove.id.desc())
        .limit(50)
    )
    return tuple(MoveLine(*row[:3], row.name or "", row.note if with_notes else "") for row in rows)
