from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.support import RaterKind
from placement.extensions import Base
from placement.models.base import Archived, BigId, Created, IntPk, Owned, PublicId, UtcDateTime, choice, owned

WITH_ACCOUNT = text("account_id IS NOT NULL AND archived_at IS NULL")


class Rater(PublicId, Owned, Created, Archived, Base):
    """Somebody who saw the work: with an account or without."""

    __tablename__ = "rater"
    __table_args__ = owned(
        Index(
            "uq_rater_account",
            "program_id",
            "account_id",
            "kind",
            unique=True,
            sqlite_where=WITH_ACCOUNT,
            postgresql_where=WITH_ACCOUNT,
        )
    )

    id: Mapped[IntPk]
    kind: Mapped[RaterKind] = mapped_column(choice(RaterKind, "kind"))
    name: Mapped[str] = mapped_column(String(120))
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"), index=True)
    #: For somebody without an account: where links go ("" for none), and in which language ("": the program's).
    email: Mapped[str] = mapped_column(String(254), default="", server_default="")
    locale: Mapped[str] = mapped_column(String(8), default="", server_default="")
    #: "No more mails."
    mails_off_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
