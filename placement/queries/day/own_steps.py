"""A participant's next steps to face a fear, without opening a word of them: a part of their day's one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import Date, Time, cast, func, literal, null, or_, select

from placement.models.exposures.exposure import ExposureStep, ExposureTry
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.day.own_talks import no_seal

#: Days around today whose planned steps stand on the day page; later ones stand on the ladder alone.
BACK, AHEAD = timedelta(days=7), timedelta(days=2)
MOST = 3


@dataclass(frozen=True, slots=True)
class OwnStep:
    """``public_id``: of the try, ``step``: of the step. ``start``: of the shift that carries it, by local time."""

    public_id: str
    step: str
    day: date
    start: time | None


def next_steps(actor: Actor, today: date) -> Any:
    """What was planned and not written down; what was put aside or hung on a shift now cancelled is not asked about."""
    # What a shift carries moves with it.
    day = func.coalesce(Occasion.local_day, ExposureTry.day)
    return (
        select(
            literal("step").label("what"), ExposureTry.public_id, ExposureStep.public_id.label("name"),
            day.label("day"), cast(null(), Date).label("rated_on"), Shift.start, cast(null(), Time).label("end"),
            cast(null(), Date).label("was_day"), cast(null(), Time).label("was_start"), no_seal(),
        )
        .join(ExposureStep, ExposureStep.id == ExposureTry.step_id)
        .outerjoin(Occasion, Occasion.id == ExposureTry.occasion_id)
        .outerjoin(Shift, Shift.id == Occasion.id)
        .where(
            scope.exposure_tries(actor),
            ExposureTry.participant_id == actor.participant_id,
            ExposureTry.done_at.is_(None),
            ExposureStep.dropped_at.is_(None),
            day.between(today - BACK, today + AHEAD),
            or_(Shift.id.is_(None), Shift.cancelled_at.is_(None)),
        )
        .order_by(day, ExposureTry.id)
        .limit(MOST)
        .subquery()
    )  # fmt: skip


def step_of(row: Any) -> OwnStep:
    """A row of :func:`next_steps`."""
    return OwnStep(row.public_id, row.name, row.day, row.start)
