from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.employer_contacts import EmployerContactKind
from placement.extensions import Base
from placement.models.base import (
    Archived,
    BigId,
    Created,
    IntPk,
    Owned,
    PublicId,
    UtcDateTime,
    choice,
    owned,
    points_to,
)

WAITS = text("follow_up_on IS NOT NULL AND follow_up_done_at IS NULL AND archived_at IS NULL")


class EmployerContact(PublicId, Owned, Created, Archived, Base):
    """Talking with an employer; nothing about a participant stands here."""

    __tablename__ = "employer_contact"
    __table_args__ = owned(
        points_to("employer"),
        Index("ix_employer_contact_list", "employer_id", "day", "id"),
        Index("ix_employer_contact_due", "program_id", "follow_up_on", sqlite_where=WAITS, postgresql_where=WAITS),
        CheckConstraint("follow_up_on IS NULL OR follow_up_on >= day", name="follow_up"),
    )

    id: Mapped[IntPk]
    employer_id: Mapped[int] = mapped_column(BigId)
    day: Mapped[date] = mapped_column(Date)
    kind: Mapped[EmployerContactKind] = mapped_column(choice(EmployerContactKind, "kind"))
    note: Mapped[str] = mapped_column(Text, default="")
    #: When to come back to it; with ``not_now``: until when they take nobody.
    follow_up_on: Mapped[date | None] = mapped_column(Date)
    not_now: Mapped[bool] = mapped_column(default=False)
    follow_up_done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    by_account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
