""" "Send me a new one": to the known address only, with the same answer for everybody."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from placement.domain.feedback_links import may_send_again
from placement.domain.jobs import JobKind
from placement.domain.sign_in import PER_ADDRESS, WINDOW
from placement.domain.tokens import token_hash, who_hash
from placement.models.accounts.session import SignInAttempt
from placement.models.feedback.link import RaterLink
from placement.models.feedback.rater import Rater
from placement.policy.actor import System
from placement.policy.device import Device
from placement.usecases.effects.cards import move_expiry
from placement.usecases.effects.log import audit, enqueue
from placement.usecases.transaction import Work


def send_new_link(work: Work, address: str, token: str, device: Device | None) -> None:
    """Mail the link behind ``token`` or behind this phone, expired or not, unless it was ended.

    ``address``: the network address that asks. Says nothing about what it found: an unknown link, a rater without an
    address, one that was ended, and one that was sent a moment ago all look the same.
    """
    with work.transaction() as session:
        if _asks_too_often(session, work, address):
            return
        which = RaterLink.token_hash == token_hash(token) if token else None
        if which is None and device is not None:
            which = RaterLink.id == device.link_id
        if which is not None:
            _send(session, work, which)


def _send(session: Session, work: Work, which: ColumnElement[bool]) -> None:
    now = work.clock()
    link = session.scalar(
        select(RaterLink)
        .join(Rater, Rater.id == RaterLink.rater_id)
        .where(which, RaterLink.revoked_at.is_(None), Rater.email != "", Rater.archived_at.is_(None))
        .with_for_update(of=RaterLink)
    )
    if link is None or not may_send_again(link.sent_at, now):
        return
    move_expiry(session, now, link)
    if link.expires_at <= now:
        return
    link.sent_at = now
    enqueue(session, work, JobKind.MAIL_FEEDBACK_LINK, link.program_id, {"link": link.id})
    audit(session, work, System(link.program_id), "rater_link.send_again", "rater_link", link.id)


def _asks_too_often(session: Session, work: Work, address: str) -> bool:
    """Counted in the database, with a keyed hash of the address; a good answer counts as well."""
    who, now = who_hash(work.link_key, "new-link", address), work.clock()
    asked = session.scalar(
        select(func.count())
        .select_from(SignInAttempt)
        .where(SignInAttempt.who_hash == who, SignInAttempt.at > now - WINDOW)
    )
    if (asked or 0) >= PER_ADDRESS:
        return True
    session.add(SignInAttempt(who_hash=who, at=now, succeeded=False))
    return False
