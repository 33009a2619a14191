"""Loading an activity, or words about a picture, for a change."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.models.activities.activity import Activity, Reflection
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.activities.occasions import sessions_around
from placement.usecases.effects.people import check_not_archived


def own_activity(session: Session, actor: Actor, public_id: str, *, archived: bool = False) -> Activity:
    """Of the participant who asks, locked.

    Raises NotFound and Forbidden, and Refused if the record is archived, unless ``archived`` allows it.
    """
    row = _activity(session, actor, public_id, scope.own_activities(actor), Permission.ACTIVITY_OWN)
    if not archived:
        check_not_archived(session, row.participant_id)
    return row


def written_activity(session: Session, actor: Actor, public_id: str) -> Activity:
    """Written down by the actor, locked. Raises NotFound and Forbidden, and Refused if the record is archived."""
    row = _activity(session, actor, public_id, scope.activities(actor), Permission.ACTIVITY_EDIT)
    check_not_archived(session, row.participant_id)
    return row


def own_reflection(session: Session, actor: Actor, public_id: str) -> Reflection:
    """Of the participant who asks, locked. Raises NotFound and Forbidden."""
    row = session.scalar(
        select(Reflection)
        .where(Reflection.public_id == public_id, scope.own_reflections(actor))
        .with_for_update()
    )  # fmt: skip
    if row is None:
        raise NotFound
    ensure(actor, Permission.ACTIVITY_OWN, Facts(row.program_id, row.participant_id))
    return row


def occasion_of(
    session: Session, actor: Actor, now: datetime, participant_id: int, public_id: str | None
) -> int | None:
    """The key of a session of the person that the actor may see; None for none. Raises NotFound."""
    if not public_id:
        return None
    for one in sessions_around(session, actor, now, participant_id):
        if one.public_id == public_id:
            return one.id
    raise NotFound


def _activity(
    session: Session, actor: Actor, public_id: str, seen: ColumnElement[bool], permission: Permission
) -> Activity:
    row = session.scalar(select(Activity).where(Activity.public_id == public_id, seen).with_for_update())
    if row is None:
        raise NotFound
    ensure(actor, permission, Facts(row.program_id, row.participant_id, account_id=row.by_account_id))
    return row
