"""What shops wrote and the participant chose to read with somebody first: who still waits for that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from placement.domain.comments import Reads
from placement.domain.errors import Forbidden
from placement.models.employers.employer import Employer, Site
from placement.models.feedback.observation import Feedback
from placement.models.feedback.rater import Rater
from placement.models.participants.participant import Participant
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.policy.check import allowed
from placement.policy.permissions import Permission
from placement.queries import scope

MOST = 60


@dataclass(frozen=True, slots=True)
class WaitingWords:
    """``shift``: public id of the page on which they are read and handed over; they stand only there."""

    shift: str
    participant: str
    name: str
    rater: str
    employer: str
    day: date


def are_waiting() -> ColumnElement[bool]:
    """Of feedback joined with its occasion and the participant."""
    return and_(
        Participant.reads_comments == Reads.WITH_COACH,
        Feedback.released_at.is_(None),
        Feedback.withdrawn_at.is_(None),
        or_(Feedback.went_well != "", Feedback.try_next != ""),
    )


def waiting_words(db: Session, actor: Actor) -> list[WaitingWords]:
    """Of the people the actor looks after, for coordinators of all; person by person, the oldest first. One statement.

    Raises Forbidden for who reads nothing together with anybody.
    """
    if not allowed(actor, Permission.COMMENTS_RELEASE):
        raise Forbidden(Permission.COMMENTS_RELEASE)
    rows = db.execute(
        select(
            Occasion.public_id, Participant.public_id, Participant.preferred_name, Rater.name, Employer.name,
            Occasion.local_day,
        )
        .select_from(Participant)
        .join(Occasion, Occasion.participant_id == Participant.id)
        .join(Feedback, Feedback.occasion_id == Occasion.id)
        .join(Rater, Rater.id == Feedback.rater_id)
        .join(Shift, Shift.id == Occasion.id)
        .join(Site, Site.id == Shift.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(scope.words_about(actor), Participant.id != (actor.participant_id or 0), are_waiting())
        .order_by(Participant.sort_key, Participant.id, Occasion.starts_at, Feedback.id)
        .limit(MOST)
    )  # fmt: skip
    return [WaitingWords(*row) for row in rows]
