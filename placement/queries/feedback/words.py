"""What others wrote for a participant, as the participant reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from placement.domain.comments import Reads
from placement.domain.errors import NotFound
from placement.models.feedback.observation import Feedback
from placement.models.feedback.rater import Rater
from placement.models.participants.participant import Participant
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.queries import scope

MOST = 60


@dataclass(frozen=True, slots=True)
class WordsFor:
    """``shift``: public id. ``changed``: others than first sent."""

    public_id: str
    shift: str
    day: date
    rater: str
    went_well: str
    try_next: str
    changed: bool
    answer: str
    answered_at: datetime | None
    hurt: bool


@dataclass(frozen=True, slots=True)
class OwnWords:
    """``waiting``: how many words wait to be read together."""

    reads: Reads
    rows: tuple[WordsFor, ...]
    waiting: int


def own_words(db: Session, actor: Actor) -> OwnWords:
    """The latest words for the participant who asks, in two statements. Raises NotFound for anybody else."""
    reads = db.scalar(
        select(Participant.reads_comments).where(scope.participants(actor), Participant.id == actor.participant_id)
    )
    if reads is None:
        raise NotFound
    rows = db.execute(
        select(
            Feedback.public_id, Occasion.public_id.label("shift"), Occasion.local_day, Rater.name, Feedback.went_well,
            Feedback.try_next, Feedback.changed_at, Feedback.answer, Feedback.answered_at, Feedback.hurt_at,
            Feedback.released_at,
        )
        .join(Occasion, Occasion.id == Feedback.occasion_id)
        .join(Rater, Rater.id == Feedback.rater_id)
        .where(
            scope.words_about(actor),
            Occasion.participant_id == actor.participant_id,
            and_(Feedback.withdrawn_at.is_(None), or_(Feedback.went_well != "", Feedback.try_next != "")),
        )
        .order_by(Occasion.starts_at.desc(), Feedback.id)
        .limit(MOST)
    ).all()  # fmt: skip
    shown = tuple(
        WordsFor(*row[:6], row.changed_at is not None, row.answer, row.answered_at, row.hurt_at is not None)
        for row in rows
        if row.released_at is not None
    )
    return OwnWords(reads, shown, len(rows) - len(shown))
