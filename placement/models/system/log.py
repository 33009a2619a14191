"""Who changed and who read what. Ids without foreign keys, so that erasing a person keeps them readable.

Triggers (see ``models/triggers.py``) refuse UPDATE and DELETE on both tables.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from placement.extensions import Base
from placement.models.base import BigId, IntPk, Json, UtcDateTime, table


class Audit(Base):
    """A change, written in its own transaction. Never the content."""

    __tablename__ = "audit"
    __table_args__ = table(Index("ix_audit_subject", "program_id", "subject", "subject_id"))

    id: Mapped[IntPk]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    program_id: Mapped[int | None] = mapped_column(BigId)
    account_id: Mapped[int | None] = mapped_column(BigId)
    #: e.g. "feedback.submit".
    action: Mapped[str] = mapped_column(String(60))
    #: Table name and id of what changed.
    subject: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[int] = mapped_column(BigId)
    #: Ids, states and field names, never values of a person.
    detail: Mapped[dict[str, Any]] = mapped_column(Json)
    request_id: Mapped[str] = mapped_column(String(40))


class AccessLog(Base):
    """A read of a person's record, committed before the response."""

    __tablename__ = "access_log"
    __table_args__ = table(Index("ix_access_log_person", "participant_id", "at"))

    id: Mapped[IntPk]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    program_id: Mapped[int | None] = mapped_column(BigId)
    account_id: Mapped[int] = mapped_column(BigId)
    #: None for lists and the day page, which name the page alone.
    participant_id: Mapped[int | None] = mapped_column(BigId)
    #: The endpoint, e.g. "progress.show".
    page: Mapped[str] = mapped_column(String(60))
    request_id: Mapped[str] = mapped_column(String(40))


class Seal(Base):
    """A link of the HMAC chain over a stretch of one log."""

    __tablename__ = "seal"
    __table_args__ = table(Index("uq_seal_end", "log", "last_id", unique=True))

    id: Mapped[IntPk]
    log: Mapped[str] = mapped_column(String(20))
    last_id: Mapped[int] = mapped_column(BigId)
    rows: Mapped[int]
    mac: Mapped[str] = mapped_column(String(64))
    #: [id, start of the chain's value after this row] for each row sealed, so that a check can name the first bad one.
    marks: Mapped[list[list[Any]]] = mapped_column(Json)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
