"""Colleagues who answer on somebody else's card: raters of their own, by name."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.domain.errors import Refused
from placement.domain.feedback_links import MOST_COLLEAGUES
from placement.domain.notices import NoticeKind, subject_of
from placement.domain.support import RaterKind
from placement.domain.words import say
from placement.models.feedback.link import RaterLink
from placement.models.feedback.rater import Rater
from placement.policy.device import Device
from placement.queries import scope
from placement.usecases.effects.log import audit
from placement.usecases.effects.notices import raise_notice
from placement.usecases.transaction import Work

LONGEST_NAME = 120


def named_colleague(session: Session, work: Work, device: Device, name: str) -> Rater:
    """The colleague of this name on this card, made where there is none yet; a coordinator hears of a new one.

    The caller holds the link's row (``known_device``), so that two phones don't make the same one twice. Raises
    Refused.
    """
    name = colleague_name(name)
    if not 0 < len(name) <= LONGEST_NAME:
        raise Refused(say("Please enter a name."), "name")
    same = select(Rater).where(scope.card_colleagues(device), Rater.name == name)
    known = session.scalar(same.order_by(Rater.id).limit(1))
    if known is not None:
        return known
    count = session.scalar(select(func.count()).select_from(Rater).where(scope.card_colleagues(device)))
    if (count or 0) >= MOST_COLLEAGUES:
        raise Refused(say("There are many names here already. Please call the program."), "name")
    now = work.clock()
    rater = Rater(program_id=device.program_id, kind=RaterKind.SUPERVISOR, name=name, created_at=now)
    session.add(rater)
    session.flush()
    # No token: it opens nothing until a coordinator sends this colleague a link of their own.
    session.add(
        RaterLink(
            program_id=device.program_id, rater_id=rater.id, placement_id=device.placement_id, created_at=now,
            expires_at=now,
        )
    )  # fmt: skip
    raise_notice(
        session,
        work,
        kind=NoticeKind.COLLEAGUE,
        participant_id=device.participant_id,
        program_id=device.program_id,
        placement_id=device.placement_id,
        rater_id=rater.id,
        text=name,
        subject=subject_of(NoticeKind.COLLEAGUE, rater.id),
    )
    audit(session, work, device, "card.colleague", "rater", rater.id)
    return rater


def colleague_name(name: str) -> str:
    """As it is kept: single spaces."""
    return " ".join(name.split())
