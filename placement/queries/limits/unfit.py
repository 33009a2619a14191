"""Shifts that stand in the plan and no longer fit limits or step plan: said, never taken away by themselves."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from placement.domain.limit_checks import Piece, is_night, refusal
from placement.domain.limits import PlanMove
from placement.domain.shifts import Attendance
from placement.domain.words import Say
from placement.models.limits.limits import PlanChange, StepPlan
from placement.models.placements.placement import Placement
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.queries.limits.rules import PersonRules


@dataclass(frozen=True, slots=True)
class Unfit:
    """A shift to come with the reason why it can't stay; day and times are the shop's."""

    id: int
    public_id: str
    version: int
    placement_id: int
    day: date
    start: time
    end: time
    reason: Say


def unfit_shifts(db: Session, participant_id: int, now: datetime, rules: PersonRules) -> list[Unfit]:
    """In order of time; the first that fit keep their place. One statement."""
    rows = db.execute(_ahead(participant_id, now)).all()
    kept: list[Any] = []
    found = []
    for row in rows:
        reason = None
        if row.starts_at > now and row.attendance is Attendance.UNKNOWN:
            beside = [_piece(other, other.placement_id == row.placement_id) for other in kept]
            reason = refusal(_piece(row, True), beside, rules.of(row.placement_id, row.kind))
        if reason is None:
            kept.append(row)
        else:
            found.append(
                Unfit(
                    row.id, row.public_id, row.version, row.placement_id, row.day, row.start, row.end, reason,
                )
            )  # fmt: skip
    return found


def held_back(participant_id: int, now: datetime) -> Select[Shift, Occasion]:
    """Shifts to come that were taken out while their plan was held, and whose plan goes on again."""
    hold = (
        exists()
        .where(PlanChange.plan_id == StepPlan.id, PlanChange.move == PlanMove.HOLD)
        .where(PlanChange.created_at == Shift.cancelled_at)
        .where(StepPlan.placement_id == Shift.placement_id)
        .where(StepPlan.held_at.is_(None), StepPlan.stopped_at.is_(None))
    )
    return (
        select(Shift, Occasion)
        .join(Occasion, Occasion.id == Shift.id)
        .where(Occasion.participant_id == participant_id, Occasion.starts_at > now, hold)
        .order_by(Occasion.starts_at, Shift.id)
    )


def fingerprint(shifts: Sequence[Unfit]) -> str:
    """The same for exactly these, as they stand."""
    return hashlib.sha256(repr([(row.id, row.version) for row in shifts]).encode()).hexdigest()[:32]


def _piece(row: Any, own: bool) -> Piece:
    return Piece(row.day, (row.ends_at - row.starts_at) / timedelta(hours=1), own, is_night(row.start, row.end))


def _ahead(participant_id: int, now: datetime) -> Any:
    """Standing shifts from Monday of this week on: what was worked in it counts."""
    monday = now.date() - timedelta(days=now.weekday() + 1)
    return (
        select(
            Shift.id, Occasion.public_id, Shift.version, Shift.placement_id, Placement.kind, Shift.day, Shift.start,
            Shift.end, Occasion.starts_at, Occasion.ends_at, Occasion.attendance,
        )
        .join(Occasion, Occasion.id == Shift.id)
        .join(Placement, Placement.id == Shift.placement_id)
        .where(Occasion.participant_id == participant_id, Shift.day >= monday, Shift.cancelled_at.is_(None))
        .order_by(Occasion.starts_at, Shift.id)
    )  # fmt: skip
