"""What a shop tells from the card besides feedback: worry, an accident, and that somebody else is in charge now."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import LinkEnded
from placement.domain.notices import NoticeKind, subject_of
from placement.models.feedback.link import RaterLink
from placement.models.feedback.rater import Rater
from placement.models.notices.notice import Notice
from placement.policy.device import Device
from placement.queries.cards.device import same_device
from placement.usecases.effects.cards import card_occasion, known_device, open_device
from placement.usecases.effects.colleagues import named_colleague
from placement.usecases.effects.log import audit
from placement.usecases.effects.notices import raise_notice
from placement.usecases.effects.told import Told, teller_of, write_down
from placement.usecases.transaction import Work

#: How long a tap can be taken back on the page that answers it.
UNDO = timedelta(hours=1)


def tell(work: Work, device: Device, told: Told) -> None:
    """ "I'm worried" and "accident": a coordinator and who looks after the participant hear of it.

    The same again within an hour changes nothing. Raises LinkEnded, Refused with the field's name, and TooMany.
    """
    with work.transaction() as session:
        device = open_device(session, work, device)
        write_down(session, work, device, teller_of(device), told, card_occasion(session, device, told.shift))


def no_longer_mine(work: Work, device: Device) -> None:
    """ "Not my intern any more": the link ends, and a coordinator hears of it. Raises LinkEnded."""
    with work.transaction() as session:
        device = open_device(session, work, device)
        session.get_one(RaterLink, device.link_id).revoked_at = work.clock()
        _notice(session, work, device, NoticeKind.NOT_MINE)
        audit(session, work, device, "card.not_mine", "rater_link", device.link_id)


def mine_after_all(work: Work, device: Device) -> None:
    """That tap was a mistake: the link lives again for a phone that ended it itself a moment ago. Raises LinkEnded."""
    now = work.clock()
    with work.transaction() as session:
        device = known_device(session, work, device)
        link = session.get_one(RaterLink, device.link_id)
        if link.revoked_at is None:
            return
        known = session.scalar(
            select(Notice)
            .where(
                Notice.program_id == device.program_id,
                Notice.placement_id == device.placement_id,
                Notice.rater_id == device.rater_id,
                Notice.kind == NoticeKind.NOT_MINE,
                Notice.created_at >= link.revoked_at,
                Notice.created_at > now - UNDO,
            )
            .order_by(Notice.id.desc())
            .limit(1)
        )
        if known is None:
            raise LinkEnded
        link.revoked_at = None
        if known.done_at is None:
            known.done_at = now
            known.version += 1
        if same_device(session, device, now) is None:
            raise LinkEnded
        audit(session, work, device, "card.mine_after_all", "rater_link", device.link_id)


def set_mails(work: Work, device: Device, wanted: bool) -> None:
    """ "No more mails", and wanted again. A coordinator hears of the first. Raises LinkEnded."""
    with work.transaction() as session:
        device = open_device(session, work, device)
        if device.mails_off is not wanted:
            return
        rater = session.get_one(Rater, device.rater_id)
        rater.mails_off_at = None if wanted else work.clock()
        if not wanted:
            _notice(session, work, device, NoticeKind.NO_MAILS)
        audit(session, work, device, "card.mails", "rater", device.rater_id, wanted=wanted)


def name_colleague(work: Work, device: Device, name: str) -> str:
    """ "A colleague does today's": a rater of their own on the same card, by name; returns its public id.

    The same name again is the same colleague. Raises LinkEnded and Refused.
    """
    with work.transaction() as session:
        device = open_device(session, work, device)
        return named_colleague(session, work, device, name).public_id


def _notice(session: Session, work: Work, device: Device, kind: NoticeKind) -> None:
    raise_notice(
        session,
        work,
        kind=kind,
        participant_id=device.participant_id,
        program_id=device.program_id,
        placement_id=device.placement_id,
        rater_id=device.rater_id,
        subject=_once(work, kind, device),
    )


def _once(work: Work, kind: NoticeKind, device: Device) -> str:
    """Said again on another day it is news again."""
    return f"{subject_of(kind, device.link_id)}:{work.clock():%Y%m%d%H%M}"
