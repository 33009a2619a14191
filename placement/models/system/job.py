from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.jobs import JobKind
from placement.extensions import Base
from placement.models.base import BigId, Created, IntPk, Json, PublicId, UtcDateTime, choice, table

WAITING = text("done_at IS NULL AND dead_at IS NULL")
DEAD = text("dead_at IS NOT NULL")


class Job(PublicId, Created, Base):
    """The outbox: kind and ids only, never text or tokens. Written in the business transaction."""

    __tablename__ = "job"
    __table_args__ = table(
        Index("ix_job_waiting", "run_after", sqlite_where=WAITING, postgresql_where=WAITING),
        Index("ix_job_dead", "dead_at", sqlite_where=DEAD, postgresql_where=DEAD),
    )

    id: Mapped[IntPk]
    kind: Mapped[JobKind] = mapped_column(choice(JobKind, "kind"))
    program_id: Mapped[int | None] = mapped_column(BigId)
    #: What must be done only once ("feedback_owed:<shift>:<rater>:1"), so that asking twice adds nothing.
    once: Mapped[str | None] = mapped_column(String(120), unique=True)
    refs: Mapped[dict[str, Any]] = mapped_column(Json)
    run_after: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    #: A claim that is older than the worker's patience may be taken over.
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    dead_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Class of the last error, never its text.
    last_error: Mapped[str] = mapped_column(String(80), default="")


class IdempotencyKey(Created, Base):
    """The first answer to a client's key: same key and body gives it again, another body is a conflict."""

    __tablename__ = "idempotency_key"
    __table_args__ = table(
        UniqueConstraint("account_id", "key"),
        UniqueConstraint("rater_id", "key"),
        CheckConstraint("(account_id IS NULL) <> (rater_id IS NULL)", name="one_sender"),
    )

    id: Mapped[IntPk]
    account_id: Mapped[int | None] = mapped_column(BigId)
    #: Somebody without an account.
    rater_id: Mapped[int | None] = mapped_column(BigId)
    key: Mapped[str] = mapped_column(String(40))
    body_hash: Mapped[str] = mapped_column(String(64))
    answer: Mapped[dict[str, Any]] = mapped_column(Json)
