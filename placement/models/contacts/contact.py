from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.contacts import ContactKind
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

FOLLOW_UP = text("follow_up_on IS NOT NULL AND follow_up_done_at IS NULL")


class Contact(PublicId, Owned, Created, Versioned, Base):
    """Time somebody on the staff gave to a participant: who, whom, when, how long, what for."""

    __tablename__ = "contact"
    __table_args__ = owned(
        points_to("participant"),
        points_to("shift"),
        Index("ix_contact_person", "participant_id", "day", "id"),
        Index("ix_contact_follow_up", "program_id", "follow_up_on", sqlite_where=FOLLOW_UP, postgresql_where=FOLLOW_UP),
        CheckConstraint("minutes BETWEEN 1 AND 1440", name="minutes"),
    )

    id: Mapped[IntPk]
    participant_id: Mapped[int] = mapped_column(BigId)
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"), index=True)
    shift_id: Mapped[int | None] = mapped_column(BigId, index=True)
    day: Mapped[date] = mapped_column(Date)
    minutes: Mapped[int]
    kind: Mapped[ContactKind] = mapped_column(choice(ContactKind, "kind"))
    #: For staff; the participant may ask to read it.
    note: Mapped[str] = mapped_column(Text, default="")
    follow_up_on: Mapped[date | None] = mapped_column(Date)
    follow_up_done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
