"""What the two agree on until next time, and how the participant says it went."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.domain.errors import Refused
from placement.domain.sessions import (
    LONGEST_AGREED,
    LONGEST_HELPED,
    MOST_AGREED,
    AgreedState,
    ensure_due,
    ensure_short,
    ensure_text,
)
from placement.domain.words import say
from placement.models.base import new_public_id
from placement.models.sessions.one_to_one import AgreedTask
from placement.policy.actor import Actor
from placement.policy.permissions import Permission
from placement.usecases.effects.idempotency import again_if_taken, first_answer, keep_answer
from placement.usecases.effects.log import audit
from placement.usecases.effects.sessions import ensure_on, held_agreed, held_session, own_agreed, seal
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class AgreeTask:
    """``key``: made for every form that is shown, so that a double tap is one task."""

    session: str
    text: str
    due_on: date | None
    key: str


@dataclass(frozen=True, slots=True)
class SayAgreed:
    """How it went. ``helped`` None: what was said about it stays as it is."""

    task: str
    state: AgreedState
    helped: str | None = None


def agree_task(work: Work, actor: Actor, command: AgreeTask) -> str:
    """Write down what was agreed; its public id. Same key and body: the first answer again.

    Raises NotFound, Forbidden, KeyReused and Refused with the field's name.
    """
    return again_if_taken(_agree, work, actor, command)


def drop_agreed(work: Work, actor: Actor, public_id: str) -> None:
    """Take an agreed task away that nobody has said anything about. Raises NotFound, Forbidden and Refused."""
    with work.transaction() as session:
        row = held_agreed(session, actor, public_id)
        if row.state is not AgreedState.OPEN:
            raise Refused(say("Something was said about this task already. It stays."))
        audit(session, work, actor, "agreed_task.drop", "agreed_task", row.id, participant_id=row.participant_id)
        session.delete(row)


def say_agreed(work: Work, actor: Actor, command: SayAgreed) -> AgreedState:
    """The participant says it before the next session, and can take it back (state OPEN); the state before.

    Raises NotFound, Forbidden and Refused with the field's name.
    """
    with work.transaction() as session:
        row = own_agreed(session, actor, command.task)
        if row.reviewed_session_id is not None:
            raise Refused(say("You have looked at it together already."))
        ensure_short(command.helped or "", LONGEST_HELPED, "helped")
        before = row.state
        row.state = command.state
        row.said_at = None if command.state is AgreedState.OPEN else work.clock()
        if command.helped is not None:
            row.helped_sealed = seal(work, row, "helped_sealed", command.helped) if command.helped else None
        row.version += 1
        ids = {"participant_id": row.participant_id, "state": command.state}
        audit(session, work, actor, "agreed_task.say", "agreed_task", row.id, **ids)
        return before


def _agree(work: Work, actor: Actor, command: AgreeTask) -> str:
    body = asdict(command)
    with work.transaction() as session:
        known = first_answer(session, actor, command.key, body)
        if known is not None:
            return str(known["task"])
        of, _ = held_session(session, actor, command.session, Permission.SESSION_HOLD)
        ensure_on(of)
        ensure_text(command.text, LONGEST_AGREED, "text")
        ensure_due(command.due_on, actor.today(work.clock()))
        _ensure_room(session, of.id)
        row = AgreedTask(
            public_id=new_public_id(), program_id=of.program_id, participant_id=of.participant_id, session_id=of.id,
            due_on=command.due_on, created_at=work.clock(),
        )  # fmt: skip
        row.text_sealed = seal(work, row, "text_sealed", command.text)
        session.add(row)
        session.flush()
        audit(session, work, actor, "agreed_task.add", "agreed_task", row.id, participant_id=of.participant_id)
        keep_answer(session, work, actor, command.key, body, {"task": row.public_id})
        return row.public_id


def _ensure_room(session: Session, session_id: int) -> None:
    count = session.scalar(select(func.count()).where(AgreedTask.session_id == session_id)) or 0
    if count >= MOST_AGREED:
        raise Refused(say("That is a lot until next time. Take something away first."), "text")
