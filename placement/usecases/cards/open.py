"""A phone is let in by a link, and forgotten again."""

from __future__ import annotations

import secrets

from sqlalchemy import select

from placement.domain.errors import LinkEnded
from placement.domain.feedback_links import DEVICE_LIFE
from placement.domain.tokens import token_hash
from placement.models.feedback.link import RaterDevice, RaterLink
from placement.policy.actor import System
from placement.policy.device import Device
from placement.queries.cards.device import open_link
from placement.usecases.effects.cards import known_device
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


def let_in(work: Work, token: str) -> str:
    """Remember this phone for the link behind ``token``; returns the secret for its cookie.

    The link is not used up. Raises LinkEnded for a link that is unknown, ended or expired.
    """
    now = work.clock()
    with work.transaction() as session:
        link = open_link(session, token_hash(token), now)
        if link is None:
            raise LinkEnded
        # Held until the phone is written: a link that is being ended lets nobody slip in.
        held = session.scalar(
            select(RaterLink.generation)
            .where(RaterLink.id == link.id, RaterLink.revoked_at.is_(None))
            .with_for_update(key_share=True)
        )
        if held != link.generation:
            raise LinkEnded
        secret = secrets.token_urlsafe(32)
        device = RaterDevice(
            program_id=link.program_id,
            link_id=link.id,
            generation=link.generation,
            token_hash=token_hash(secret),
            created_at=now,
            expires_at=now + DEVICE_LIFE,
        )
        session.add(device)
        session.flush()
        audit(session, work, System(link.program_id), "card.open", "rater_device", device.id, link_id=link.id)
    return secret


def forget_device(work: Work, device: Device) -> None:
    """ "Not my phone": its cookie opens nothing any more. Twice changes nothing."""
    with work.transaction() as session:
        try:
            known = known_device(session, work, device)
        except LinkEnded:
            return
        session.get_one(RaterDevice, known.id).revoked_at = work.clock()
        audit(session, work, known, "card.forget", "rater_device", known.id)
