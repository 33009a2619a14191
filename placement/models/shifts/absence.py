from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.absences import BusySource
from placement.domain.feeds import FeedKind
from placement.extensions import Base
from placement.models.base import BigId, Created, IntPk, Owned, PublicId, UtcDateTime, choice, owned, points_to


class Busy(PublicId, Owned, Created, Base):
    """A time at which a participant can't work, and nothing about why."""

    __tablename__ = "busy"
    __table_args__ = owned(
        points_to("participant"),
        Index("ix_busy_person", "participant_id", "starts_at"),
        CheckConstraint("ends_at > starts_at", name="length"),
    )

    id: Mapped[IntPk]
    participant_id: Mapped[int] = mapped_column(BigId)
    source: Mapped[BusySource] = mapped_column(choice(BusySource, "source"))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))


class CalendarFeed(PublicId, Owned, Created, Base):
    """A secret address that hands out planned shifts to a calendar; only the token's hash is here."""

    __tablename__ = "calendar_feed"
    __table_args__ = owned(points_to("participant"), points_to("rater"), points_to("site"))

    id: Mapped[IntPk]
    kind: Mapped[FeedKind] = mapped_column(choice(FeedKind, "kind"))
    participant_id: Mapped[int | None] = mapped_column(BigId, index=True)
    rater_id: Mapped[int | None] = mapped_column(BigId, index=True)
    site_id: Mapped[int | None] = mapped_column(BigId, index=True)
    by_account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    generation: Mapped[int] = mapped_column(default=1)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    #: Whether the shop's name stands in the calendar.
    names_site: Mapped[bool] = mapped_column(default=False)
    locale: Mapped[str] = mapped_column(String(8))
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
