"""Worry and accidents from a phone's queue: told once, however often they arrive, and never lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from placement.domain.errors import LinkEnded, Refused
from placement.domain.feedback_links import HeldReason, may_deliver
from placement.policy.device import Device
from placement.usecases.effects.cards import card_occasion, known_device
from placement.usecases.effects.held import hold, is_held
from placement.usecases.effects.idempotency import again_if_taken, first_answer, keep_answer
from placement.usecases.effects.told import Told, body_of, teller_of, write_down
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class DeliverTold:
    """``key``: the phone's UUID for this entry. ``began_at``: begun when, by the phone."""

    key: str
    told: Told
    began_at: datetime | None = None


def deliver_told(work: Work, device: Device, command: DeliverTold, body: Mapping[str, Any]) -> bool:
    """True once it is written down, False where it is kept whole (``body``) for a coordinator to look at.

    Raises LinkEnded only for a phone that is not known any more, KeyReused, and TooMany.
    """
    if is_held(work, device, command.key, body):
        return False
    try:
        again_if_taken(_deliver, work, device, command)
    except LinkEnded:
        hold(work, device, command.key, body, None)
    except Refused:
        hold(work, device, command.key, body, HeldReason.REFUSED)
    else:
        return True
    return False


def _deliver(work: Work, device: Device, command: DeliverTold) -> None:
    body = body_of(command.told)
    with work.transaction() as session:
        device = known_device(session, work, device)
        if first_answer(session, device, command.key, body) is not None:
            return
        if not may_deliver(device.standing, command.began_at, work.clock(), device.expires_at):
            raise LinkEnded
        occasion = card_occasion(session, device, command.told.shift)
        write_down(session, work, device, teller_of(device), command.told, occasion)
        keep_answer(session, work, device, command.key, body, {})
