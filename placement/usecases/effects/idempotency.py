"""The first answer to a client's key, given again to whoever sends the same once more."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from placement.domain.errors import KeyReused, Refused
from placement.domain.words import say
from placement.models.system.job import IdempotencyKey
from placement.policy.actor import Actor
from placement.policy.device import Device
from placement.usecases.transaction import Work

_LONGEST = 40
_ANSWER = select(IdempotencyKey.body_hash, IdempotencyKey.answer).where(IdempotencyKey.key == bindparam("key"))
#: Keys of a sender: an account's, or those of a rater without one, whichever phone they use.
_OF_ACCOUNT = _ANSWER.where(IdempotencyKey.account_id == bindparam("sender"))
_OF_RATER = _ANSWER.where(IdempotencyKey.rater_id == bindparam("sender"))

Sender = TypeVar("Sender", Actor, Device)
Command = TypeVar("Command")
Answer = TypeVar("Answer")


def again_if_taken(
    do: Callable[[Work, Sender, Command], Answer], work: Work, actor: Sender, command: Command
) -> Answer:
    """What ``do`` answers, in a transaction of its own.

    A double tap may have taken the key, or made the same rater, at the same moment: then once more, for its rows are
    there now.
    """
    try:
        return do(work, actor, command)
    except IntegrityError:
        return do(work, actor, command)


def first_answer(session: Session, actor: Actor | Device, key: str, body: Mapping[str, Any]) -> dict[str, Any] | None:
    """The answer this actor's key got before, None if it is new. Raises KeyReused if it came with another body."""
    if not 8 <= len(key) <= _LONGEST:
        raise Refused(say("Something is missing. Please open the page again."))
    statement, sender = (_OF_RATER, actor.rater_id) if isinstance(actor, Device) else (_OF_ACCOUNT, actor.account_id)
    row = session.execute(statement, {"key": key, "sender": sender}).one_or_none()
    if row is None:
        return None
    if row.body_hash != _hash(body):
        raise KeyReused
    return dict(row.answer)


def keep_answer(
    session: Session, work: Work, actor: Actor | Device, key: str, body: Mapping[str, Any], answer: dict[str, Any]
) -> None:
    """Keep the answer. A key taken at the same moment raises IntegrityError: see :func:`again_if_taken`."""
    row = IdempotencyKey(key=key, body_hash=_hash(body), answer=answer, created_at=work.clock())
    if isinstance(actor, Device):
        row.rater_id = actor.rater_id
    else:
        row.account_id = actor.account_id
    session.add(row)
    session.flush()


def _hash(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()
