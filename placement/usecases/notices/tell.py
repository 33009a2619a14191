"""A participant says how the place was, or that something is wrong, to a person outside the shop whom they choose."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.notices import FEELINGS, TO_ONE, NoticeKind
from placement.domain.words import say
from placement.models.notices.notice import Notice
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.notices.sent import is_read, listeners
from placement.usecases.effects.idempotency import again_if_taken, first_answer, keep_answer
from placement.usecases.effects.log import audit
from placement.usecases.effects.notice_rows import locked_own_notice
from placement.usecases.effects.notices import raise_notice
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class Tell:
    """``to``: the account's public id. ``placement``: public id, empty for none. ``feeling`` only for how it was.

    ``key``: made for every form that is shown, so that a double tap tells it once.
    """

    kind: NoticeKind
    to: str
    key: str
    text: str = ""
    feeling: int | None = None
    placement: str = ""


def tell(work: Work, actor: Actor, command: Tell) -> str:
    """Tell one person; its public id. Raises NotFound, Forbidden, KeyReused and Refused with the field's name."""
    return again_if_taken(_tell, work, actor, command)


def _tell(work: Work, actor: Actor, command: Tell) -> str:
    body = asdict(command)
    with work.transaction() as session:
        known = first_answer(session, actor, command.key, body)
        if known is not None:
            return str(known["notice"])
        ensure(actor, Permission.NOTICE_TELL, Facts(actor.program, actor.participant_id))
        _check(command)
        row = raise_notice(
            session,
            work,
            kind=command.kind,
            participant_id=actor.participant_id or 0,
            program_id=actor.program,
            placement_id=_placement(session, actor, command.placement),
            from_account_id=actor.account_id,
            to_account_id=_listener(session, work, actor, command.to),
            text=command.text,
            feeling=command.feeling,
        )
        if row is None:
            raise NotFound
        audit(session, work, actor, "notice.tell", "notice", row.id, kind=command.kind.value, to=row.to_account_id)
        keep_answer(session, work, actor, command.key, body, {"notice": row.public_id})
        return row.public_id


def take_back(work: Work, actor: Actor, public_id: str) -> None:
    """Remove what nobody has read. Raises NotFound, Forbidden, and Refused once it was read."""
    with work.transaction() as session:
        row = locked_own_notice(session, actor, public_id)
        read = session.scalar(select(is_read()).where(Notice.id == row.id))
        if read or row.done_at is not None:
            raise Refused(say("It has been read. Please speak to the person you told."))
        audit(session, work, actor, "notice.take_back", "notice", row.id, kind=row.kind.value)
        session.delete(row)


def _check(command: Tell) -> None:
    if command.kind not in TO_ONE:
        raise Refused(say("Choose one of the answers."), "kind")
    if command.feeling is not None and command.feeling not in FEELINGS:
        raise Refused(say("Choose one of the answers."), "feeling")
    if command.kind is NoticeKind.HOW_IT_WAS and command.feeling is None and not command.text.strip():
        raise Refused(say("Choose an answer or write something."), "feeling")


def _listener(session: Session, work: Work, actor: Actor, public_id: str) -> int:
    found = [one for one in listeners(session, actor, actor.today(work.clock())) if one.public_id == public_id]
    if not found:
        raise Refused(say("Please choose whom you want to tell."), "to")
    return found[0].account_id


def _placement(session: Session, actor: Actor, public_id: str) -> int | None:
    if not public_id:
        return None
    own = Placement.participant_id == actor.participant_id
    key = session.scalar(select(Placement.id).where(Placement.public_id == public_id, own, scope.placements(actor)))
    if key is None:
        raise NotFound
    return key
