"""Loading what a change to a participant's record needs, with scope, authority and a lock."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from placement.domain.errors import NotFound, Refused
from placement.domain.words import say
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries.scope import participants


class PersonKeys(NamedTuple):
    """What a new row about a participant points at."""

    id: int
    program_id: int


def lock_participant(
    session: Session, actor: Actor, public_id: str, permission: Permission, *, archived: bool = False
) -> Participant:
    """The participant's row, locked until the transaction ends.

    Raises NotFound if absent or out of sight, Forbidden if not this actor's to change, and Refused for an archived
    record unless ``archived`` allows it.
    """
    row = session.scalar(
        select(Participant).where(participants(actor), Participant.public_id == public_id).with_for_update()
    )
    if row is None:
        raise NotFound
    ensure(actor, permission, Facts(row.program_id, participant_id=row.id))
    if row.archived_at is not None and not archived:
        raise Refused(say("This profile is archived. Restore it before changing it."))
    return row


def person_to_add_to(session: Session, actor: Actor, public_id: str, permission: Permission) -> PersonKeys:
    """The participant whose record gets a new row.

    Raises NotFound if absent or out of sight, Forbidden, and Refused for an archived record.
    """
    row = session.execute(
        select(Participant.id, Participant.program_id, Participant.archived_at).where(
            Participant.public_id == public_id, participants(actor)
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    ensure(actor, permission, Facts(row.program_id, row.id))
    _refuse_archived(row.archived_at)
    return PersonKeys(row.id, row.program_id)


def check_not_archived(session: Session, participant_id: int) -> None:
    """Raise Refused while the participant's record is archived."""
    _refuse_archived(session.scalar(select(Participant.archived_at).where(Participant.id == participant_id)))


def _refuse_archived(archived_at: datetime | None) -> None:
    if archived_at is not None:
        raise Refused(say("This record is archived. It can be read, not changed."))


def keys_by_public_id(
    session: Session,
    key: InstrumentedAttribute[int],
    public_id: InstrumentedAttribute[str],
    condition: ColumnElement[bool],
    wanted: Collection[str],
) -> dict[str, int]:
    """Public id → key of every wanted row. Raises NotFound if the condition hides one."""
    if not wanted:
        return {}
    rows: Any = session.execute(select(public_id, key).where(condition, public_id.in_(sorted(wanted))))
    found: dict[str, int] = dict(rows.all())
    if len(found) != len(set(wanted)):
        raise NotFound
    return found
