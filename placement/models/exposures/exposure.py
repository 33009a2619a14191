"""Graded exposure: the participant's and their assigned therapist's alone."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from placement.extensions import Base
from placement.models.base import BigId, Created, IntPk, Owned, PublicId, UtcDateTime, Versioned, owned, points_to


class ExposureStep(PublicId, Owned, Created, Versioned, Base):
    """A feared situation on somebody's ladder, lowest position first. Dropped by the participant without a reason."""

    __tablename__ = "exposure_step"
    __table_args__ = owned(
        points_to("participant"),
        Index("ix_exposure_step_person", "participant_id", "position"),
        CheckConstraint("expected BETWEEN 0 AND 100", name="expected"),
    )

    id: Mapped[IntPk]
    participant_id: Mapped[int] = mapped_column(BigId)
    by_account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    position: Mapped[int]
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    #: How much fear it makes by itself, 0–100, as first told.
    expected: Mapped[int | None]
    reached_on: Mapped[date | None] = mapped_column(Date)
    dropped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ExposureTry(PublicId, Owned, Created, Versioned, Base):
    """One time somebody faced it: fear 0–100 predicted, at its peak and at the end; minutes."""

    __tablename__ = "exposure_try"
    __table_args__ = owned(
        points_to("exposure_step", "step_id"),
        points_to("participant"),
        points_to("occasion"),
        Index("ix_exposure_try_step", "step_id", "day"),
        Index("ix_exposure_try_person", "participant_id", "day"),
        CheckConstraint("predicted BETWEEN 0 AND 100", name="predicted"),
        CheckConstraint("peak BETWEEN 0 AND 100", name="peak"),
        CheckConstraint("at_end BETWEEN 0 AND 100", name="at_end"),
        CheckConstraint("minutes BETWEEN 0 AND 1440", name="minutes"),
    )

    id: Mapped[IntPk]
    step_id: Mapped[int] = mapped_column(BigId)
    participant_id: Mapped[int] = mapped_column(BigId)
    #: The shift that carries it; neither shop nor coordinator sees that it does.
    occasion_id: Mapped[int | None] = mapped_column(BigId)
    day: Mapped[date] = mapped_column(Date)
    predicted: Mapped[int | None]
    peak: Mapped[int | None]
    at_end: Mapped[int | None]
    minutes: Mapped[int | None]
    #: JSON: what I did to feel safe, what I learned.
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    #: None: planned.
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
