"""How long somebody needs to shops, as far as the program knows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from placement.models.employers.employer import Employer, Site
from placement.models.matching.tables import TravelMinutes
from placement.policy.actor import Actor
from placement.queries.employers.conditions import found_by
from placement.queries.scope import in_program

#: Shops a search offers at once.
MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class WayLine:
    """``minutes`` one way, None where only a search found the shop."""

    public_id: str
    name: str
    employer: str
    city: str
    minutes: int | None


def ways(db: Session, actor: Actor, person: int, search: str = "") -> list[WayLine]:
    """Shops with known minutes of this person, and some of those the search finds; by name."""
    known = TravelMinutes.minutes.is_not(None)
    wanted: ColumnElement[bool] = known
    if search:
        wanted = or_(known, found_by(Site.sort_key, search), found_by(Employer.sort_key, search))
    rows: Any = db.execute(
        select(Site.public_id, Site.name, Employer.name, Site.city, TravelMinutes.minutes)
        .join(Employer, Employer.id == Site.employer_id)
        .outerjoin(TravelMinutes, and_(TravelMinutes.site_id == Site.id, TravelMinutes.participant_id == person))
        .where(in_program(actor, Site.program_id), or_(known, Site.archived_at.is_(None)), wanted)
        .order_by(TravelMinutes.minutes.is_(None), Employer.sort_key, Site.sort_key, Site.id)
        .limit(300)
    )
    lines = [WayLine(*row) for row in rows]
    found = [line for line in lines if line.minutes is None]
    return [line for line in lines if line.minutes is not None] + found[:MOST_FOUND]
