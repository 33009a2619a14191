from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.events import EventKind
from placement.domain.milestones import RuleKind
from placement.extensions import Base
from placement.models.base import (
    Archived,
    BigId,
    Created,
    IntPk,
    Json,
    Owned,
    PublicId,
    UtcDateTime,
    Words,
    choice,
    owned,
    points_to,
)

UNTOLD = text("withdrawn_at IS NOT NULL AND seen_at IS NOT NULL AND told_at IS NULL")


class MilestoneRule(PublicId, Owned, Created, Archived, Base):
    """One version of a rule; versions never change. ``archived_at`` ends a version, it withdraws nothing."""

    __tablename__ = "milestone_rule"
    __table_args__ = owned(
        UniqueConstraint("program_id", "key", "number"),
        CheckConstraint("percent BETWEEN 1 AND 100", name="percent"),
        points_to("participant"),
        points_to("task"),
        CheckConstraint("occasions >= 1 AND raters >= 1 AND amount >= 0", name="counts"),
        CheckConstraint("NOT chosen OR participant_id IS NOT NULL", name="chosen_has_person"),
    )

    id: Mapped[IntPk]
    key: Mapped[str] = mapped_column(String(60))
    number: Mapped[int]
    kind: Mapped[RuleKind] = mapped_column(choice(RuleKind, "kind"))
    percent: Mapped[int] = mapped_column(default=90)
    occasions: Mapped[int] = mapped_column(default=3)
    raters: Mapped[int] = mapped_column(default=1)
    amount: Mapped[int] = mapped_column(default=0)
    name: Mapped[Words]
    #: Only for this participant; None: for everybody in the program.
    participant_id: Mapped[int | None] = mapped_column(BigId, index=True)
    #: Only for this task.
    task_id: Mapped[int | None] = mapped_column(BigId)
    #: The participant chose it themself.
    chosen: Mapped[bool] = mapped_column(default=False, server_default=false())


class Milestone(PublicId, Owned, Created, Base):
    """Reached under a rule version, with its evidence. Corrections withdraw; nothing is deleted."""

    __tablename__ = "milestone"
    __table_args__ = owned(
        points_to("participant"),
        points_to("milestone_rule", "rule_id"),
        points_to("task"),
        points_to("placement"),
        points_to("goal"),
        Index("ix_milestone_person", "participant_id", "reached_at"),
        Index("ix_milestone_recent", "program_id", "reached_on"),
        Index("ix_milestone_untold", "program_id", sqlite_where=UNTOLD, postgresql_where=UNTOLD),
    )

    id: Mapped[IntPk]
    participant_id: Mapped[int] = mapped_column(BigId)
    rule_id: Mapped[int] = mapped_column(BigId)
    task_id: Mapped[int | None] = mapped_column(BigId)
    placement_id: Mapped[int | None] = mapped_column(BigId)
    goal_id: Mapped[int | None] = mapped_column(BigId)
    reached_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reached_on: Mapped[date] = mapped_column(Date)
    #: Ids of the occasions that prove it.
    evidence: Mapped[list[int]] = mapped_column(Json)
    #: The participant's first personal page after it was stored.
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Somebody told the participant that it was withdrawn; until then their page keeps it.
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))


class ChartEvent(PublicId, Owned, Created, Base):
    """Something that stands as a phase line on the chart."""

    __tablename__ = "chart_event"
    __table_args__ = owned(
        points_to("participant"), points_to("task"), Index("ix_chart_event_person", "participant_id", "day")
    )

    id: Mapped[IntPk]
    participant_id: Mapped[int] = mapped_column(BigId)
    kind: Mapped[EventKind] = mapped_column(choice(EventKind, "kind"))
    day: Mapped[date] = mapped_column(Date)
    #: Only for an event of one task.
    task_id: Mapped[int | None] = mapped_column(BigId)
    text: Mapped[str] = mapped_column(String(80), default="")
