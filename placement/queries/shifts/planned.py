"""What is planned already, for the planner and its preview."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import case, exists, or_, select
from sqlalchemy.orm import Session

from placement.domain.clashes import Around, Standing, Stretch
from placement.domain.replanning import Stored
from placement.domain.shifts import Attendance
from placement.models.feedback.observation import Feedback
from placement.models.placements.placement import Placement
from placement.models.shifts.absence import Busy
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.pattern import ShiftPattern
from placement.models.shifts.shift import Shift
from placement.queries.limits.rules import rules_of
from placement.queries.shifts.preview import ToPlan

#: Hours count by week: what stands in the first day's week counts too.
_A_WEEK = timedelta(days=9)


@dataclass(frozen=True, slots=True)
class Ground:
    """``stored``: the placement's own shifts; ``around``: what they are held against."""

    stored: tuple[Stored, ...]
    around: Around


def ground(db: Session, plan: ToPlan, now: datetime, first: date) -> Ground:
    """The placement's shifts agreed or planned from ``first`` on, and what else there is from then on.

    Four statements: the person's shifts, their busy times, other people's shifts in the same opening, their limits.
    """
    begin = datetime.combine(first, time(), UTC) - _A_WEEK
    rows = db.execute(_of_person(plan, first, begin)).all()
    own = [row for row in rows if row.placement_id == plan.id and (row.day >= first or row.agreed_day >= first)]
    others = tuple(
        Standing(row.day, row.starts_at, row.ends_at, own=False)
        for row in rows
        if row.placement_id != plan.id and row.cancelled_at is None
    )
    before = tuple(
        Standing(row.day, row.starts_at, row.ends_at)
        for row in rows
        if row.placement_id == plan.id and row.day < first and row.agreed_day < first and row.cancelled_at is None
    )
    return Ground(
        tuple(_stored(row, now) for row in own),
        Around(
            (*others, *before),
            busy_times(db, plan.participant_id, begin),
            crowd(db, plan, begin),
            plan.places,
            plan.availability,
            plan.weekly_hours_limit,
            rules_of(db, plan.participant_id, plan.opening_id).of(plan.id, plan.kind),
        ),
    )


def busy_times(db: Session, participant_id: int, begin: datetime) -> tuple[Stretch, ...]:
    """Times at which the person can't, whatever the reason."""
    rows = db.execute(
        select(Busy.starts_at, Busy.ends_at).where(Busy.participant_id == participant_id, Busy.ends_at > begin)
    )
    return tuple((start, over) for start, over in rows)


def crowd(db: Session, plan: ToPlan, begin: datetime) -> tuple[Stretch, ...]:
    """Standing shifts of other placements of the same opening."""
    others = (
        select(Placement.id).where(Placement.opening_id == plan.opening_id, Placement.id != plan.id).scalar_subquery()
    )
    rows = db.execute(
        select(Occasion.starts_at, Occasion.ends_at)
        .join(Shift, Shift.id == Occasion.id)
        .where(
            Shift.placement_id.in_(others),
            Shift.cancelled_at.is_(None),
            Occasion.ends_at > begin,
        )
    )
    return tuple((start, over) for start, over in rows)


def _of_person(plan: ToPlan, first: date, begin: datetime) -> Any:
    told = or_(
        Occasion.attendance != Attendance.UNKNOWN,
        Shift.check_in_at.is_not(None),
        exists().where(Feedback.occasion_id == Shift.id, Feedback.withdrawn_at.is_(None)),
    )
    # A shift cancelled after its pattern ended was dropped with it, not taken out by hand.
    dropped = or_(
        ShiftPattern.archived_at.is_not(None),
        ShiftPattern.first_day > Shift.agreed_day,
        ShiftPattern.last_day < Shift.agreed_day,
    )
    return (
        select(
            Shift.id, Shift.placement_id, Shift.day, Shift.start, Shift.end, Shift.agreed_day, Shift.agreed_start,
            Shift.pattern_id, Shift.moved, Shift.cancelled_at, Occasion.starts_at, Occasion.ends_at,
            case((told, True), else_=False).label("told"), case((dropped, True), else_=False).label("dropped"),
        )
        .join(Occasion, Occasion.id == Shift.id)
        .outerjoin(ShiftPattern, ShiftPattern.id == Shift.pattern_id)
        .where(
            Occasion.participant_id == plan.participant_id,
            or_(Occasion.starts_at >= begin, Shift.agreed_day >= first),
        )
        .order_by(Occasion.starts_at, Shift.id)
    )  # fmt: skip


def _stored(row: Any, now: datetime) -> Stored:
    cancelled = row.cancelled_at is not None
    return Stored(
        row.id, row.day, row.start, row.end, row.agreed_day, row.agreed_start, row.starts_at, row.ends_at,
        by_pattern=row.pattern_id is not None,
        moved=row.moved,
        told=row.starts_at <= now or bool(row.told),
        cancelled=cancelled,
        dropped=cancelled and bool(row.dropped),
    )  # fmt: skip
