from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from placement.extensions import Base
from placement.models.base import BigId, Created, IntPk, Owned, PublicId, Words, owned, points_to


class SupportScale(PublicId, Owned, Created, Base):
    """A version of the program's scale of support. Versions never change; a new one replaces the last."""

    __tablename__ = "support_scale"
    __table_args__ = owned(UniqueConstraint("program_id", "number"))

    id: Mapped[IntPk]
    number: Mapped[int] = mapped_column(Integer)


class SupportLevel(PublicId, Owned, Base):
    """One level in words, with the canonical rank 0–6 that rules compare (6 = independent)."""

    __tablename__ = "support_level"
    __table_args__ = owned(
        points_to("support_scale", "scale_id"),
        CheckConstraint("rank BETWEEN 0 AND 6", name="rank"),
        Index("uq_support_level_rank", "scale_id", "rank", unique=True),
    )

    id: Mapped[IntPk]
    scale_id: Mapped[int] = mapped_column(BigId)
    rank: Mapped[int] = mapped_column(Integer)
    name: Mapped[Words]
