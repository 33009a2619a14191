"""Keeping plans within work limits and graded plans, and telling the same day when more was worked."""

from __future__ import annotations

from sqlalchemy.orm import Session

from placement.domain.clashes import ensure_within
from placement.domain.shifts import PlannedTime
from placement.queries.limits.beside import standing_beside
from placement.queries.limits.rules import rules_of
from placement.queries.shifts.preview import ToPlan


def ensure_allowed(session: Session, plan: ToPlan, planned: PlannedTime, but: int | None = None) -> None:
    """Refuse a shift past limits or plan, with the reason; ``but``: the shift that leaves its place for it."""
    rules = rules_of(session, plan.participant_id).of(plan.id, plan.kind)
    ensure_within(planned, standing_beside(session, plan.participant_id, plan.id, planned.day, but), rules)
