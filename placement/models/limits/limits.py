"""Work limits and graded plans (stufenweise Wiedereingliederung, Belastungserprobung). Never a cause."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, Float, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.limits import PlanMove
from placement.extensions import Base
from placement.models.base import (
    Archived,
    BigId,
    Created,
    IntPk,
    Owned,
    PublicId,
    UtcDateTime,
    Versioned,
    choice,
    owned,
    points_to,
)


class WorkLimit(PublicId, Owned, Created, Archived, Versioned, Base):
    """What somebody may work, by whose word and until when. None and False: no such limit."""

    __tablename__ = "work_limit"
    __table_args__ = owned(
        points_to("participant"),
        Index("ix_work_limit_person", "participant_id", "id"),
        Index("ix_work_limit_until", "program_id", "valid_until"),
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="period"),
        CheckConstraint("hours_day BETWEEN 0 AND 24", name="hours_day"),
        CheckConstraint("hours_week BETWEEN 0 AND 60", name="hours_week"),
        CheckConstraint("lift_kg BETWEEN 0 AND 100", name="lift_kg"),
        CheckConstraint("standing_minutes BETWEEN 0 AND 1440", name="standing_minutes"),
    )

    id: Mapped[IntPk]
    participant_id: Mapped[int] = mapped_column(BigId)
    #: "May work" was said; False: may not at the moment.
    cleared: Mapped[bool] = mapped_column(default=True)
    #: By whom, e.g. "Dr. Weber, GP".
    given_by: Mapped[str] = mapped_column(String(120))
    valid_from: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
    hours_day: Mapped[float | None] = mapped_column(Float)
    hours_week: Mapped[float | None] = mapped_column(Float)
    lift_kg: Mapped[int | None]
    standing_minutes: Mapped[int | None]
    no_nights: Mapped[bool] = mapped_column(default=False)
    no_noise: Mapped[bool] = mapped_column(default=False)
    not_alone_at_till: Mapped[bool] = mapped_column(default=False)
    #: Another limit in plain words, never a cause.
    other: Mapped[str] = mapped_column(String(200), default="")
    by_account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))


class StepPlan(PublicId, Owned, Created, Versioned, Base):
    """A graded plan of a placement: agreed by participant and employer before it holds."""

    __tablename__ = "step_plan"
    __table_args__ = owned(
        points_to("participant"),
        points_to("placement"),
        Index("ix_step_plan_placement", "placement_id"),
        Index("ix_step_plan_person", "participant_id"),
        Index("ix_step_plan_end", "program_id", "last_day"),
        CheckConstraint("last_day >= first_day", name="period"),
    )

    id: Mapped[IntPk]
    participant_id: Mapped[int] = mapped_column(BigId)
    placement_id: Mapped[int] = mapped_column(BigId)
    given_by: Mapped[str] = mapped_column(String(120))
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    participant_agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    participant_declined_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    employer_agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Who said yes for the employer.
    employer_agreed_by: Mapped[str] = mapped_column(String(120), default="")
    #: Held by the participant: no shifts until they go on.
    held_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: A graded load ends with a written result.
    result: Mapped[str] = mapped_column(Text, default="")
    result_on: Mapped[date | None] = mapped_column(Date)
    result_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    by_account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))


class PlanStage(PublicId, Owned, Base):
    """A stretch of a plan with its hours; the participant may have reduced them."""

    __tablename__ = "plan_stage"
    __table_args__ = owned(
        points_to("step_plan", "plan_id"),
        UniqueConstraint("plan_id", "position"),
        CheckConstraint("last_day >= first_day", name="period"),
        CheckConstraint("hours_day > 0 AND hours_day <= 24", name="hours_day"),
        CheckConstraint("days_week BETWEEN 1 AND 7", name="days_week"),
        CheckConstraint("reduced_hours_day > 0 AND reduced_hours_day <= hours_day", name="reduced"),
    )

    id: Mapped[IntPk]
    plan_id: Mapped[int] = mapped_column(BigId)
    position: Mapped[int]
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    hours_day: Mapped[float] = mapped_column(Float)
    days_week: Mapped[int]
    #: What the work may be, in plain words: "no till yet".
    words: Mapped[str] = mapped_column(String(200), default="")
    #: Reduced by the participant, from this day on.
    reduced_hours_day: Mapped[float | None] = mapped_column(Float)
    reduced_on: Mapped[date | None] = mapped_column(Date)


class PlanChange(Owned, Created, Base):
    """What the participant did with a plan; no reason is asked."""

    __tablename__ = "plan_change"
    __table_args__ = owned(points_to("step_plan", "plan_id"), Index("ix_plan_change_plan", "plan_id"))

    id: Mapped[IntPk]
    plan_id: Mapped[int] = mapped_column(BigId)
    move: Mapped[PlanMove] = mapped_column(choice(PlanMove, "move"))
    day: Mapped[date] = mapped_column(Date)
    hours_day: Mapped[float | None] = mapped_column(Float)
    by_account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
