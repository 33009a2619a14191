"""What a shop tells besides feedback, written down: worry, and an accident."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import Refused, TooMany
from placement.domain.feedback_links import CLOCK_SLACK
from placement.domain.incidents import report_due
from placement.domain.notices import NoticeKind
from placement.domain.words import say
from placement.models.notices.notice import Incident, Notice
from placement.policy.actor import Actor
from placement.policy.device import Device
from placement.usecases.effects.log import audit
from placement.usecases.effects.notices import raise_notice
from placement.usecases.transaction import Work

#: Longest text of one field of a report, in characters.
LONGEST = 2000
#: Words of one kind that one card can send in an hour.
MOST_AN_HOUR = 10
TEXTS = ("what", "injury", "first_aid", "witness", "told")


@dataclass(frozen=True, slots=True)
class TellWorry:
    """``shift``: public id, or "" for none. ``text``: may be empty."""

    shift: str
    text: str = ""


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


Told = TellWorry | TellIncident


@dataclass(frozen=True, slots=True)
class Teller:
    """Who tells, and about whom. ``zone``: the shop's."""

    program_id: int
    participant_id: int
    placement_id: int
    rater_id: int
    zone: str


def teller_of(device: Device) -> Teller:
    """The phone's rater."""
    return Teller(device.program_id, device.participant_id, device.placement_id, device.rater_id, device.zone)


def body_of(told: Told) -> dict[str, Any]:
    """What makes two of them the same."""
    said = asdict(told)
    if isinstance(told, TellIncident):
        said["happened_at"] = told.happened_at.isoformat()
    return {"kind": "worried" if isinstance(told, TellWorry) else "accident", **said}


def write_down(
    session: Session, work: Work, who: Actor | Device, teller: Teller, told: Told, occasion_id: int | None
) -> None:
    """Either of them. The same words within an hour are written down once.

    Raises Refused with the field's name, and TooMany.
    """
    if isinstance(told, TellWorry):
        _worry(session, work, who, teller, told, occasion_id)
    else:
        _incident(session, work, who, teller, told, occasion_id)


def _worry(
    session: Session, work: Work, who: Actor | Device, teller: Teller, told: TellWorry, occasion_id: int | None
) -> None:
    """A coordinator and who looks after the participant hear of it."""
    if len(told.text) > LONGEST:
        raise Refused(say("Please write at most %(count)s characters.", count=LONGEST), "text")
    lately = (
        Notice.placement_id == teller.placement_id,
        Notice.rater_id == teller.rater_id,
        Notice.kind == NoticeKind.WORRIED,
        Notice.created_at > work.clock() - timedelta(hours=1),
    )
    known = list(session.scalars(select(Notice.text).where(*lately)))
    if told.text.strip() in known:
        return
    if len(known) >= MOST_AN_HOUR:
        raise TooMany(minutes=60)
    raise_notice(
        session,
        work,
        kind=NoticeKind.WORRIED,
        participant_id=teller.participant_id,
        program_id=teller.program_id,
        placement_id=teller.placement_id,
        occasion_id=occasion_id,
        rater_id=teller.rater_id,
        text=told.text,
    )
    audit(session, work, who, "card.worried", "placement", teller.placement_id)


def _incident(
    session: Session, work: Work, who: Actor | Device, teller: Teller, told: TellIncident, occasion_id: int | None
) -> None:
    """For the coordinator, with the day by which the insurer wants to know."""
    now, texts = work.clock(), _texts(told)
    if told.happened_at > now + CLOCK_SLACK:
        raise Refused(say("This time is still to come."), "time")
    mine = (Incident.placement_id == teller.placement_id, Incident.rater_id == teller.rater_id)
    lately = list(session.scalars(select(Incident).where(*mine, Incident.created_at > now - timedelta(hours=1))))
    if any(row.what == texts["what"] and row.happened_at == told.happened_at for row in lately):
        return
    if len(lately) >= MOST_AN_HOUR:
        raise TooMany(minutes=60)
    row = Incident(
        program_id=teller.program_id,
        participant_id=teller.participant_id,
        placement_id=teller.placement_id,
        occasion_id=occasion_id,
        rater_id=teller.rater_id,
        happened_at=told.happened_at,
        report_due_on=report_due(told.happened_at.astimezone(ZoneInfo(teller.zone)).date()),
        created_at=now,
        **texts,
    )
    session.add(row)
    session.flush()
    audit(session, work, who, "incident.add", "incident", row.id, participant_id=teller.participant_id)


def _texts(told: TellIncident) -> dict[str, str]:
    texts = {name: getattr(told, name).strip() for name in TEXTS}
    if not texts["what"]:
        raise Refused(say("Please say in a few words what happened."), "what")
    for name, text in texts.items():
        if len(text) > LONGEST:
            raise Refused(say("Please write at most %(count)s characters.", count=LONGEST), name)
    return texts
