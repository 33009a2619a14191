"""Creative and play work: what it was meant for, and the participant's own words about it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Index, LargeBinary, String, Text
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


class Activity(PublicId, Owned, Created, Archived, Versioned, Base):
    """Something made or played on a day."""

    __tablename__ = "activity"
    __table_args__ = owned(
        points_to("participant"),
        points_to("occasion"),
        Index("ix_activity_person", "participant_id", "day", "id"),
        CheckConstraint("minutes BETWEEN 0 AND 1440", name="minutes"),
    )

    id: Mapped[IntPk]
    participant_id: Mapped[int] = mapped_column(BigId)
    #: The group or one-to-one session it was part of.
    occasion_id: Mapped[int | None] = mapped_column(BigId)
    day: Mapped[date] = mapped_column(Date)
    name: Mapped[str] = mapped_column(String(120))
    meant_for: Mapped[str] = mapped_column(Text, default="")
    minutes: Mapped[int | None]
    by_account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    #: The participant's words; read by others only where they share it.
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    words_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Reflection(PublicId, Owned, Created, Base):
    """What an abstract picture is for somebody. Kept only while their consent stands."""

    __tablename__ = "reflection"
    __table_args__ = owned(
        points_to("participant"), points_to("activity"), Index("ix_reflection_person", "participant_id", "id")
    )

    id: Mapped[IntPk]
    participant_id: Mapped[int] = mapped_column(BigId)
    activity_id: Mapped[int | None] = mapped_column(BigId)
    #: Draws the same picture again.
    seed: Mapped[int] = mapped_column(BigInteger)
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
