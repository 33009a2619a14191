"""Daily living and job search: tasks practiced outside a shop, and family members who see one of them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

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
    owned,
    points_to,
)

LIVE = text("archived_at IS NULL")


class Practice(PublicId, Owned, Created, Archived, Versioned, Base):
    """A task somebody practices: where they began and where they want to get. Ranks are canonical, 0–6."""

    __tablename__ = "practice"
    __table_args__ = owned(
        points_to("participant"),
        points_to("task"),
        Index("uq_practice_live", "participant_id", "task_id", unique=True, sqlite_where=LIVE, postgresql_where=LIVE),
        CheckConstraint("baseline_rank BETWEEN 0 AND 6", name="baseline"),
        CheckConstraint("target_rank BETWEEN 0 AND 6", name="target"),
    )

    id: Mapped[IntPk]
    participant_id: Mapped[int] = mapped_column(BigId)
    task_id: Mapped[int] = mapped_column(BigId)
    by_account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    baseline_rank: Mapped[int | None]
    baseline_on: Mapped[date | None] = mapped_column(Date)
    target_rank: Mapped[int | None]
    target_on: Mapped[date | None] = mapped_column(Date)
    #: Where and when it is practiced.
    plan: Mapped[str] = mapped_column(Text, default="")


class FamilyLink(PublicId, Owned, Created, Base):
    """The participant's invitation to a family member: one task, write-only.

    The token is HMAC(link key, link id, generation); only its hash is here.
    """

    __tablename__ = "family_link"
    __table_args__ = owned(
        points_to("participant"),
        points_to("rater"),
        points_to("practice"),
        Index("ix_family_link_practice", "practice_id"),
    )

    id: Mapped[IntPk]
    participant_id: Mapped[int] = mapped_column(BigId, index=True)
    rater_id: Mapped[int] = mapped_column(BigId)
    practice_id: Mapped[int] = mapped_column(BigId)
    generation: Mapped[int] = mapped_column(default=1)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class FamilyDevice(PublicId, Owned, Created, Base):
    """A phone that opened the invitation: its cookie's hash."""

    __tablename__ = "family_device"
    __table_args__ = owned(points_to("family_link", "link_id"))

    id: Mapped[IntPk]
    link_id: Mapped[int] = mapped_column(BigId, index=True)
    generation: Mapped[int]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
