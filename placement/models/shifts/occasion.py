from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.occasions import OccasionKind
from placement.domain.shifts import Attendance
from placement.extensions import Base
from placement.models.base import BigId, Created, IntPk, Owned, PublicId, UtcDateTime, choice, owned, points_to

OWN_DAY = text("kind = 'own_day'")


class Occasion(PublicId, Owned, Created, Base):
    """The root of the spine: somebody can be seen doing tasks here."""

    __tablename__ = "occasion"
    __table_args__ = owned(
        UniqueConstraint("program_id", "id", "participant_id"),
        points_to("participant"),
        Index("ix_occasion_person", "participant_id", "starts_at"),
        Index("ix_occasion_day", "program_id", "local_day"),
        # What somebody practices by themself on a day is one occasion.
        Index(
            "uq_occasion_own_day",
            "participant_id",
            "local_day",
            unique=True,
            sqlite_where=OWN_DAY,
            postgresql_where=OWN_DAY,
        ),
        CheckConstraint("ends_at > starts_at", name="length"),
    )

    id: Mapped[IntPk]
    participant_id: Mapped[int] = mapped_column(BigId)
    kind: Mapped[OccasionKind] = mapped_column(choice(OccasionKind, "kind"))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    zone: Mapped[str] = mapped_column(String(64))
    local_day: Mapped[date] = mapped_column(Date)
    attendance: Mapped[Attendance] = mapped_column(choice(Attendance, "attendance"), default=Attendance.UNKNOWN)
