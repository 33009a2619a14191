from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.support import NotTodayReason
from placement.extensions import Base
from placement.models.base import (
    BigId,
    Created,
    IntPk,
    Json,
    Owned,
    PublicId,
    UtcDateTime,
    Versioned,
    choice,
    owned,
    points_to,
)

CURRENT = text("replaced_at IS NULL")


class Feedback(PublicId, Owned, Created, Versioned, Base):
    """What one rater sent about one occasion, besides the levels."""

    __tablename__ = "feedback"
    __table_args__ = owned(
        points_to("occasion"),
        points_to("rater"),
        UniqueConstraint("occasion_id", "rater_id"),
        Index("ix_feedback_rater", "rater_id", "sent_at"),
    )

    id: Mapped[IntPk]
    occasion_id: Mapped[int] = mapped_column(BigId)
    rater_id: Mapped[int] = mapped_column(BigId)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Read by the participant.
    went_well: Mapped[str] = mapped_column(Text, default="")
    try_next: Mapped[str] = mapped_column(Text, default="")
    #: For the coordinator; the participant may ask to read it.
    note: Mapped[str] = mapped_column(Text, default="")
    #: Tasks seen that are not in the list: [{"name": …, "level": …}], for the coordinator to take up.
    unlisted: Mapped[list[dict[str, str]]] = mapped_column(Json, default=list, server_default="[]")
    #: When the participant may read the words: at once, or once their coach has read them with them.
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: The participant's answer to the words.
    answer: Mapped[str] = mapped_column(Text, default="", server_default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    hurt_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Observation(PublicId, Owned, Created, Base):
    """Task × level of support × who saw it. One current row per occasion, task and rater.

    A correction inserts a new row and marks the old one replaced. ``rank`` repeats the level's canonical rank,
    so that history never depends on later wording.
    """

    __tablename__ = "observation"
    __table_args__ = owned(
        ForeignKeyConstraint(
            ["program_id", "occasion_id", "participant_id"],
            ["occasion.program_id", "occasion.id", "occasion.participant_id"],
            name="fk_observation_occasion",
        ),
        points_to("task"),
        points_to("rater"),
        points_to("support_level", "level_id"),
        points_to("observation", "replaces_id"),
        Index(
            "uq_observation_current",
            "occasion_id",
            "task_id",
            "rater_id",
            unique=True,
            sqlite_where=CURRENT,
            postgresql_where=CURRENT,
        ),
        Index("ix_observation_history", "participant_id", "task_id", "occasion_id"),
        CheckConstraint("(level_id IS NULL) = (rank IS NULL)", name="level_has_rank"),
        CheckConstraint("(rank IS NULL) = (not_today IS NOT NULL)", name="rank_or_reason"),
        CheckConstraint("rank BETWEEN 0 AND 6", name="rank"),
    )

    id: Mapped[IntPk]
    occasion_id: Mapped[int] = mapped_column(BigId)
    participant_id: Mapped[int] = mapped_column(BigId)
    task_id: Mapped[int] = mapped_column(BigId)
    rater_id: Mapped[int] = mapped_column(BigId)
    level_id: Mapped[int | None] = mapped_column(BigId)
    rank: Mapped[int | None]
    not_today: Mapped[NotTodayReason | None] = mapped_column(choice(NotTodayReason, "not_today"))
    comment: Mapped[str] = mapped_column(Text, default="")
    replaced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    replaces_id: Mapped[int | None] = mapped_column(BigId)


class ObservationStep(Owned, Base):
    """The level of one step of a task analysis."""

    __tablename__ = "observation_step"
    __table_args__ = (
        points_to("observation"),
        points_to("task_step", "step_id"),
        points_to("support_level", "level_id"),
        CheckConstraint("rank BETWEEN 0 AND 6", name="rank"),
    )

    observation_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    step_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    level_id: Mapped[int] = mapped_column(BigId)
    rank: Mapped[int]
