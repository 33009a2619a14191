"""A new version of the scale of support. Versions never change, so what was rated keeps its words and its rank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from placement.domain.catalog import checked_words
from placement.domain.errors import Refused, Stale
from placement.domain.support import CanonicalRank
from placement.domain.words import say
from placement.models.programs.scale import SupportLevel, SupportScale
from placement.policy.actor import Actor
from placement.usecases.effects.entries import ensure_catalog
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class LevelWords:
    """``rank``: canonical, 0–6."""

    rank: int
    words: Mapping[str, str]


def check_levels(levels: tuple[LevelWords, ...], locale: str) -> dict[int, dict[str, str]]:
    """Rank → wording, most independent first. Raises Refused (field levels)."""
    ranks = [level.rank for level in levels]
    if any(not 0 <= rank <= CanonicalRank.INDEPENDENT for rank in ranks):
        raise Refused(say("Please choose for each level how much help it means."), "levels")
    if len(set(ranks)) != len(ranks):
        raise Refused(say("Two levels mean the same help. Please keep one of them."), "levels")
    if len(ranks) < 2 or CanonicalRank.INDEPENDENT not in ranks:
        raise Refused(say("A scale needs at least two levels, and one of them is: alone."), "levels")
    try:
        return {
            level.rank: checked_words(level.words, locale, "name")
            for level in sorted(levels, key=lambda one: -one.rank)
        }
    except Refused as error:
        raise Refused(error.reason, "levels") from error


def new_scale(work: Work, actor: Actor, seen: int, levels: tuple[LevelWords, ...]) -> int:
    """Replace version ``seen`` of the scale; returns the new version's number. Raises Stale, Refused (field levels)."""
    ensure_catalog(actor)
    words = check_levels(levels, actor.program_locale)
    try:
        with work.transaction() as session:
            mine = SupportScale.program_id == actor.program
            latest = session.scalar(select(func.max(SupportScale.number)).where(mine)) or 0
            if latest != seen:
                raise Stale(latest, {})
            scale = SupportScale(program_id=actor.program, number=latest + 1, created_at=work.clock())
            session.add(scale)
            session.flush()
            for rank, name in words.items():
                session.add(SupportLevel(program_id=actor.program, scale_id=scale.id, rank=rank, name=name))
            audit(session, work, actor, "programs.new_scale", "support_scale", scale.id, ranks=list(words))
            return scale.number
    except IntegrityError as error:
        raise Stale(seen + 1, {}) from error
