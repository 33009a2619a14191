from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.proposals import Mark, RunState
from placement.extensions import Base
from placement.models.base import BigId, Created, IntPk, Json, Owned, PublicId, Versioned, choice, owned, points_to


class MatchRun(PublicId, Owned, Created, Versioned, Base):
    """A solved cohort. A run keeps its problem, so that any pair can be scored again when looked at."""

    __tablename__ = "match_run"
    __table_args__ = owned(
        points_to("match_run", "from_run_id"),
        Index("ix_match_run_list", "program_id", "created_at", "id"),
        CheckConstraint("progress BETWEEN 0 AND 100", name="progress"),
    )

    id: Mapped[IntPk]
    name: Mapped[str] = mapped_column(String(120))
    state: Mapped[RunState] = mapped_column(choice(RunState, "state"), default=RunState.DRAFT)
    created_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    #: ``domain.matching.problem.Problem`` as JSON.
    problem: Mapped[dict[str, Any]] = mapped_column(Json)
    people: Mapped[int]
    places: Mapped[int]
    placed: Mapped[int]
    #: Sum of fits in basis points.
    total_fit: Mapped[int]
    #: Whether the result passed the check of its mode.
    proved_best: Mapped[bool]
    #: The draft this one was made from, if any.
    from_run_id: Mapped[int | None] = mapped_column(BigId)
    #: Percent done while it is being solved.
    progress: Mapped[int] = mapped_column(default=100, server_default="100")
    #: Lowest fit among those placed, not counting pairs kept by hand.
    worst_fit: Mapped[int | None]
    #: ``Say`` as JSON: why it could not be solved.
    failure: Mapped[dict[str, Any] | None] = mapped_column(Json)


class Proposal(PublicId, Owned, Base):
    """One row per person of a run: the pair, or why there is none."""

    __tablename__ = "proposal"
    __table_args__ = owned(
        points_to("match_run", "run_id"),
        points_to("participant"),
        points_to("opening"),
        Index("uq_proposal_person", "run_id", "participant_id", unique=True),
        CheckConstraint("fit BETWEEN 0 AND 10000", name="fit"),
    )

    id: Mapped[IntPk]
    run_id: Mapped[int] = mapped_column(BigId)
    participant_id: Mapped[int] = mapped_column(BigId, index=True)
    opening_id: Mapped[int | None] = mapped_column(BigId, index=True)
    fit: Mapped[int | None]
    #: Factor → points in basis points; they sum to ``fit``.
    parts: Mapped[dict[str, int] | None] = mapped_column(Json)
    #: Share in basis points that the weakest factor earned of its weight.
    weakest: Mapped[int | None]
    #: How many others of the run could have had this opening.
    contested: Mapped[int | None]
    #: Straight distance in kilometers; None where a position is not known.
    km: Mapped[float | None]
    #: ``Say`` as JSON for somebody left out.
    reason: Mapped[dict[str, Any] | None] = mapped_column(Json)
    mark: Mapped[Mark] = mapped_column(choice(Mark, "mark"), default=Mark.FREE)


class MatchBan(Owned, Created, Base):
    """A pair the coordinator took out of a run."""

    __tablename__ = "match_ban"
    __table_args__ = (points_to("match_run", "run_id"), points_to("participant"), points_to("opening"))

    run_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    participant_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    opening_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    reason: Mapped[str] = mapped_column(Text, default="")


class MatchForce(Owned, Created, Base):
    """A pair that is kept although a rule or the minimum fit stands against it, and why."""

    __tablename__ = "match_force"
    __table_args__ = (points_to("match_run", "run_id"), points_to("participant"), points_to("opening"))

    run_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    participant_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    opening_id: Mapped[int] = mapped_column(BigId)
    reason: Mapped[str] = mapped_column(Text)
