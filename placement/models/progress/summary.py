"""Rows the writer keeps so that pages never aggregate history. ``progress rebuild`` makes them anew."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, Float, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.verdict import Trend
from placement.extensions import Base
from placement.models.base import BigId, Owned, UtcDateTime, choice, points_to

SLIPPING = text("trend = 'needs_more_help'")


class TaskSummary(Owned, Base):
    """Per participant and task; the fields are ``domain.summaries.TaskSummary``."""

    __tablename__ = "task_summary"
    __table_args__ = (
        points_to("participant"),
        points_to("task"),
        Index("ix_task_summary_slipping", "program_id", sqlite_where=SLIPPING, postgresql_where=SLIPPING),
    )

    participant_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    task_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    count: Mapped[int]
    alone_count: Mapped[int]
    first_rank: Mapped[int]
    first_at: Mapped[datetime] = mapped_column(UtcDateTime)
    first_day: Mapped[date] = mapped_column(Date)
    last_rank: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_day: Mapped[date] = mapped_column(Date)
    last_occasion: Mapped[int] = mapped_column(BigId)
    best_rank: Mapped[int]
    run_alone: Mapped[int]
    best_run: Mapped[int]
    #: What the latest stretch says, since when, and what it rests on, as in ``domain.verdict.Verdict``.
    trend: Mapped[Trend] = mapped_column(choice(Trend, "trend"), default=Trend.TOO_EARLY, server_default="too_early")
    trend_since: Mapped[date | None] = mapped_column(Date)
    trend_nap: Mapped[float | None] = mapped_column(Float)
    trend_size: Mapped[int] = mapped_column(default=0, server_default="0")
    trend_rated: Mapped[int] = mapped_column(default=0, server_default="0")
    trend_shifts: Mapped[int] = mapped_column(default=0, server_default="0")


class TaskWeek(Owned, Base):
    """Median rank of a task in a week (Monday to Sunday)."""

    __tablename__ = "task_week"
    __table_args__ = (
        points_to("participant"),
        points_to("task"),
        # The last weeks of a person, whatever the history before them.
        Index("ix_task_week_recent", "participant_id", "monday"),
    )

    participant_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    task_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    monday: Mapped[date] = mapped_column(Date, primary_key=True)
    median: Mapped[float] = mapped_column(Float)
    rated: Mapped[int]


class PlacementSummary(Owned, Base):
    """Per placement; the fields are those of ``domain.summaries.PlacementSummary`` that no clock moves."""

    __tablename__ = "placement_summary"
    __table_args__ = (points_to("placement"),)

    placement_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    minutes_worked: Mapped[int] = mapped_column(default=0)
    shifts_planned: Mapped[int] = mapped_column(default=0)
    shifts_done: Mapped[int] = mapped_column(default=0)
    shifts_open: Mapped[int] = mapped_column(default=0)
    shifts_absent: Mapped[int] = mapped_column(default=0)
    shifts_excused: Mapped[int] = mapped_column(default=0)
    first_shift_day: Mapped[date | None] = mapped_column(Date)
    last_shift_day: Mapped[date | None] = mapped_column(Date)
