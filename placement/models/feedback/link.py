"""How somebody without an account reaches the form: a link, the phones it was opened on, what had to wait."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from placement.extensions import Base
from placement.models.base import BigId, Created, IntPk, Json, Owned, PublicId, UtcDateTime, owned, points_to

WAITING = text("resolved_at IS NULL")


class RaterLink(PublicId, Owned, Created, Base):
    """One rater, one placement. The token is HMAC(link key, link id, generation); only its hash is here."""

    __tablename__ = "rater_link"
    __table_args__ = owned(points_to("rater"), points_to("placement"), UniqueConstraint("rater_id", "placement_id"))

    id: Mapped[IntPk]
    rater_id: Mapped[int] = mapped_column(BigId)
    placement_id: Mapped[int] = mapped_column(BigId, index=True)
    generation: Mapped[int] = mapped_column(default=1)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: When "send me a new one" was last answered, so that it can't be used to flood somebody.
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RaterDevice(PublicId, Owned, Created, Base):
    """A phone that opened the link: its cookie's hash."""

    __tablename__ = "rater_device"
    __table_args__ = owned(points_to("rater_link", "link_id"))

    id: Mapped[IntPk]
    link_id: Mapped[int] = mapped_column(BigId, index=True)
    #: The link's generation when the phone was let in; an older one is no longer let in.
    generation: Mapped[int]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class HeldEntry(PublicId, Owned, Created, Base):
    """What a phone delivered and could not be taken: kept whole, for a coordinator to look at."""

    __tablename__ = "held_entry"
    __table_args__ = owned(
        points_to("rater_link", "link_id"),
        points_to("occasion"),
        UniqueConstraint("link_id", "key"),
        Index("ix_held_entry_waiting", "program_id", "id", sqlite_where=WAITING, postgresql_where=WAITING),
    )

    id: Mapped[IntPk]
    link_id: Mapped[int] = mapped_column(BigId)
    occasion_id: Mapped[int | None] = mapped_column(BigId)
    key: Mapped[str] = mapped_column(String(40))
    body: Mapped[dict[str, Any]] = mapped_column(Json)
    #: Why it waits: a short code, put in words by ``domain.feedback_links``.
    reason: Mapped[str] = mapped_column(String(40))
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    resolved_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    taken: Mapped[bool | None]
