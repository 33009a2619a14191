"""The daily log: the participant's own, sealed, and shared only by themself."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.diary import EntryKind
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

A_DAY = text("kind = 'day'")


class DiaryEntry(PublicId, Owned, Created, Versioned, Base):
    """One entry. All of it, mood and energy included, is in the sealed body."""

    __tablename__ = "diary_entry"
    __table_args__ = owned(
        points_to("participant"),
        points_to("occasion"),
        Index("ix_diary_entry_person", "participant_id", "day", "id"),
        Index("uq_diary_entry_day", "participant_id", "day", unique=True, sqlite_where=A_DAY, postgresql_where=A_DAY),
    )

    id: Mapped[IntPk]
    participant_id: Mapped[int] = mapped_column(BigId)
    kind: Mapped[EntryKind] = mapped_column(choice(EntryKind, "kind"))
    day: Mapped[date] = mapped_column(Date)
    #: The shift an expectation is about.
    occasion_id: Mapped[int | None] = mapped_column(BigId)
    #: A JSON object; its fields depend on the kind.
    body_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
