from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.placements import Answer, PlacementKind, PlacementState, StepKind
from placement.extensions import Base
from placement.models.base import (
    BigId,
    Created,
    IntPk,
    Json,
    Owned,
    PublicId,
    UtcDateTime,
    Versioned,
    WeekMask,
    choice,
    owned,
    points_to,
)

OCCUPYING = text("state IN ('proposed', 'offered', 'accepted', 'active', 'paused')")


class Placement(PublicId, Owned, Created, Versioned, Base):
    """A participant in an opening, from the proposal to the end."""

    __tablename__ = "placement"
    __table_args__ = owned(
        points_to("participant"),
        points_to("opening"),
        points_to("match_run", "run_id"),
        Index("ix_placement_list", "program_id", "state", "first_day", "id"),
        Index("ix_placement_ending", "program_id", "last_day"),
        # A person is in one opening at most once at a time.
        Index(
            "uq_placement_live",
            "opening_id",
            "participant_id",
            unique=True,
            sqlite_where=OCCUPYING,
            postgresql_where=OCCUPYING,
        ),
        CheckConstraint("last_day IS NULL OR last_day >= first_day", name="period"),
        CheckConstraint("fit BETWEEN 0 AND 10000", name="fit"),
    )

    id: Mapped[IntPk]
    participant_id: Mapped[int] = mapped_column(BigId, index=True)
    opening_id: Mapped[int] = mapped_column(BigId, index=True)
    run_id: Mapped[int | None] = mapped_column(BigId)
    kind: Mapped[PlacementKind] = mapped_column(choice(PlacementKind, "kind"), default=PlacementKind.INTERNSHIP)
    state: Mapped[PlacementState] = mapped_column(choice(PlacementState, "state"), default=PlacementState.PROPOSED)
    fit: Mapped[int | None]
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date | None] = mapped_column(Date)
    #: The agreed weekly pattern, local time of the site; starts as the opening's.
    pattern: Mapped[int] = mapped_column(WeekMask)
    answer: Mapped[Answer | None] = mapped_column(choice(Answer, "answer"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: With "not now": when to ask again.
    ask_again_on: Mapped[date | None] = mapped_column(Date)
    #: What the shop may know before it decides (``domain.sharing.Share``); empty until the participant says so.
    shared: Mapped[list[str]] = mapped_column(Json, default=list, server_default="[]")
    #: The participant's own words about the proposal, for the people who accompany them.
    likes: Mapped[str] = mapped_column(Text, default="", server_default="")
    worries: Mapped[str] = mapped_column(Text, default="", server_default="")
    #: Why staff placed them against a rule of the matching; empty for everybody else.
    force_reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    note: Mapped[str] = mapped_column(Text, default="")


class PlacementMove(Owned, Base):
    """Every change of state: from, to, when, by whom."""

    __tablename__ = "placement_move"
    __table_args__ = owned(points_to("placement"))

    id: Mapped[IntPk]
    placement_id: Mapped[int] = mapped_column(BigId, index=True)
    from_state: Mapped[PlacementState | None] = mapped_column(choice(PlacementState, "from_state"))
    to_state: Mapped[PlacementState] = mapped_column(choice(PlacementState, "to_state"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    note: Mapped[str] = mapped_column(Text, default="")


class PlacementStep(PublicId, Owned, Created, Base):
    """A dated step (first meeting, review, reference …): a step, not a state."""

    __tablename__ = "placement_step"
    __table_args__ = owned(points_to("placement"), Index("ix_placement_step_due", "program_id", "due_on"))

    id: Mapped[IntPk]
    placement_id: Mapped[int] = mapped_column(BigId, index=True)
    kind: Mapped[StepKind] = mapped_column(choice(StepKind, "kind"))
    due_on: Mapped[date] = mapped_column(Date)
    done_on: Mapped[date | None] = mapped_column(Date)
    note: Mapped[str] = mapped_column(Text, default="")
