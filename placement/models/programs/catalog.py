"""The program's own words: traits, tasks, accommodations."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.occasions import Audience
from placement.extensions import Base
from placement.models.base import (
    Archived,
    BigId,
    IntPk,
    Owned,
    PublicId,
    Versioned,
    Words,
    choice,
    owned,
    points_to,
)

LIVE = text("archived_at IS NULL")


class Trait(PublicId, Owned, Archived, Versioned, Base):
    """An ability of a person and a demand of an opening, both 0–5."""

    __tablename__ = "trait"
    __table_args__ = owned(
        Index("uq_trait_live_key", "program_id", "key", unique=True, sqlite_where=LIVE, postgresql_where=LIVE)
    )

    id: Mapped[IntPk]
    key: Mapped[str] = mapped_column(String(60))
    name: Mapped[Words]
    sentence: Mapped[Words]
    low: Mapped[Words]
    high: Mapped[Words]


class Task(PublicId, Owned, Archived, Versioned, Base):
    """Something a person can be seen doing, with more or less help."""

    __tablename__ = "task"
    __table_args__ = owned(
        Index("uq_task_live_key", "program_id", "key", unique=True, sqlite_where=LIVE, postgresql_where=LIVE),
        points_to("participant"),
        CheckConstraint("audience = 'program' OR participant_id IS NOT NULL", name="private_has_person"),
    )

    id: Mapped[IntPk]
    key: Mapped[str] = mapped_column(String(60))
    area: Mapped[str] = mapped_column(String(60))
    name: Mapped[Words]
    sentence: Mapped[Words]
    audience: Mapped[Audience] = mapped_column(choice(Audience, "audience"), default=Audience.PROGRAM)
    #: Only for a task that belongs to one participant.
    participant_id: Mapped[int | None] = mapped_column(BigId)


class TaskStep(Owned, Base):
    """One step of a task analysis, in order."""

    __tablename__ = "task_step"
    __table_args__ = owned(points_to("task"))

    id: Mapped[IntPk]
    task_id: Mapped[int] = mapped_column(BigId, index=True)
    position: Mapped[int] = mapped_column(Integer)
    name: Mapped[Words]


class TaskTrait(Owned, Base):
    """An ability that a task calls on."""

    __tablename__ = "task_trait"
    __table_args__ = (points_to("task"), points_to("trait"))

    task_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    trait_id: Mapped[int] = mapped_column(BigId, primary_key=True)


class Accommodation(PublicId, Owned, Archived, Versioned, Base):
    """Something a person needs in a shop, or a shop offers."""

    __tablename__ = "accommodation"
    __table_args__ = owned(
        Index("uq_accommodation_live_key", "program_id", "key", unique=True, sqlite_where=LIVE, postgresql_where=LIVE)
    )

    id: Mapped[IntPk]
    key: Mapped[str] = mapped_column(String(60))
    name: Mapped[Words]


class RequirementProfile(PublicId, Owned, Base):
    """A ready set of requirements, e.g. from O*NET, to start an opening from."""

    __tablename__ = "requirement_profile"
    __table_args__ = owned(
        Index("uq_requirement_profile_code", "program_id", "source", "code", unique=True),
    )

    id: Mapped[IntPk]
    source: Mapped[str] = mapped_column(String(60))
    code: Mapped[str] = mapped_column(String(40))
    title: Mapped[Words]


class RequirementProfileTrait(Owned, Base):
    __tablename__ = "requirement_profile_trait"
    __table_args__ = (
        points_to("requirement_profile", "profile_id"),
        points_to("trait"),
        CheckConstraint("level BETWEEN 0 AND 5", name="level"),
        CheckConstraint("weight BETWEEN 1 AND 5", name="weight"),
    )

    profile_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    trait_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    level: Mapped[int] = mapped_column(Integer)
    weight: Mapped[int] = mapped_column(Integer)
