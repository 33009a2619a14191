"""What a phone delivered and could not be taken as it came: kept whole until a coordinator has looked at it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.domain.errors import KeyReused, Refused, TooMany
from placement.domain.feedback_links import MOST_HELD, HeldReason, Standing
from placement.domain.notices import NoticeKind, subject_of
from placement.domain.words import say
from placement.models.feedback.link import HeldEntry
from placement.policy.device import Device
from placement.usecases.effects.cards import card_occasion, known_device
from placement.usecases.effects.log import audit
from placement.usecases.effects.notices import raise_notice
from placement.usecases.transaction import Work


def is_held(work: Work, device: Device, key: str, body: Mapping[str, Any]) -> bool:
    """Whether this very entry waits for a coordinator already. Raises KeyReused if another one does under its key."""
    with work.reading() as session:
        known = session.scalar(select(HeldEntry.body).where(HeldEntry.link_id == device.link_id, HeldEntry.key == key))
    if known is not None and known != body:
        raise KeyReused
    return known is not None


def hold(work: Work, device: Device, key: str, body: Mapping[str, Any], reason: HeldReason | None) -> None:
    """Keep an entry (``body``, with its ``shift``'s public id) and tell a coordinator, in a transaction of its own.

    ``reason`` None: what the link has come to says why. Twice changes nothing. Raises LinkEnded for a phone that is not
    known any more, Refused for an odd key, and TooMany.
    """
    if not 8 <= len(key) <= 40:
        raise Refused(say("Something is missing. Please open the page again."))
    with work.transaction() as session:
        device = known_device(session, work, device)
        if reason is None:
            ended = device.standing is Standing.ENDED
            reason = HeldReason.LINK_ENDED if ended else HeldReason.AFTER_EXPIRY
        mine = HeldEntry.link_id == device.link_id
        if session.scalar(select(HeldEntry.id).where(mine, HeldEntry.key == key)) is not None:
            return
        if (session.scalar(select(func.count()).select_from(HeldEntry).where(mine)) or 0) >= MOST_HELD:
            raise TooMany(minutes=60)
        entry = HeldEntry(
            program_id=device.program_id,
            link_id=device.link_id,
            occasion_id=card_occasion(session, device, body["shift"]),
            key=key,
            body=dict(body),
            reason=reason.value,
            created_at=work.clock(),
        )
        session.add(entry)
        session.flush()
        audit(session, work, device, "feedback.hold", "held_entry", entry.id, reason=reason.value)
        _tell(session, work, device, entry)


def _tell(session: Session, work: Work, device: Device, entry: HeldEntry) -> None:
    raise_notice(
        session,
        work,
        kind=NoticeKind.HELD_FEEDBACK,
        participant_id=device.participant_id,
        program_id=device.program_id,
        placement_id=device.placement_id,
        occasion_id=entry.occasion_id,
        rater_id=device.rater_id,
        subject=subject_of(NoticeKind.HELD_FEEDBACK, entry.id),
    )
