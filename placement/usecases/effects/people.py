"""Loading what a change to a participant's record needs, with scope, authority and a lock."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

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
