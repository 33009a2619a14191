from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from placement.extensions import Base
from placement.models.base import BigId, Created, IntPk, PublicId, UtcDateTime, table


class SignInSession(PublicId, Created, Base):
    """A signed-in device. The cookie holds the token, this row only its hash."""

    __tablename__ = "session"
    __table_args__ = table()

    id: Mapped[IntPk]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"), index=True)
    #: The active program; None for somebody who runs the site and belongs to none.
    program_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("program.id"))
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Browser family in plain words, e.g. "Firefox, Android"; never the whole header.
    device: Mapped[str] = mapped_column(String(80), default="")


class SignInAttempt(Base):
    """Counted in the database, since memory counters are per process. Hashes only."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = table(Index("ix_sign_in_attempt_who", "who_hash", "at"))

    id: Mapped[IntPk]
    #: HMAC of the e-mail key or of the network address.
    who_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    succeeded: Mapped[bool] = mapped_column(Boolean)
