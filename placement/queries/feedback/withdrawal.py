"""What a coordinator sees before withdrawing a feedback."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.models.feedback.observation import Feedback
from placement.models.feedback.rater import Rater
from placement.models.participants.participant import Participant
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope


@dataclass(frozen=True, slots=True)
class ToWithdraw:
    participant_id: int
    shift: str
    name: str
    rater: str
    day: date
    sent_at: datetime
    withdrawn: bool


def to_withdraw(db: Session, actor: Actor, now: datetime, feedback: str) -> ToWithdraw:
    """Raises NotFound for feedback out of sight, Forbidden for somebody who may not withdraw."""
    row = db.execute(
        select(
            Occasion.participant_id,
            Occasion.public_id,
            Participant.preferred_name,
            Rater.name,
            Occasion.local_day,
            Feedback.sent_at,
            Feedback.withdrawn_at,
        )
        .join(Occasion, Occasion.id == Feedback.occasion_id)
        .join(Shift, Shift.id == Occasion.id)
        .join(Participant, Participant.id == Occasion.participant_id)
        .join(Rater, Rater.id == Feedback.rater_id)
        .where(Feedback.public_id == feedback, scope.shifts(actor, now))
    ).one_or_none()
    if row is None:
        raise NotFound
    ensure(actor, Permission.FEEDBACK_WITHDRAW, Facts(actor.program, row[0]))
    return ToWithdraw(*row[:-1], withdrawn=row[-1] is not None)
