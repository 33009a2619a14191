from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Date, Index
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.patterns import Holidays
from placement.extensions import Base
from placement.models.base import (
    Archived,
    BigId,
    Created,
    IntPk,
    Json,
    Owned,
    PublicId,
    Versioned,
    choice,
    owned,
    points_to,
)


class ShiftPattern(PublicId, Owned, Created, Archived, Versioned, Base):
    """When a placement's shifts are, from one day to another; a change from a date ends one row and begins the next."""

    __tablename__ = "shift_pattern"
    __table_args__ = owned(
        points_to("placement"),
        Index("ix_shift_pattern_placement", "placement_id", "first_day"),
        CheckConstraint("last_day IS NULL OR last_day >= first_day", name="period"),
        CheckConstraint("every_weeks BETWEEN 1 AND 8", name="every_weeks"),
    )

    id: Mapped[IntPk]
    placement_id: Mapped[int] = mapped_column(BigId)
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date | None] = mapped_column(Date)
    #: 1: each week; counted from the week of ``first_day``.
    every_weeks: Mapped[int] = mapped_column(default=1)
    #: [[weekday 0–6, "HH:MM", "HH:MM"], …], local to the site; an end not after the start is on the next day.
    times: Mapped[list[list[object]]] = mapped_column(Json)
    holidays: Mapped[Holidays] = mapped_column(choice(Holidays, "holidays"), default=Holidays.OFF)
    #: Shifts exist up to and including this day; the worker goes on from here.
    planned_until: Mapped[date | None] = mapped_column(Date)
