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
    __table_args__ = owned(Index("ix_match_run_list", "program_id", "created_at", "id"))

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
    proved_best: Mapped[bool]


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
