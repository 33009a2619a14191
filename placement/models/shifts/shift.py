from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, Date, ForeignKeyConstraint, Index, Time, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.roles import Role
from placement.extensions import Base
from placement.models.base import BigId, Owned, UtcDateTime, Versioned, choice, points_to

OWED = text("feedback_due_at IS NOT NULL")


class Shift(Owned, Versioned, Base):
    """A planned shift. Shares its key with its occasion, whose instants are derived from the local plan here."""

    __tablename__ = "shift"
    __table_args__ = (
        ForeignKeyConstraint(["program_id", "id"], ["occasion.program_id", "occasion.id"]),
        UniqueConstraint("program_id", "id"),
        points_to("placement"),
        points_to("site"),
        points_to("shift_pattern", "pattern_id"),
        Index("ix_shift_pattern", "pattern_id", "agreed_day"),
        Index("ix_shift_placement", "placement_id", "day"),
        Index("ix_shift_site", "site_id", "day"),
        Index("ix_shift_owed", "program_id", "feedback_due_at", sqlite_where=OWED, postgresql_where=OWED),
        CheckConstraint("actual_end IS NULL OR actual_start IS NOT NULL", name="actual"),
        CheckConstraint("minutes >= 0", name="minutes"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    placement_id: Mapped[int] = mapped_column(BigId)
    site_id: Mapped[int] = mapped_column(BigId)
    day: Mapped[date] = mapped_column(Date)
    start: Mapped[time] = mapped_column(Time)
    end: Mapped[time] = mapped_column(Time)
    start_fold: Mapped[int] = mapped_column(default=0)
    end_fold: Mapped[int] = mapped_column(default=0)
    #: The day as first agreed; it stays when the shift is moved.
    agreed_day: Mapped[date] = mapped_column(Date)
    #: The pattern that made it; None: added by hand.
    pattern_id: Mapped[int | None] = mapped_column(BigId)
    #: With ``agreed_day`` its place in the pattern, when the day has several.
    agreed_start: Mapped[time | None] = mapped_column(Time)
    #: The plan as first made was changed by hand.
    moved: Mapped[bool] = mapped_column(default=False)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: The participant's own word: when they came and left. Kept beside what staff enter.
    check_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    check_out_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    actual_start: Mapped[datetime | None] = mapped_column(UtcDateTime)
    actual_end: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Worked minutes as far as known; None while attendance is unknown or hours are missing.
    minutes: Mapped[int | None]
    #: Who said so last; an entry by staff outranks others.
    attendance_by: Mapped[Role | None] = mapped_column(choice(Role, "attendance_by"))
    #: When feedback falls due (the end of the shift); None once it is here or no longer expected.
    feedback_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
