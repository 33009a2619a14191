"""Who rates at a placement without an account: made, sent, ended and renewed by coordinators."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.addresses import is_address
from placement.domain.errors import NotFound, Refused
from placement.domain.feedback_links import GETS_LINKS, expiry
from placement.domain.jobs import JobKind
from placement.domain.support import RaterKind
from placement.domain.words import say
from placement.models.feedback.link import RaterLink
from placement.models.feedback.rater import Rater
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.cards.device import last_shift_of
from placement.usecases.effects.cards import issue, move_expiry
from placement.usecases.effects.idempotency import again_if_taken, first_answer, keep_answer
from placement.usecases.effects.log import audit, enqueue
from placement.usecases.effects.placements import locked_placement
from placement.usecases.transaction import Work

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class AddRater:
    """``placement``: public id. ``email``: "" for somebody who gets a code to scan. ``send``: mail it at once."""

    placement: str
    key: str
    name: str
    email: str = ""
    locale: str = ""
    send: bool = False


def add_rater(work: Work, actor: Actor, command: AddRater) -> str:
    """A rater with a link to this placement's card; returns the link's public id. The same key adds nobody twice.

    Raises NotFound, Forbidden, KeyReused, and Refused with the field's name.
    """
    return again_if_taken(_add, work, actor, command)


def _add(work: Work, actor: Actor, command: AddRater) -> str:
    name, email = " ".join(command.name.split()), command.email.strip()
    if not 0 < len(name) <= LONGEST_NAME:
        raise Refused(say("Please enter a name."), "name")
    if email and not is_address(email):
        raise Refused(say("Please enter an e-mail address like name@example.org."), "email")
    if command.send and not email:
        raise Refused(say("To send the link by mail, please enter an address."), "email")
    body = {"placement": command.placement, "name": name, "email": email}
    with work.transaction() as session:
        known = first_answer(session, actor, command.key, body)
        if known is not None:
            return str(known["link"])
        placement = locked_placement(session, actor, command.placement)
        ensure(actor, Permission.CARD_MANAGE, Facts(placement.program_id, placement.participant_id))
        _ensure_running(placement)
        now = work.clock()
        rater = Rater(
            program_id=placement.program_id, kind=RaterKind.SUPERVISOR, name=name, email=email, locale=command.locale,
            created_at=now,
        )  # fmt: skip
        session.add(rater)
        session.flush()
        link = RaterLink(
            program_id=placement.program_id, rater_id=rater.id, placement_id=placement.id, created_at=now,
            expires_at=expiry(now, session.scalar(select(last_shift_of(placement.id)))),
        )  # fmt: skip
        session.add(link)
        session.flush()
        issue(work, link)
        if command.send:
            _send(session, work, link)
        audit(session, work, actor, "rater.add", "rater", rater.id, placement_id=placement.id)
        keep_answer(session, work, actor, command.key, body, {"link": link.public_id})
        return link.public_id


def send_link(work: Work, actor: Actor, link: str) -> None:
    """Mail the link (public id) to its rater; it works two weeks from now. Raises NotFound, Forbidden and Refused."""
    with work.transaction() as session:
        row, rater = _link(session, actor, link)
        if not rater.email:
            raise Refused(say("There is no e-mail address. Show or print the code instead."))
        if rater.mails_off_at is not None:
            raise Refused(say("%(name)s wants no mails. Show or print the code instead.", name=rater.name))
        _make_work(session, work, row)
        _send(session, work, row)
        audit(session, work, actor, "rater_link.send", "rater_link", row.id)


def show_code(work: Work, actor: Actor, link: str) -> None:
    """Before a code is shown or printed: the link works, two weeks from now. Raises as :func:`send_link`."""
    with work.transaction() as session:
        row, _ = _link(session, actor, link)
        _make_work(session, work, row)
        audit(session, work, actor, "rater_link.show", "rater_link", row.id)


def end_link(work: Work, actor: Actor, link: str) -> None:
    """The link and every phone it was opened on open nothing any more. Twice changes nothing. Raises NotFound."""
    with work.transaction() as session:
        row, _ = _link(session, actor, link)
        if row.revoked_at is not None and row.token_hash is None:
            return
        row.generation += 1
        row.token_hash, row.revoked_at = None, work.clock()
        audit(session, work, actor, "rater_link.end", "rater_link", row.id)


def renew_link(work: Work, actor: Actor, link: str) -> None:
    """A new link in place of the old one, which ends with its phones. Raises NotFound, Forbidden and Refused."""
    with work.transaction() as session:
        row, _ = _link(session, actor, link)
        _ensure_running(session.get_one(Placement, row.placement_id))
        row.generation += 1
        row.revoked_at = None
        issue(work, row)
        move_expiry(session, work.clock(), row)
        audit(session, work, actor, "rater_link.renew", "rater_link", row.id)


def _link(session: Session, actor: Actor, public_id: str) -> tuple[RaterLink, Rater]:
    row = session.execute(
        select(RaterLink, Rater, Placement.participant_id)
        .join(Rater, Rater.id == RaterLink.rater_id)
        .join(Placement, Placement.id == RaterLink.placement_id)
        .where(RaterLink.public_id == public_id, scope.placements(actor))
        .with_for_update(of=RaterLink)
    ).one_or_none()
    if row is None:
        raise NotFound
    link, rater, participant_id = row
    ensure(actor, Permission.CARD_MANAGE, Facts(link.program_id, participant_id))
    return link, rater


def _make_work(session: Session, work: Work, row: RaterLink) -> None:
    """Colleagues have no token yet; an ended link stays ended until it is renewed."""
    _ensure_running(session.get_one(Placement, row.placement_id))
    if row.revoked_at is not None:
        raise Refused(say("This link was ended. Make a new one first."))
    if row.token_hash is None:
        issue(work, row)
    move_expiry(session, work.clock(), row)
    if row.expires_at <= work.clock():
        raise Refused(say("The last shift is more than a week ago: a link would open nothing."))


def _send(session: Session, work: Work, row: RaterLink) -> None:
    row.sent_at = work.clock()
    enqueue(session, work, JobKind.MAIL_FEEDBACK_LINK, row.program_id, {"link": row.id})


def _ensure_running(placement: Placement) -> None:
    if placement.state not in GETS_LINKS:
        raise Refused(say("Links are for placements that both sides have agreed to, until they end."))
