"""What was told to somebody: notices and accidents."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, or_, true

from placement.domain.notices import FOR_TEAM
from placement.domain.roles import ASSIGNED_ROLES, Role
from placement.models.notices.notice import Incident, Notice
from placement.policy.actor import Actor
from placement.queries.scope.program import in_program


def notices(actor: Actor) -> ColumnElement[bool]:
    """Notices the actor may read and close: told to them alone, or for whoever takes care of such things."""
    staff = actor.roles & ASSIGNED_ROLES
    if Role.COORDINATOR not in actor.roles and not staff:
        return false()
    ways = [Notice.to_account_id == actor.account_id]
    if Role.COORDINATOR in actor.roles:
        ways.append(Notice.to_account_id.is_(None))
    else:
        theirs = Notice.participant_id.in_(sorted(actor.caseload))
        ways.append(and_(Notice.to_account_id.is_(None), Notice.kind.in_(FOR_TEAM), theirs))
    return and_(in_program(actor, Notice.program_id), or_(*ways))


def own_notices(actor: Actor) -> ColumnElement[bool]:
    """What a participant told somebody themself."""
    if Role.PARTICIPANT not in actor.roles or actor.participant_id is None:
        return false()
    mine = and_(Notice.participant_id == actor.participant_id, Notice.from_account_id == actor.account_id)
    return and_(in_program(actor, Notice.program_id), mine)


def incidents(actor: Actor) -> ColumnElement[bool]:
    """Accidents of those somebody looks after, coordinators all; never a participant's own view."""
    if Role.COORDINATOR in actor.roles:
        theirs: ColumnElement[bool] = true()
    elif actor.roles & ASSIGNED_ROLES:
        theirs = Incident.participant_id.in_(sorted(actor.caseload))
    else:
        theirs = false()
    return and_(in_program(actor, Incident.program_id), theirs)
