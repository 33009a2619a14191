""" "Send me a new one": to the known address only, with the same answer for everybody."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from placement.domain.feedback_links import WITH_CARD, may_send_again
from placement.domain.jobs import JobKind
from placement.domain.sign_in import PER_ADDRESS, WINDOW
from placement.domain.tokens import rater_link_token, token_hash, who_hash
from placement.models.accounts.session import SignInAttempt
from placement.models.feedback.link import RaterLink
from placement.models.feedback.rater import Rater
from placement.models.placements.placement import Placement
from placement.policy.actor import System
from placement.policy.device import Device
from placement.usecases.effects.cards import move_expiry
from placement.usecases.effects.log import audit, enqueue
from placement.usecases.transaction import Work


def send_new_link(work: Work, address: str, token: str, device: Device | None) -> None:
    """Mail the link behind ``token`` or behind this phone as it is now, expired or not, unless it was ended.

    A token that was replaced by a new link brings the new one.

    ``address``: the network address that asks. Says nothing about what it found: an unknown link, a rater without an
    address, one that was ended, and one that was sent a moment ago all look the same.
    """
    with work.transaction() as session:
        if _asks_too_often(session, work, address):
            return
        link_id = _link_of(session, work, token) if token else None
        if link_id is None and device is not None:
            link_id = device.link_id
        if link_id is not None:
            _send(session, work, RaterLink.id == link_id)


def _link_of(session: Session, work: Work, token: str) -> int | None:
    """The link a token is or was good for, by its key; one statement or two.

    Old tokens are not stored. They are made again for the few links that were renewed and still stand; the limit on
    how often somebody asks bounds this.
    """
    hashed = token_hash(token)
    found = session.scalar(select(RaterLink.id).where(RaterLink.token_hash == hashed))
    if found is not None:
        return found
    renewed = session.execute(
        select(RaterLink.id, RaterLink.generation)
        .join(Placement, Placement.id == RaterLink.placement_id)
        .where(RaterLink.generation > 1, RaterLink.revoked_at.is_(None), Placement.state.in_(sorted(WITH_CARD)))
    )
    return next((key for key, generation in renewed if _was(work, key, generation, hashed)), None)


def _was(work: Work, link_id: int, generation: int, hashed: str) -> bool:
    """Whether an earlier generation of a link had the token with this hash."""
    return any(token_hash(rater_link_token(work.link_key, link_id, old)) == hashed for old in range(1, generation))


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
