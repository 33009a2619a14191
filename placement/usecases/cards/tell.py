"""What a shop tells from the card besides feedback: worry, an accident, and that somebody else is in charge now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.domain.errors import LinkEnded, Refused, TooMany
from placement.domain.feedback_links import CLOCK_SLACK, MOST_COLLEAGUES
from placement.domain.incidents import report_due
from placement.domain.notices import NoticeKind, subject_of
from placement.domain.support import RaterKind
from placement.domain.words import say
from placement.models.feedback.link import RaterLink
from placement.models.feedback.rater import Rater
from placement.models.notices.notice import Incident, Notice
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.device import Device
from placement.queries import scope
from placement.queries.cards.device import same_device
from placement.usecases.effects.cards import known_device, open_device
from placement.usecases.effects.log import audit
from placement.usecases.effects.notices import raise_notice
from placement.usecases.transaction import Work

#: Longest text of one field of a report, in characters.
LONGEST = 2000
LONGEST_NAME = 120
#: How long a tap can be taken back on the page that answers it.
UNDO = timedelta(hours=1)
#: Words of one kind that one card can send in an hour.
MOST_AN_HOUR = 10


@dataclass(frozen=True, slots=True)
class TellIncident:
    """``shift``: public id, or "" for none. ``happened_at``: aware."""

    shift: str
    happened_at: datetime
    what: str
    injury: str = ""
    first_aid: str = ""
    witness: str = ""
    told: str = ""


def tell_worry(work: Work, device: Device, shift: str, text: str) -> None:
    """ "I'm worried": a coordinator and who looks after the participant hear of it. The same words an hour long once.

    Raises LinkEnded, Refused for too long a text, and TooMany.
    """
    if len(text) > LONGEST:
        raise Refused(say("Please write at most %(count)s characters.", count=LONGEST), "text")
    with work.transaction() as session:
        device = open_device(session, work, device)
        since = work.clock() - timedelta(hours=1)
        lately = (
            Notice.placement_id == device.placement_id,
            Notice.rater_id == device.rater_id,
            Notice.kind == NoticeKind.WORRIED,
            Notice.created_at > since,
        )
        told = list(session.scalars(select(Notice.text).where(*lately)))
        if text.strip() in told:
            return
        if len(told) >= MOST_AN_HOUR:
            raise TooMany(minutes=60)
        _notice(session, work, device, NoticeKind.WORRIED, occasion_id=_occasion(session, device, shift), text=text)
        audit(session, work, device, "card.worried", "placement", device.placement_id)


def tell_incident(work: Work, device: Device, command: TellIncident) -> None:
    """Write down an accident for the coordinator, with the day by which the insurer wants to know.

    The same report again changes nothing. Raises LinkEnded, Refused with the field's name, and TooMany.
    """
    now = work.clock()
    texts = {name: getattr(command, name).strip() for name in ("what", "injury", "first_aid", "witness", "told")}
    if not texts["what"]:
        raise Refused(say("Please say in a few words what happened."), "what")
    for name, text in texts.items():
        if len(text) > LONGEST:
            raise Refused(say("Please write at most %(count)s characters.", count=LONGEST), name)
    if command.happened_at > now + CLOCK_SLACK:
        raise Refused(say("This time is still to come."), "time")
    with work.transaction() as session:
        device = open_device(session, work, device)
        mine = (Incident.placement_id == device.placement_id, Incident.rater_id == device.rater_id)
        lately = list(session.scalars(select(Incident).where(*mine, Incident.created_at > now - timedelta(hours=1))))
        if any(row.what == texts["what"] and row.happened_at == command.happened_at for row in lately):
            return
        if len(lately) >= MOST_AN_HOUR:
            raise TooMany(minutes=60)
        row = Incident(
            program_id=device.program_id,
            participant_id=device.participant_id,
            placement_id=device.placement_id,
            occasion_id=_occasion(session, device, command.shift),
            rater_id=device.rater_id,
            happened_at=command.happened_at,
            report_due_on=report_due(command.happened_at.astimezone(ZoneInfo(device.zone)).date()),
            created_at=now,
            **texts,
        )
        session.add(row)
        session.flush()
        audit(session, work, device, "incident.add", "incident", row.id, participant_id=device.participant_id)


def no_longer_mine(work: Work, device: Device) -> None:
    """ "Not my intern any more": the link ends, and a coordinator hears of it. Raises LinkEnded."""
    with work.transaction() as session:
        device = open_device(session, work, device)
        session.get_one(RaterLink, device.link_id).revoked_at = work.clock()
        _notice(session, work, device, NoticeKind.NOT_MINE, subject=_once(work, NoticeKind.NOT_MINE, device))
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
            _notice(session, work, device, NoticeKind.NO_MAILS, subject=_once(work, NoticeKind.NO_MAILS, device))
        audit(session, work, device, "card.mails", "rater", device.rater_id, wanted=wanted)


def name_colleague(work: Work, device: Device, name: str) -> str:
    """ "A colleague does today's": a rater of their own on the same card, by name; returns its public id.

    The same name again is the same colleague. Raises LinkEnded and Refused.
    """
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise Refused(say("Please enter a name."), "name")
    with work.transaction() as session:
        device = open_device(session, work, device)
        known = session.scalar(
            select(Rater.public_id).where(scope.card_colleagues(device), Rater.name == name).limit(1)
        )
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
        subject = subject_of(NoticeKind.COLLEAGUE, rater.id)
        _notice(session, work, device, NoticeKind.COLLEAGUE, rater_id=rater.id, text=name, subject=subject)
        audit(session, work, device, "card.colleague", "rater", rater.id)
        return rater.public_id


def _notice(
    session: Session,
    work: Work,
    device: Device,
    kind: NoticeKind,
    *,
    rater_id: int | None = None,
    occasion_id: int | None = None,
    text: str = "",
    subject: str | None = None,
) -> None:
    raise_notice(
        session,
        work,
        kind=kind,
        participant_id=device.participant_id,
        program_id=device.program_id,
        placement_id=device.placement_id,
        occasion_id=occasion_id,
        rater_id=rater_id or device.rater_id,
        text=text,
        subject=subject,
    )


def _once(work: Work, kind: NoticeKind, device: Device) -> str:
    """Said again on another day it is news again."""
    return f"{subject_of(kind, device.link_id)}:{work.clock():%Y%m%d%H%M}"


def _occasion(session: Session, device: Device, shift: str) -> int | None:
    if not shift:
        return None
    return session.scalar(
        select(Shift.id)
        .join(Occasion, Occasion.id == Shift.id)
        .where(Occasion.public_id == shift, scope.card_shifts(device))
    )
