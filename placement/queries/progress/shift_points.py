"""A participant's shifts, as the milestone rules and the summaries read them; see :mod:`task_points`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import String, Subquery, case, cast, func, select
from sqlalchemy.orm import Session

from placement.domain.milestones import ShiftPoint, in_first_week
from placement.domain.occasions import Audience
from placement.domain.shifts import Attendance
from placement.domain.summaries import PlacementShift
from placement.domain.support import CanonicalRank
from placement.models.feedback.observation import Observation
from placement.models.feedback.rater import Rater
from placement.models.placements.placement import Placement
from placement.models.programs.catalog import Task
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.queries.progress.task_points import counted


def shift_points(db: Session, participant_id: int) -> list[ShiftPoint]:
    """Every shift that stands, unconfirmed ones included, with the share of its tasks done alone.

    Tasks for participant and therapist alone do not enter the share: a milestone over a shift is read by others too.
    """
    return shifts_of(db, [participant_id]).get(participant_id, [])


def shifts_of(db: Session, people: Collection[int]) -> dict[int, list[ShiftPoint]]:
    """Participant → :func:`shift_points`, in one statement however many they are."""
    rated = _rated_shifts(people)
    rows = db.execute(
        select(
            Shift.id,
            Occasion.starts_at,
            Occasion.local_day,
            Occasion.attendance,
            Shift.minutes,
            Shift.agreed_day,
            Shift.placement_id,
            Placement.first_day,
            rated.c.alone,
            rated.c.attempted,
            rated.c.raters,
            Occasion.participant_id,
        )
        .join(Occasion, Occasion.id == Shift.id)
        .join(Placement, Placement.id == Shift.placement_id)
        .outerjoin(rated, rated.c.occasion_id == Shift.id)
        .where(Occasion.participant_id.in_(sorted(people)), Shift.cancelled_at.is_(None))
    )
    points: dict[int, list[ShiftPoint]] = defaultdict(list)
    for key, at, day, attendance, minutes, agreed, placement, day0, alone, attempted, raters, person in rows:
        point = ShiftPoint(
            occasion=key,
            at=at,
            day=day,
            attendance=attendance,
            minutes=minutes,
            independence=100 * float(alone) / attempted if attempted else None,
            raters=frozenset(int(rater) for rater in (raters or "").split(",") if rater),
            agreed_first_week=in_first_week(agreed, day0),
            placement=placement,
            week_day0=day0,
        )
        points[person].append(point)
    return points


def placement_shifts(db: Session, placement_id: int) -> list[PlacementShift]:
    """A placement's standing shifts as its summary counts them. A shift without a due date has its feedback."""
    rows = db.execute(
        select(
            Shift.id, Occasion.local_day, Occasion.ends_at, Occasion.attendance, Shift.minutes, Shift.feedback_due_at
        )
        .join(Occasion, Occasion.id == Shift.id)
        .where(Shift.placement_id == placement_id, Shift.cancelled_at.is_(None))
    )
    return [
        PlacementShift(key, day, ends_at, Attendance(attendance), minutes, due is None)
        for key, day, ends_at, attendance, minutes, due in rows
    ]


def _rated_shifts(people: Collection[int]) -> Subquery:
    """Per occasion: tasks attempted, tasks alone, and who saw any of them."""
    tasks = (
        select(
            Observation.occasion_id,
            func.min(Observation.rank).label("rank"),
            func.aggregate_strings(cast(Observation.rater_id, String), ",").label("raters"),
        )
        .join(Rater, Rater.id == Observation.rater_id)
        .join(Task, Task.id == Observation.task_id)
        .where(Observation.participant_id.in_(sorted(people)), counted(), Task.audience == Audience.PROGRAM)
        .group_by(Observation.occasion_id, Observation.task_id)
        .subquery()
    )
    alone = func.sum(case((tasks.c.rank >= int(CanonicalRank.INDEPENDENT), 1), else_=0))
    return (
        select(
            tasks.c.occasion_id,
            alone.label("alone"),
            func.count().label("attempted"),
            func.aggregate_strings(tasks.c.raters, ",").label("raters"),
        )
        .group_by(tasks.c.occasion_id)
        .subquery()
    )
