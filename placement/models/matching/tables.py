"""What a program knows beyond profiles: travel times, employers' rankings."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from placement.extensions import Base
from placement.models.base import BigId, Owned, points_to


class TravelMinutes(Owned, Base):
    """Door-to-door minutes one way, from a timetable; goes before the estimate by distance."""

    __tablename__ = "travel_minutes"
    __table_args__ = (
        points_to("participant"),
        points_to("site"),
        CheckConstraint("minutes BETWEEN 0 AND 1440", name="minutes"),
    )

    participant_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    site_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    minutes: Mapped[int]


class OpeningRank(Owned, Base):
    """An employer's own order of the people for an opening, 1 first. Only stable matching asks for it."""

    __tablename__ = "opening_rank"
    __table_args__ = (
        points_to("opening"),
        points_to("participant"),
        CheckConstraint("rank >= 1", name="rank"),
    )

    opening_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    participant_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    rank: Mapped[int]
