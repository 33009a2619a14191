from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.proposals import Decision
from placement.extensions import Base
from placement.models.base import BigId, Created, IntPk, Json, Owned, PublicId, UtcDateTime, choice, owned, points_to

OPEN = text("decision = 'open'")


class ProfileSuggestion(PublicId, Owned, Created, Base):
    """What was seen at work speaks for another level of a trait: of a person's ability, or of an opening's need.

    Nothing changes before a person accepts it. At most one is open for each person or opening and trait.
    """

    __tablename__ = "profile_suggestion"
    __table_args__ = owned(
        points_to("participant"),
        points_to("opening"),
        points_to("trait"),
        Index(
            "uq_profile_suggestion_ability",
            "participant_id",
            "trait_id",
            unique=True,
            sqlite_where=text("decision = 'open' AND opening_id IS NULL"),
            postgresql_where=text("decision = 'open' AND opening_id IS NULL"),
        ),
        Index(
            "uq_profile_suggestion_requirement",
            "opening_id",
            "trait_id",
            unique=True,
            sqlite_where=text("decision = 'open' AND participant_id IS NULL"),
            postgresql_where=text("decision = 'open' AND participant_id IS NULL"),
        ),
        Index("ix_profile_suggestion_open", "program_id", "id", sqlite_where=OPEN, postgresql_where=OPEN),
        CheckConstraint("(participant_id IS NULL) <> (opening_id IS NULL)", name="about_one"),
        CheckConstraint("from_level BETWEEN 0 AND 5", name="from_level"),
        CheckConstraint("to_level BETWEEN 0 AND 5", name="to_level"),
    )

    id: Mapped[IntPk]
    #: Whose ability; None where it is about an opening.
    participant_id: Mapped[int | None] = mapped_column(BigId, index=True)
    #: Whose requirement; None where it is about a person.
    opening_id: Mapped[int | None] = mapped_column(BigId, index=True)
    trait_id: Mapped[int] = mapped_column(BigId)
    #: None: not known before.
    from_level: Mapped[int | None]
    to_level: Mapped[int]
    #: ``Say`` as JSON: what was seen.
    evidence: Mapped[dict[str, Any]] = mapped_column(Json)
    decision: Mapped[Decision] = mapped_column(choice(Decision, "decision"), default=Decision.OPEN)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
