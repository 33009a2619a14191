from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from placement.extensions import Base
from placement.models.base import Archived, BigId, Created, IntPk, Owned, PublicId, UtcDateTime, owned, points_to


class CardLine(PublicId, Owned, Created, Archived, Base):
    """A limit or adjustment for the shop's card of the day ("a break every hour"), shown once the person agrees."""

    __tablename__ = "card_line"
    __table_args__ = owned(points_to("placement"), Index("ix_card_line_placement", "placement_id", "id"))

    id: Mapped[IntPk]
    placement_id: Mapped[int] = mapped_column(BigId)
    text: Mapped[str] = mapped_column(String(120))
    #: When the participant released it for this shop; None: not shown.
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
