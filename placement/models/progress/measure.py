"""Numbers that are not support, drawn beside the spine."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Float, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.measures import MeasureKind, Unit
from placement.extensions import Base
from placement.models.base import Archived, BigId, Created, IntPk, Owned, PublicId, choice, owned, points_to


class MeasureItem(PublicId, Owned, Created, Archived, Base):
    """What is measured of somebody."""

    __tablename__ = "measure_item"
    __table_args__ = owned(points_to("participant"))

    id: Mapped[IntPk]
    participant_id: Mapped[int] = mapped_column(BigId, index=True)
    kind: Mapped[MeasureKind] = mapped_column(choice(MeasureKind, "kind"))
    name: Mapped[str] = mapped_column(String(120))
    unit: Mapped[Unit] = mapped_column(choice(Unit, "unit"))
    #: False for what should become less, such as errors.
    more_is_better: Mapped[bool] = mapped_column(default=True)
    by_account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))


class Measure(Owned, Created, Base):
    """One value of an item on a day; None where it was to be measured and was not."""

    __tablename__ = "measure"
    __table_args__ = owned(
        points_to("measure_item", "item_id"),
        Index("uq_measure_day", "item_id", "day", unique=True),
    )

    id: Mapped[IntPk]
    item_id: Mapped[int] = mapped_column(BigId)
    day: Mapped[date] = mapped_column(Date)
    value: Mapped[float | None] = mapped_column(Float)
    #: Name of the phase it belongs to, "" for none.
    phase: Mapped[str] = mapped_column(String(80), default="")
