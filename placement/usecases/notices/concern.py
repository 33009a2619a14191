"""Staff write down a concern about somebody they see: a named colleague owns it until a day."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.notices import NoticeKind
from placement.domain.words import say
from placement.policy.actor import Actor
from placement.policy.permissions import Permission
from placement.queries.notices.sent import listeners
from placement.usecases.effects.idempotency import again_if_taken, first_answer, keep_answer
from placement.usecases.effects.log import audit
from placement.usecases.effects.notices import raise_notice
from placement.usecases.effects.people import person_to_add_to
from placement.usecases.transaction import Work

#: A deadline is at most so far ahead, and ends in the evening of its day.
AHEAD = timedelta(days=60)
EVENING = time(18, 0)


@dataclass(frozen=True, slots=True)
class WriteConcern:
    """``owner``: an account's public id, the writer's own included. ``key``: so that a double tap is one concern."""

    participant: str
    owner: str
    due_on: date
    text: str
    key: str


def write_concern(work: Work, actor: Actor, command: WriteConcern) -> str:
    """Write it down and tell the owner by mail; its public id. Only the two of them read it.

    Raises NotFound, Forbidden, KeyReused and Refused with the field's name.
    """
    return again_if_taken(_write, work, actor, command)


def _write(work: Work, actor: Actor, command: WriteConcern) -> str:
    body, now = asdict(command), work.clock()
    with work.transaction() as session:
        known = first_answer(session, actor, command.key, body)
        if known is not None:
            return str(known["notice"])
        person = person_to_add_to(session, actor, command.participant, Permission.CONCERN_WRITE)
        if not command.text.strip():
            raise Refused(say("Please write a few words."), "text")
        row = raise_notice(
            session,
            work,
            kind=NoticeKind.CONCERN,
            participant_id=person.id,
            program_id=person.program_id,
            from_account_id=actor.account_id,
            to_account_id=_owner(session, actor, command.owner, person.id, now),
            text=command.text,
            due_at=_due(actor, command.due_on, now),
        )
        if row is None:
            raise NotFound
        audit(
            session, work, actor, "concern.write", "notice", row.id, participant_id=person.id, owner=row.to_account_id
        )
        keep_answer(session, work, actor, command.key, body, {"notice": row.public_id})
        return row.public_id


def _owner(session: Session, actor: Actor, public_id: str, participant_id: int, now: datetime) -> int:
    found = [one for one in listeners(session, actor, actor.today(now), participant_id) if one.public_id == public_id]
    if not found:
        raise Refused(say("Choose who takes care of it."), "owner")
    return found[0].account_id


def _due(actor: Actor, day: date, now: datetime) -> datetime:
    today = actor.today(now)
    if not today <= day <= today + AHEAD:
        raise Refused(say("Please choose a day from %(first)s to %(last)s.", first=today, last=today + AHEAD), "due_on")
    return datetime.combine(day, EVENING, ZoneInfo(actor.zone))
