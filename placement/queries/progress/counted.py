"""Which observations count: for milestones, summaries and charts."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_

from placement.domain.support import RaterKind
from placement.models.feedback.observation import Observation
from placement.models.feedback.rater import Rater


def counting(participant_id: int) -> ColumnElement[bool]:
    """Those of somebody (joined with their rater): current, attempted, by somebody other than the participant."""
    return and_(
        Observation.participant_id == participant_id,
        Observation.replaced_at.is_(None),
        Observation.rank.is_not(None),
        Rater.kind != RaterKind.SELF,
    )
