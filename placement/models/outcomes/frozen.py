from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from placement.extensions import Base
from placement.models.base import BigId, Created, IntPk, Json, Owned, PublicId, owned


class FrozenReport(PublicId, Owned, Created, Base):
    """The figures of a period as they were on a day. Numbers and words only: nobody can be found in it."""

    __tablename__ = "frozen_report"
    __table_args__ = owned(
        Index("ix_frozen_report_list", "program_id", "id"),
        CheckConstraint("last_day >= first_day", name="period"),
    )

    id: Mapped[IntPk]
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    #: The day it says it was made on.
    as_of: Mapped[date] = mapped_column(Date)
    figures: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    by_account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
