"""The program's current scale of support."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from placement.models.programs.scale import SupportLevel, SupportScale


@dataclass(frozen=True, slots=True)
class LevelRow:
    """``rank``: canonical, 0–6; higher is more independent."""

    public_id: str
    id: int
    rank: int
    name: Mapping[str, str]


_CURRENT = (
    select(SupportLevel.public_id, SupportLevel.id, SupportLevel.rank, SupportLevel.name)
    .join(SupportScale, SupportScale.id == SupportLevel.scale_id)
    .where(
        SupportScale.program_id == bindparam("program"),
        SupportScale.number
        == select(func.max(SupportScale.number))
        .where(SupportScale.program_id == bindparam("program"))
        .scalar_subquery(),
    )
    .order_by(SupportLevel.rank.desc())
)


def current_levels(db: Session, program_id: int) -> list[LevelRow]:
    """The levels of the latest version, from alone to most help."""
    return [LevelRow(*row) for row in db.execute(_CURRENT, {"program": program_id})]
