"""Agreed tasks: those open for the participant, and one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.sealed import Cipher
from placement.domain.sessions import AgreedState
from placement.models.accounts.account import Account
from placement.models.sessions.one_to_one import AgreedTask, OneToOne
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.sessions.one import Agreed, agreed_of

#: More open tasks than anybody has in mind.
MOST = 30


@dataclass(frozen=True, slots=True)
class AgreedWith:
    """An agreed task with the session it is from and with whom."""

    participant_id: int
    session: str
    day: date
    by: str
    said: Agreed


def own_open_tasks(db: Session, actor: Actor, cipher: Cipher) -> tuple[AgreedWith, ...]:
    """What the participant who asks agreed to and nobody looked at together yet, the oldest first. One statement."""
    found = _statement().where(
        scope.own_sessions(actor), AgreedTask.reviewed_session_id.is_(None), OneToOne.cancelled_at.is_(None)
    )
    return tuple(_with(cipher, row) for row in db.execute(found.order_by(AgreedTask.id).limit(MOST)))


def own_task(db: Session, actor: Actor, cipher: Cipher, public_id: str) -> AgreedWith:
    """One agreed task of the participant who asks. Raises NotFound out of sight. One statement."""
    return _one(db, cipher, _statement().where(scope.own_sessions(actor), AgreedTask.public_id == public_id))


def held_task(db: Session, actor: Actor, cipher: Cipher, public_id: str) -> AgreedWith:
    """One agreed task of a session the actor holds. Raises NotFound out of sight. One statement."""
    return _one(db, cipher, _statement().where(scope.held_sessions(actor), AgreedTask.public_id == public_id))


def is_open(task: AgreedWith) -> bool:
    """Nobody has said anything about it."""
    return task.said.state is AgreedState.OPEN


def _one(db: Session, cipher: Cipher, statement: Any) -> AgreedWith:
    row = db.execute(statement).one_or_none()
    if row is None:
        raise NotFound
    return _with(cipher, row)


def _statement() -> Any:
    return (
        select(
            AgreedTask.public_id, AgreedTask.text_sealed, AgreedTask.due_on, AgreedTask.state,
            AgreedTask.helped_sealed, AgreedTask.reviewed_session_id, AgreedTask.participant_id,
            OneToOne.public_id.label("session"), OneToOne.day, Account.name.label("by"),
        )
        .join(OneToOne, OneToOne.id == AgreedTask.session_id)
        .join(Account, Account.id == OneToOne.account_id)
    )  # fmt: skip


def _with(cipher: Cipher, row: Any) -> AgreedWith:
    return AgreedWith(row.participant_id, row.session, row.day, row.by, agreed_of(cipher, row, back=False))
