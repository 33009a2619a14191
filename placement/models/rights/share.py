"""What a participant shows of their own words, to whom, and until when."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.shares import ShareKind
from placement.extensions import Base
from placement.models.base import BigId, Created, IntPk, Owned, PublicId, UtcDateTime, choice, owned, points_to

STANDING = text("withdrawn_at IS NULL")


class Share(PublicId, Owned, Created, Base):
    """One reader may read one thing, or a kind of thing from a day on; over at once when withdrawn."""

    __tablename__ = "share"
    __table_args__ = owned(
        points_to("participant"),
        points_to("diary_entry", "entry_id"),
        points_to("activity"),
        points_to("reflection"),
        Index("ix_share_person", "participant_id", "id"),
        Index("ix_share_reader", "reader_account_id", sqlite_where=STANDING, postgresql_where=STANDING),
    )

    id: Mapped[IntPk]
    participant_id: Mapped[int] = mapped_column(BigId)
    kind: Mapped[ShareKind] = mapped_column(choice(ShareKind, "kind"))
    entry_id: Mapped[int | None] = mapped_column(BigId)
    activity_id: Mapped[int | None] = mapped_column(BigId)
    reflection_id: Mapped[int | None] = mapped_column(BigId)
    reader_account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    #: For a kind: entries from this day on.
    since_day: Mapped[date | None] = mapped_column(Date)
    #: By when the reader reads it, as the participant was told; None: no promise.
    read_by: Mapped[date | None] = mapped_column(Date)
    first_read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
