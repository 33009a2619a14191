"""What was decided about suggested levels, so that the same shifts suggest nothing twice."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.proposals import Decision
from placement.models.matching.suggestion import ProfileSuggestion


@dataclass(frozen=True, slots=True)
class Decided:
    """About one trait: ``accepted`` as (instant, level before), oldest first; ``refused``, the latest after those."""

    accepted: tuple[tuple[datetime, int | None], ...] = ()
    refused: tuple[datetime, int] | None = None


def decided(db: Session, owner: Any, ids: Collection[int]) -> dict[tuple[int, int], Decided]:
    """(participant or opening, trait) → what was decided. ``owner``: the column of ``ProfileSuggestion``."""
    rows = db.execute(
        select(
            owner, ProfileSuggestion.trait_id, ProfileSuggestion.decision, ProfileSuggestion.decided_at,
            ProfileSuggestion.from_level, ProfileSuggestion.to_level,
        )
        .where(owner.in_(sorted(ids)), ProfileSuggestion.decision != Decision.OPEN)
        .order_by(ProfileSuggestion.decided_at, ProfileSuggestion.id)
    )  # fmt: skip
    found: dict[tuple[int, int], Decided] = {}
    for key, trait, decision, at, before, level in rows:
        now = found.get((key, trait), Decided())
        if decision is Decision.ACCEPTED:
            found[key, trait] = Decided((*now.accepted, (at, before)))
        else:
            found[key, trait] = Decided(now.accepted, (at, level))
    return found
