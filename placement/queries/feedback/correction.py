"""What a coordinator sees to put right a slip in somebody's feedback."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.models.feedback.observation import Feedback
from placement.models.feedback.rater import Rater
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.feedback.form import FormTask, form_tasks
from placement.queries.programs.scale import LevelRow, current_levels


@dataclass(frozen=True, slots=True)
class Correction:
    """``tasks`` carry what the rater said; ``version`` is the feedback's."""

    participant_id: int
    shift: str
    name: str
    rater: str
    day: date
    version: int
    withdrawn: bool
    tasks: list[FormTask]
    levels: list[LevelRow]


def correction_form(db: Session, actor: Actor, now: datetime, feedback: str) -> Correction:
    """Raises NotFound for feedback out of sight, Forbidden for somebody who may not correct. Three statements."""
    row = db.execute(
        select(
            Occasion.id,
            Occasion.participant_id,
            Occasion.public_id,
            Shift.site_id,
            Shift.program_id,
            Placement.opening_id,
            Participant.preferred_name,
            Rater.name.label("rater"),
            Feedback.rater_id,
            Occasion.local_day,
            Feedback.version,
            Feedback.withdrawn_at,
        )
        .join(Occasion, Occasion.id == Feedback.occasion_id)
        .join(Shift, Shift.id == Occasion.id)
        .join(Placement, Placement.id == Shift.placement_id)
        .join(Participant, Participant.id == Occasion.participant_id)
        .join(Rater, Rater.id == Feedback.rater_id)
        .where(Feedback.public_id == feedback, scope.shifts(actor, now))
    ).one_or_none()
    if row is None:
        raise NotFound
    ensure(actor, Permission.FEEDBACK_WITHDRAW, Facts(row.program_id, row.participant_id, row.site_id))
    return Correction(
        participant_id=row.participant_id,
        shift=row.public_id,
        name=row.preferred_name,
        rater=row.rater,
        day=row.local_day,
        version=row.version,
        withdrawn=row.withdrawn_at is not None,
        tasks=form_tasks(db, actor, row, row.rater_id),
        levels=current_levels(db, row.program_id),
    )
