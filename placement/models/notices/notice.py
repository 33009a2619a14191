from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.notices import Found, NoticeKind
from placement.extensions import Base
from placement.models.base import (
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

OPEN = text("done_at IS NULL")


class Notice(PublicId, Owned, Created, Versioned, Base):
    """Something a person of the program should know and take care of; closed by whoever did."""

    __tablename__ = "notice"
    __table_args__ = owned(
        points_to("participant"),
        points_to("placement"),
        points_to("occasion"),
        points_to("rater"),
        Index("ix_notice_open", "program_id", "id", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_notice_person", "participant_id", "id"),
        # One item for each missed shift, link or comment, however often it is said.
        Index("uq_notice_subject", "program_id", "subject", unique=True),
        CheckConstraint("done_at IS NOT NULL OR done_by_id IS NULL", name="done"),
    )

    id: Mapped[IntPk]
    kind: Mapped[NoticeKind] = mapped_column(choice(NoticeKind, "kind"))
    #: What it is about, e.g. "did_not_come:<shift>"; None where the same may be said again.
    subject: Mapped[str | None] = mapped_column(String(80))
    participant_id: Mapped[int] = mapped_column(BigId)
    placement_id: Mapped[int | None] = mapped_column(BigId)
    occasion_id: Mapped[int | None] = mapped_column(BigId)
    #: Who said so: a rater, or an account; neither means the app (feedback missing).
    rater_id: Mapped[int | None] = mapped_column(BigId)
    from_account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    #: Only for this person; None: for every coordinator.
    to_account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"), index=True)
    text: Mapped[str] = mapped_column(Text, default="")
    #: How the place was, 1 (bad) to 5 (good).
    feeling: Mapped[int | None]
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    found: Mapped[Found | None] = mapped_column(choice(Found, "found"))
    outcome: Mapped[str] = mapped_column(Text, default="")
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))


class Incident(PublicId, Owned, Created, Versioned, Base):
    """An accident or near miss in a shop."""

    __tablename__ = "incident"
    __table_args__ = owned(
        points_to("participant"),
        points_to("placement"),
        points_to("occasion"),
        points_to("rater"),
        Index("ix_incident_open", "program_id", "report_due_on"),
    )

    id: Mapped[IntPk]
    participant_id: Mapped[int] = mapped_column(BigId, index=True)
    placement_id: Mapped[int | None] = mapped_column(BigId)
    occasion_id: Mapped[int | None] = mapped_column(BigId)
    rater_id: Mapped[int | None] = mapped_column(BigId)
    by_account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    what: Mapped[str] = mapped_column(Text)
    injury: Mapped[str] = mapped_column(Text, default="")
    first_aid: Mapped[str] = mapped_column(Text, default="")
    witness: Mapped[str] = mapped_column(Text, default="")
    #: Who was told.
    told: Mapped[str] = mapped_column(Text, default="")
    report_due_on: Mapped[date] = mapped_column(Date)
    reported_on: Mapped[date | None] = mapped_column(Date)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(Text, default="")
