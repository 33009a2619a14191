"""What stands on a placement's axis of time besides its states and steps: one statement, a bounded number of rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Integer, String, and_, cast, literal, null, or_, select, union_all
from sqlalchemy.orm import Session

from placement.domain.fading import FadingState
from placement.domain.milestones import RuleKind
from placement.domain.shifts import Attendance
from placement.models.placements.placement import Placement
from placement.models.programs.catalog import Task
from placement.models.progress.milestone import Milestone, MilestoneRule
from placement.models.progress.plan import FadingStep
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.queries import scope

Words = Mapping[str, str]
#: Three years of five shifts a week.
MOST_SHIFTS, MOST_MILESTONES, MOST_STEPS = 800, 60, 30


@dataclass(frozen=True, slots=True)
class ShiftMark:
    """A shift that was not cancelled."""

    day: date
    attendance: Attendance


@dataclass(frozen=True, slots=True)
class MilestoneMark:
    """A milestone of this person reached while the placement lasted, with what names it."""

    day: date
    kind: RuleKind
    percent: int
    occasions: int
    amount: int
    task: Words | None
    words: Words


@dataclass(frozen=True, slots=True)
class StepMark:
    """A step back of the coach in percent of the hours; ``ended``: since when it is answered for."""

    day: date
    before: int
    after: int
    state: FadingState
    ended: date | None


@dataclass(frozen=True, slots=True)
class Timeline:
    shifts: tuple[ShiftMark, ...] = ()
    milestones: tuple[MilestoneMark, ...] = ()
    steps: tuple[StepMark, ...] = ()


def timeline_of(db: Session, actor: Actor, placement_id: int) -> Timeline:
    """For staff: the caller has looked whether they may see the placement, and how much it is coached."""
    parts = (_shifts(placement_id), _milestones(actor, placement_id), _steps(placement_id))
    rows: Sequence[Any] = db.execute(union_all(*(select(part) for part in parts))).all()
    found: dict[str, list[Any]] = {"shift": [], "milestone": [], "step": []}
    for row in sorted(rows, key=lambda row: row.day):
        found[row.what].append(row)
    return Timeline(
        tuple(ShiftMark(row.day, Attendance(row.kind)) for row in found["shift"]),
        tuple(
            MilestoneMark(row.day, RuleKind(row.kind), row.one, row.two, row.three, row.task, row.words)
            for row in found["milestone"]
        ),
        tuple(StepMark(row.day, row.one, row.two, FadingState(row.kind), row.ended) for row in found["step"]),
    )


def _columns(what: str, day: Any, kind: Any, **given: Any) -> list[Any]:
    """The same columns for every part, empty where it has none."""
    whole = cast(null(), Integer)
    filled = {
        "one": whole, "two": whole, "three": whole, "task": cast(null(), Task.name.type),
        "words": cast(null(), MilestoneRule.name.type), "ended": cast(null(), Shift.day.type), **given,
    }  # fmt: skip
    parts = [literal(what).label("what"), day.label("day"), cast(kind, String).label("kind")]
    return parts + [column.label(name) for name, column in filled.items()]


def _shifts(placement_id: int) -> Any:
    return (
        select(*_columns("shift", Shift.day, Occasion.attendance))
        .join(Occasion, Occasion.id == Shift.id)
        .where(Shift.placement_id == placement_id, Shift.cancelled_at.is_(None))
        .order_by(Shift.day.desc())
        .limit(MOST_SHIFTS)
        .subquery()
    )


def _milestones(actor: Actor, placement_id: int) -> Any:
    """Of the person in the placement's time, if the reader may see the task."""
    rule = MilestoneRule
    return (
        select(
            *_columns(
                "milestone", Milestone.reached_on, rule.kind, one=rule.percent, two=rule.occasions, three=rule.amount,
                task=Task.name, words=rule.name,
            )
        )
        .join(rule, rule.id == Milestone.rule_id)
        .join(Placement, and_(Placement.id == placement_id, Placement.participant_id == Milestone.participant_id))
        .outerjoin(Task, Task.id == Milestone.task_id)
        .where(
            Milestone.withdrawn_at.is_(None),
            Milestone.reached_on >= Placement.first_day,
            or_(Placement.last_day.is_(None), Milestone.reached_on <= Placement.last_day),
            or_(Milestone.placement_id.is_(None), Milestone.placement_id == placement_id),
            or_(Milestone.task_id.is_(None), scope.tasks(actor)),
        )
        .order_by(Milestone.reached_at.desc(), Milestone.id.desc())
        .limit(MOST_MILESTONES)
        .subquery()
    )  # fmt: skip


def _steps(placement_id: int) -> Any:
    step = FadingStep
    return (
        select(
            *_columns("step", step.taken_on, step.state, one=step.share_before, two=step.share_after,
                      ended=step.ended_on)
        )
        .where(step.placement_id == placement_id)
        .order_by(step.taken_on.desc(), step.id.desc())
        .limit(MOST_STEPS)
        .subquery()
    )  # fmt: skip
