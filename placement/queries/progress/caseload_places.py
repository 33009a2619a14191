"""Where the people of a caseload are placed now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.domain.fading import FadingState
from placement.domain.placements import PlacementState
from placement.models.contacts.contact import Contact
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.placements.placement import Placement
from placement.models.progress.plan import FadingStep
from placement.models.progress.summary import PlacementSummary
from placement.models.shifts.shift import Shift

RUNNING = (PlacementState.ACTIVE, PlacementState.PAUSED)


def places_of(db: Session, people: Sequence[int], now: datetime) -> Sequence[Any]:
    """Each person's running placement (the latest begun of several), its last step back, and what is missing."""
    owed = (
        select(func.count())
        .where(Shift.placement_id == Placement.id, Shift.feedback_due_at <= now, Shift.cancelled_at.is_(None))
        .correlate(Placement)
        .scalar_subquery()
    )
    contact = (
        select(func.max(Contact.day))
        .where(Contact.participant_id == Placement.participant_id)
        .correlate(Placement)
        .scalar_subquery()
    )
    step = (
        select(func.max(FadingStep.id))
        .where(FadingStep.placement_id == Placement.id, FadingStep.state != FadingState.TAKEN_BACK)
        .correlate(Placement)
        .scalar_subquery()
    )
    return db.execute(
        select(
            Placement.participant_id, Placement.public_id, Placement.last_day, Employer.name.label("employer"),
            Site.name.label("site"), owed.label("owed"), contact.label("last_contact"), FadingStep.share_before,
            FadingStep.share_after, FadingStep.state.label("step_state"), PlacementSummary.shifts_done,
        )
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .outerjoin(PlacementSummary, PlacementSummary.placement_id == Placement.id)
        .outerjoin(FadingStep, FadingStep.id == step)
        .where(Placement.participant_id.in_(people), Placement.state.in_(RUNNING))
        .order_by(Placement.first_day, Placement.id)
    ).all()  # fmt: skip
