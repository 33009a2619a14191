"""What belongs to one placement's course: its tasks, steps, shifts and moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.placements import PlacementState, StepKind
from placement.domain.shifts import Attendance
from placement.models.accounts.account import Account
from placement.models.employers.opening import OpeningTask
from placement.models.placements.placement import PlacementMove, PlacementStep
from placement.models.programs.catalog import Task
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.queries import scope

Words = Mapping[str, str]
#: How far back and how many shifts a placement's page lists.
RECENT = timedelta(days=21)
MOST_SHIFTS = 30


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


def tasks_of(db: Session, actor: Actor, opening_id: int) -> tuple[Words, ...]:
    """Names of the opening's tasks, as far as this reader may see them."""
    return tuple(
        db.scalars(
            select(Task.name)
            .join(OpeningTask, OpeningTask.task_id == Task.id)
            .where(OpeningTask.opening_id == opening_id, scope.tasks(actor))
            .order_by(Task.id)
        )
    )


def steps_of(db: Session, placement_id: int, *, with_notes: bool) -> tuple[Step, ...]:
    """Dated steps, the earliest first."""
    rows = db.execute(
        select(PlacementStep.public_id, PlacementStep.kind, PlacementStep.due_on, PlacementStep.done_on,
               PlacementStep.note)
        .where(PlacementStep.placement_id == placement_id)
        .order_by(PlacementStep.due_on, PlacementStep.id)
        .limit(100)
    )  # fmt: skip
    return tuple(Step(*row[:4], row.note if with_notes else "") for row in rows)


def shifts_of(db: Session, placement_id: int, today: date) -> tuple[ShiftLine, ...]:
    """Recent and coming shifts."""
    rows = db.execute(
        select(Occasion.public_id, Shift.day, Shift.start, Shift.end, Occasion.attendance, Shift.minutes,
               Shift.cancelled_at.is_not(None))
        .join(Occasion, Occasion.id == Shift.id)
        .where(Shift.placement_id == placement_id, Shift.day >= today - RECENT)
        .order_by(Shift.day, Shift.start)
        .limit(MOST_SHIFTS)
    )  # fmt: skip
    return tuple(ShiftLine(*row[:6], bool(row[6])) for row in rows)


def moves_of(db: Session, placement_id: int, *, with_notes: bool) -> tuple[MoveLine, ...]:
    """Changes of state, the latest first."""
    rows = db.execute(
        select(PlacementMove.at, PlacementMove.from_state, PlacementMove.to_state, Account.name, PlacementMove.note)
        .outerjoin(Account, Account.id == PlacementMove.by_account_id)
        .where(PlacementMove.placement_id == placement_id)
        .order_by(PlacementMove.id.desc())
        .limit(50)
    )
    return tuple(MoveLine(*row[:3], row.name or "", row.note if with_notes else "") for row in rows)
