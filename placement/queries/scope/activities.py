"""Creative and play work: for the participant and whoever looks after them today; words only as far as they share."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, false, or_

from placement.domain.roles import ASSIGNED_ROLES, Role
from placement.domain.shares import ShareKind
from placement.models.activities.activity import Activity, Reflection
from placement.models.rights.share import Share
from placement.policy.actor import Actor
from placement.queries.scope.diary import standing_shares
from placement.queries.scope.program import in_program


def activities(actor: Actor) -> ColumnElement[bool]:
    """What was made and played; nothing of the words about it."""
    return or_(own_activities(actor), _looked_after(actor))


def own_activities(actor: Actor) -> ColumnElement[bool]:
    """Of the participant who asks."""
    if Role.PARTICIPANT not in actor.roles or actor.participant_id is None:
        return false()
    return and_(in_program(actor, Activity.program_id), Activity.participant_id == actor.participant_id)


def written_activities(actor: Actor) -> ColumnElement[bool]:
    """Written down by the actor, about somebody they look after today: theirs to change."""
    return and_(_looked_after(actor), Activity.by_account_id == actor.account_id)


def shared_words(actor: Actor) -> ColumnElement[bool]:
    """Activities about which the actor may read the participant's words."""
    if not actor.roles & ASSIGNED_ROLES:
        return false()
    shared = exists().where(
        standing_shares(actor), Share.kind == ShareKind.ACTIVITY, Share.activity_id == Activity.id
    )  # fmt: skip
    return and_(in_program(actor, Activity.program_id), shared.correlate(Activity))


def own_reflections(actor: Actor) -> ColumnElement[bool]:
    """Words about pictures of the participant who asks."""
    if Role.PARTICIPANT not in actor.roles or actor.participant_id is None:
        return false()
    return and_(in_program(actor, Reflection.program_id), Reflection.participant_id == actor.participant_id)


def shared_reflections(actor: Actor) -> ColumnElement[bool]:
    """Words about pictures that the actor may read."""
    if not actor.roles & ASSIGNED_ROLES:
        return false()
    shared = exists().where(
        standing_shares(actor), Share.kind == ShareKind.REFLECTION, Share.reflection_id == Reflection.id
    )  # fmt: skip
    return and_(in_program(actor, Reflection.program_id), shared.correlate(Reflection))


def _looked_after(actor: Actor) -> ColumnElement[bool]:
    if not actor.roles & ASSIGNED_ROLES:
        return false()
    return and_(in_program(actor, Activity.program_id), Activity.participant_id.in_(sorted(actor.caseload)))
