"""What a participant brings and wants: pure link rows of the profile."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.participants import Wish
from placement.extensions import Base
from placement.models.base import BigId, Owned, choice, points_to


class Ability(Owned, Base):
    """0–5 on a trait; no row means unknown, which is not 0."""

    __tablename__ = "ability"
    __table_args__ = (
        points_to("participant"),
        points_to("trait"),
        CheckConstraint("level BETWEEN 0 AND 5", name="level"),
    )

    participant_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    trait_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    level: Mapped[int]


class TaskWish(Owned, Base):
    __tablename__ = "task_wish"
    __table_args__ = (points_to("participant"), points_to("task"))

    participant_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    task_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    wish: Mapped[Wish] = mapped_column(choice(Wish, "wish"))


class EmployerWish(Owned, Base):
    __tablename__ = "employer_wish"
    __table_args__ = (points_to("participant"), points_to("employer"))

    participant_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    employer_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    wish: Mapped[Wish] = mapped_column(choice(Wish, "wish"))


class EmployerExclusion(Owned, Base):
    """Never match with this employer, and why. The reason stays with staff."""

    __tablename__ = "employer_exclusion"
    __table_args__ = (
        points_to("participant"),
        points_to("employer"),
        Index("ix_employer_exclusion_employer", "employer_id"),
    )

    participant_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    employer_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    reason: Mapped[str] = mapped_column(Text, default="")


class Need(Owned, Base):
    """An accommodation the participant cannot do without."""

    __tablename__ = "need"
    __table_args__ = (points_to("participant"), points_to("accommodation"))

    participant_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    accommodation_id: Mapped[int] = mapped_column(BigId, primary_key=True)
