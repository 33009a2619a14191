"""That a card was seen: phones have no account, so the audit log says which phone it was."""

from __future__ import annotations

from placement.policy.device import Device
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


def record_card_read(work: Work, device: Device) -> None:
    """One row, committed before the response."""
    with work.transaction() as session:
        audit(session, work, device, "card.read", "participant", device.participant_id)
