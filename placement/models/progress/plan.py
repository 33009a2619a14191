"""Goals, steps back of the coach, checks of what was mastered, notes at points."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.fading import FadingState
from placement.extensions import Base
from placement.models.base import (
    Archived,
    BigId,
    Created,
    IntPk,
    Json,
    Owned,
    PublicId,
    Versioned,
    choice,
    owned,
    points_to,
)

OPEN = text("done_on IS NULL")
NOT_KEPT = text("NOT kept")
WATCHING = text("state = 'watching'")


class Goal(PublicId, Owned, Created, Archived, Versioned, Base):
    """A goal in the participant's own words, with five levels from much less (-2) to much more (+2) than expected."""

    __tablename__ = "goal"
    __table_args__ = owned(points_to("participant"), CheckConstraint("weight BETWEEN 1 AND 5", name="weight"))

    id: Mapped[IntPk]
    participant_id: Mapped[int] = mapped_column(BigId, index=True)
    title: Mapped[str] = mapped_column(String(200))
    #: Five texts, -2 first; empty where nothing was written.
    levels: Mapped[list[str]] = mapped_column(Json)
    weight: Mapped[int] = mapped_column(default=1)
    agreed_on: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date | None] = mapped_column(Date)


class GoalTask(Owned, Base):
    __tablename__ = "goal_task"
    __table_args__ = (points_to("goal"), points_to("task"))

    goal_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    task_id: Mapped[int] = mapped_column(BigId, primary_key=True)


class GoalRating(PublicId, Owned, Created, Base):
    """Where a goal stood on a day, and who said so."""

    __tablename__ = "goal_rating"
    __table_args__ = owned(
        points_to("goal"),
        Index("ix_goal_rating_day", "goal_id", "day", "id"),
        CheckConstraint("score BETWEEN -2 AND 2", name="score"),
    )

    id: Mapped[IntPk]
    goal_id: Mapped[int] = mapped_column(BigId)
    day: Mapped[date] = mapped_column(Date)
    score: Mapped[int]
    by_account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    note: Mapped[str] = mapped_column(Text, default="")


class FadingStep(PublicId, Owned, Created, Base):
    """The coach steps back in a placement: from one share of the hours to a smaller one, in percent."""

    __tablename__ = "fading_step"
    __table_args__ = owned(
        points_to("participant"),
        points_to("placement"),
        Index("ix_fading_step_person", "participant_id", "taken_on"),
        Index("ix_fading_step_watching", "program_id", "watch_until", sqlite_where=WATCHING, postgresql_where=WATCHING),
        CheckConstraint("share_before BETWEEN 0 AND 100 AND share_after BETWEEN 0 AND 100", name="shares"),
    )

    id: Mapped[IntPk]
    participant_id: Mapped[int] = mapped_column(BigId)
    placement_id: Mapped[int] = mapped_column(BigId, index=True)
    share_before: Mapped[int]
    share_after: Mapped[int]
    taken_on: Mapped[date] = mapped_column(Date)
    watch_until: Mapped[date] = mapped_column(Date)
    state: Mapped[FadingState] = mapped_column(choice(FadingState, "state"), default=FadingState.WATCHING)
    ended_on: Mapped[date | None] = mapped_column(Date)
    by_account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    note: Mapped[str] = mapped_column(Text, default="")


class Probe(Owned, Base):
    """A check whether a mastered task is still done alone. Filled by the first rated occasion from the due day on."""

    __tablename__ = "probe"
    __table_args__ = owned(
        points_to("milestone"),
        points_to("participant"),
        points_to("occasion"),
        Index("uq_probe_due", "milestone_id", "due_on", unique=True),
        Index("ix_probe_open", "program_id", "due_on", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_probe_not_kept", "program_id", "done_on", sqlite_where=NOT_KEPT, postgresql_where=NOT_KEPT),
    )

    id: Mapped[IntPk]
    milestone_id: Mapped[int] = mapped_column(BigId)
    participant_id: Mapped[int] = mapped_column(BigId, index=True)
    due_on: Mapped[date] = mapped_column(Date)
    done_on: Mapped[date | None] = mapped_column(Date)
    occasion_id: Mapped[int | None] = mapped_column(BigId)
    kept: Mapped[bool | None]


class PointNote(PublicId, Owned, Created, Base):
    """A word at a point of a chart: what was special about this occasion."""

    __tablename__ = "point_note"
    __table_args__ = owned(points_to("participant"), points_to("occasion"), points_to("task"))

    id: Mapped[IntPk]
    participant_id: Mapped[int] = mapped_column(BigId, index=True)
    occasion_id: Mapped[int] = mapped_column(BigId)
    #: None: about every task of the occasion.
    task_id: Mapped[int | None] = mapped_column(BigId)
    text: Mapped[str] = mapped_column(String(300))
    by_account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
