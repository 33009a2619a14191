"""Who answers on a card."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.models.feedback.rater import Rater
from placement.policy.device import Device
from placement.queries import scope


def names_of_colleagues(db: Session, device: Device) -> list[tuple[str, str]]:
    """Public id and name of everybody who answered on this card as a colleague."""
    rows = db.execute(select(Rater.public_id, Rater.name).where(scope.card_colleagues(device)).order_by(Rater.id))
    return [(public_id, name) for public_id, name in rows]
