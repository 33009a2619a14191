"""Loading a one-to-one session for a change, and sealing what is written in it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.sealed import Place
from placement.domain.words import say
from placement.models.participants.participant import Participant
from placement.models.sessions.one_to_one import AgreedTask, OneToOne
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.transaction import Work


def seal(work: Work, row: Any, column: str, text: str) -> bytes:
    """A text for a column of ``row``, whose public id is known already."""
    return work.cipher.seal(text, Place(row.__tablename__, column, row.public_id))


def held_session(session: Session, actor: Actor, public_id: str, permission: Permission) -> tuple[OneToOne, Occasion]:
    """A session of the actor's own with its occasion, locked. Raises NotFound, Forbidden, and Refused if archived."""
    return _session(session, actor, public_id, scope.held_sessions(actor), permission)


def own_session(session: Session, actor: Actor, public_id: str) -> tuple[OneToOne, Occasion]:
    """A session of the participant who asks, locked. Raises NotFound, Forbidden, and Refused if archived."""
    return _session(session, actor, public_id, scope.own_sessions(actor), Permission.SESSION_OWN)


def own_agreed(session: Session, actor: Actor, public_id: str) -> AgreedTask:
    """An agreed task of the participant who asks, locked. Raises NotFound and Forbidden."""
    return _agreed(session, actor, public_id, scope.own_sessions(actor), Permission.SESSION_OWN)


def held_agreed(session: Session, actor: Actor, public_id: str) -> AgreedTask:
    """An agreed task of a session of the actor's own, locked. Raises NotFound and Forbidden."""
    return _agreed(session, actor, public_id, scope.held_sessions(actor), Permission.SESSION_HOLD)


def ensure_on(row: OneToOne) -> None:
    """Refuse what can't be done with a cancelled session."""
    if row.cancelled_at is not None:
        raise Refused(say("This session was cancelled."))


def facts_of(row: OneToOne) -> Facts:
    """What decisions about a session depend on."""
    return Facts(row.program_id, row.participant_id, account_id=row.account_id)


def _session(
    session: Session, actor: Actor, public_id: str, seen: ColumnElement[bool], permission: Permission
) -> tuple[OneToOne, Occasion]:
    found = session.execute(
        select(OneToOne, Occasion, Participant.archived_at)
        .join(Occasion, Occasion.id == OneToOne.id)
        .join(Participant, Participant.id == OneToOne.participant_id)
        .where(OneToOne.public_id == public_id, seen)
        .with_for_update(of=OneToOne)
    ).one_or_none()
    if found is None:
        raise NotFound
    row, occasion, archived_at = found
    ensure(actor, permission, facts_of(row))
    if archived_at is not None:
        raise Refused(say("This record is archived. It can be read, not changed."))
    return row, occasion


def _agreed(
    session: Session, actor: Actor, public_id: str, seen: ColumnElement[bool], permission: Permission
) -> AgreedTask:
    found = session.execute(
        select(AgreedTask, OneToOne)
        .join(OneToOne, OneToOne.id == AgreedTask.session_id)
        .where(AgreedTask.public_id == public_id, seen)
        .with_for_update(of=AgreedTask)
    ).one_or_none()
    if found is None:
        raise NotFound
    row, of = found
    ensure(actor, permission, facts_of(of))
    agreed: AgreedTask = row
    return agreed
