"""What every change made with a link or a phone shares: who is asking now, which shift, and how long the link lasts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import LinkEnded, NotFound
from placement.domain.feedback_links import DEVICE_LIFE, expiry
from placement.domain.tokens import rater_link_token, token_hash
from placement.models.feedback.link import RaterDevice, RaterLink
from placement.models.feedback.rater import Rater
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.device import Device
from placement.policy.facts import Facts
from placement.queries import scope
from placement.queries.cards.device import last_shift_of, same_device
from placement.usecases.effects.shifts import Found
from placement.usecases.transaction import Work


class ShiftGone(NotFound):
    """The shift is not on this placement, or not any more."""


def known_device(session: Session, work: Work, device: Device) -> Device:
    """The phone as it stands in this transaction, its link held. Raises LinkEnded once it was forgotten."""
    session.execute(
        select(RaterLink.id).where(RaterLink.id == device.link_id).with_for_update(key_share=True)
    ).one_or_none()
    now = same_device(session, device, work.clock())
    if now is None:
        raise LinkEnded
    return now


def open_device(session: Session, work: Work, device: Device) -> Device:
    """The same, for what only an open link may do. Raises LinkEnded."""
    now = known_device(session, work, device)
    if not now.opens:
        raise LinkEnded
    return now


def find_card_shift(session: Session, device: Device, public_id: str) -> Found:
    """The shift behind a public id, locked with its occasion. Raises ShiftGone if it isn't on this card."""
    row = session.execute(
        select(Shift, Occasion)
        .join(Occasion, Occasion.id == Shift.id)
        .where(Occasion.public_id == public_id, scope.card_shifts(device))
        .with_for_update(of=[Shift, Occasion], key_share=True)
    ).one_or_none()
    if row is None:
        raise ShiftGone
    shift, occasion = row
    return Found(shift, occasion, Facts(shift.program_id, occasion.participant_id, shift.site_id, current=True))


def card_occasion(session: Session, device: Device, shift: str) -> int | None:
    """The key of one of the card's shifts (public id), None for "" and for any other."""
    if not shift:
        return None
    return session.scalar(
        select(Shift.id)
        .join(Occasion, Occasion.id == Shift.id)
        .where(Occasion.public_id == shift, scope.card_shifts(device))
    )


def rater_of(session: Session, device: Device, colleague: str) -> Rater:
    """Who answers: the link's rater, or a colleague on the same card (public id). Raises NotFound."""
    if not colleague:
        return session.get_one(Rater, device.rater_id)
    found = session.scalar(select(Rater).where(Rater.public_id == colleague, scope.card_colleagues(device)))
    if found is None:
        raise NotFound
    return found


def move_expiry(session: Session, now: datetime, link: RaterLink) -> None:
    """Each feedback and each mail that carries the link lets it last longer, until a week after the last shift."""
    link.expires_at = expiry(now, session.scalar(select(last_shift_of(link.placement_id))))


def remember_longer(session: Session, now: datetime, device: Device) -> None:
    """A phone in use stays let in, and so does its link."""
    move_expiry(session, now, session.get_one(RaterLink, device.link_id))
    session.get_one(RaterDevice, device.id).expires_at = now + DEVICE_LIFE


def issue(work: Work, link: RaterLink) -> str:
    """The link's token; its hash is what is kept. The same as long as the generation is."""
    token = rater_link_token(work.link_key, link.id, link.generation)
    link.token_hash = token_hash(token)
    return token
