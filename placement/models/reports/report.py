from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.reports import ReportReader
from placement.extensions import Base
from placement.models.base import BigId, Created, IntPk, Owned, PublicId, UtcDateTime, choice, owned, points_to


class Report(PublicId, Owned, Created, Base):
    """A progress report over a period for one kind of reader. What stands in it is read when it is opened.

    The employer's is only opened to anybody but the participant once the participant has released it.
    """

    __tablename__ = "report"
    __table_args__ = owned(
        points_to("participant"),
        points_to("placement"),
        Index("ix_report_person", "participant_id", "id"),
        CheckConstraint("last_day >= first_day", name="period"),
    )

    id: Mapped[IntPk]
    participant_id: Mapped[int] = mapped_column(BigId)
    #: The employer's report is about one placement.
    placement_id: Mapped[int | None] = mapped_column(BigId)
    reader: Mapped[ReportReader] = mapped_column(choice(ReportReader, "reader"))
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    by_account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
