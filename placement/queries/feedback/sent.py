"""What somebody sent in the last days and can still change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.feedback_links import REOPEN
from placement.models.feedback.observation import Feedback
from placement.models.participants.participant import Participant
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.queries import scope

#: More than anybody sends in a week.
MOST = 60


@dataclass(frozen=True, slots=True)
class SentFeedback:
    """``shift``: public id; day and times local to the shop."""

    shift: str
    name: str
    day: date
    start: time
    end: time
    sent_at: datetime


def sent_lately(db: Session, actor: Actor, now: datetime) -> list[SentFeedback]:
    """The actor's own feedback of the last 7 days, newest first."""
    if not actor.rater_ids:
        return []
    rows = db.execute(
        select(Occasion.public_id, Participant.preferred_name, Shift.day, Shift.start, Shift.end, Feedback.sent_at)
        .join(Occasion, Occasion.id == Feedback.occasion_id)
        .join(Shift, Shift.id == Occasion.id)
        .join(Participant, Participant.id == Occasion.participant_id)
        .where(
            Feedback.rater_id.in_(sorted(actor.rater_ids)),
            Feedback.sent_at >= now - REOPEN,
            Feedback.withdrawn_at.is_(None),
            scope.shifts(actor, now),
        )
        .order_by(Feedback.sent_at.desc(), Feedback.id.desc())
        .limit(MOST)
    )
    return [SentFeedback(*row) for row in rows]
