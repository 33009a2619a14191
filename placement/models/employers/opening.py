from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Date, Float, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.openings import OpeningState
from placement.extensions import Base
from placement.models.base import (
    Archived,
    BigId,
    Created,
    IntPk,
    Owned,
    PublicId,
    Versioned,
    WeekMask,
    choice,
    owned,
    points_to,
)


class Opening(PublicId, Owned, Created, Archived, Versioned, Base):
    """What a site offers: a role with places, a period and a weekly pattern."""

    __tablename__ = "opening"
    __table_args__ = owned(
        points_to("site"),
        Index("ix_opening_list", "program_id", "sort_key", "id"),
        CheckConstraint("capacity >= 1", name="capacity"),
        CheckConstraint("filled BETWEEN 0 AND capacity", name="filled"),
        CheckConstraint("last_day IS NULL OR last_day >= first_day", name="period"),
    )

    id: Mapped[IntPk]
    site_id: Mapped[int] = mapped_column(BigId, index=True)
    role: Mapped[str] = mapped_column(String(120))
    #: Accent-folded "role employer city".
    sort_key: Mapped[str] = mapped_column(String(400))
    description: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[OpeningState] = mapped_column(choice(OpeningState, "state"), default=OpeningState.OPEN)
    capacity: Mapped[int]
    #: Places taken, moved only by one atomic UPDATE together with a placement's state.
    filled: Mapped[int] = mapped_column(default=0)
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date | None] = mapped_column(Date)
    #: The weekly shift pattern, local time of the site.
    pattern: Mapped[int] = mapped_column(WeekMask)
    #: None: the whole pattern.
    minimum_weekly_hours: Mapped[float | None] = mapped_column(Float)


class OpeningRequirement(Owned, Base):
    __tablename__ = "opening_requirement"
    __table_args__ = (
        points_to("opening"),
        points_to("trait"),
        CheckConstraint("level BETWEEN 0 AND 5", name="level"),
        CheckConstraint("weight BETWEEN 1 AND 5", name="weight"),
    )

    opening_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    trait_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    level: Mapped[int]
    weight: Mapped[int]


class OpeningTask(Owned, Base):
    __tablename__ = "opening_task"
    __table_args__ = (points_to("opening"), points_to("task"))

    opening_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    task_id: Mapped[int] = mapped_column(BigId, primary_key=True)


class OpeningAccommodation(Owned, Base):
    __tablename__ = "opening_accommodation"
    __table_args__ = (points_to("opening"), points_to("accommodation"))

    opening_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    accommodation_id: Mapped[int] = mapped_column(BigId, primary_key=True)
