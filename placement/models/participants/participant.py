from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Float, ForeignKey, Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.comments import Reads
from placement.domain.participants import ParticipantStatus, TravelMode
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
    WeekMask,
    choice,
    owned,
)

LINKED = text("account_id IS NOT NULL")


class Participant(PublicId, Owned, Created, Archived, Versioned, Base):
    """Somebody who works in shops to grow. Only what placing and following needs; no diagnosis."""

    __tablename__ = "participant"
    __table_args__ = owned(
        Index("ix_participant_list", "program_id", "sort_key", "id"),
        Index("ix_participant_status", "program_id", "status", "sort_key", "id"),
        Index(
            "uq_participant_account",
            "program_id",
            "account_id",
            unique=True,
            sqlite_where=LINKED,
            postgresql_where=LINKED,
        ),
        CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="position"),
        CheckConstraint("travel_limit_km >= 0 AND travel_limit_minutes >= 0", name="travel"),
        CheckConstraint("weekly_hours_limit BETWEEN 0 AND 60", name="weekly_hours"),
    )

    id: Mapped[IntPk]
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"), index=True)
    preferred_name: Mapped[str] = mapped_column(String(80))
    family_name: Mapped[str] = mapped_column(String(80), default="")
    #: Accent-folded "family preferred", for sorting and prefix search.
    sort_key: Mapped[str] = mapped_column(String(170))
    status: Mapped[ParticipantStatus] = mapped_column(choice(ParticipantStatus, "status"))
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    emergency_name: Mapped[str] = mapped_column(String(120), default="")
    emergency_phone: Mapped[str] = mapped_column(String(40), default="")
    home_address: Mapped[str] = mapped_column(Text, default="")
    lat: Mapped[float | None] = mapped_column(Float)
    lon: Mapped[float | None] = mapped_column(Float)
    travel_mode: Mapped[TravelMode] = mapped_column(choice(TravelMode, "travel_mode"), default=TravelMode.TRANSIT)
    travel_limit_km: Mapped[float | None] = mapped_column(Float)
    travel_limit_minutes: Mapped[int | None]
    #: None: not asked yet, which limits nothing.
    availability: Mapped[int | None] = mapped_column(WeekMask)
    weekly_hours_limit: Mapped[float | None] = mapped_column(Float)
    #: Whether their strengths portfolio names the shops; their own choice.
    names_shops: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: When they read what a shop wrote; their own choice.
    reads_comments: Mapped[Reads] = mapped_column(
        choice(Reads, "reads_comments"), default=Reads.AT_ONCE, server_default="at_once"
    )
    #: When everything that need not be kept about this person was removed.
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
