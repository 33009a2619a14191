"""Groups with what belongs to them: for coordinators, who leads them, who looks after a member, and the members."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_, true

from placement.domain.roles import ASSIGNED_ROLES, Role
from placement.models.groups.group import Group, GroupMember, GroupSession
from placement.policy.actor import Actor
from placement.queries.scope.program import in_program


def groups(actor: Actor) -> ColumnElement[bool]:
    """Groups the actor may see."""
    return and_(in_program(actor, Group.program_id), or_(*_staff_ways(actor), _mine(actor)))


def led_groups(actor: Actor) -> ColumnElement[bool]:
    """Of those, what the actor plans and records: their own as staff, coordinators all."""
    if Role.COORDINATOR in actor.roles:
        return in_program(actor, Group.program_id)
    leads = Group.leader_account_id == actor.account_id if actor.roles & ASSIGNED_ROLES else ~true()
    return and_(in_program(actor, Group.program_id), leads)


def group_people(actor: Actor) -> ColumnElement[bool]:
    """Members, joined with their group: to whoever leads it all, to others only those they look after."""
    theirs = [led_groups(actor)]
    if actor.roles & ASSIGNED_ROLES:
        theirs.append(GroupMember.participant_id.in_(sorted(actor.caseload)))
    if Role.PARTICIPANT in actor.roles and actor.participant_id is not None:
        theirs.append(GroupMember.participant_id == actor.participant_id)
    return and_(in_program(actor, GroupMember.program_id), or_(*theirs))


def group_sessions(actor: Actor, *, as_member: bool = False) -> ColumnElement[bool]:
    """Sessions, joined with their group; to members those of the days on which they belong to it.

    ``as_member``: only these, whatever else the actor may see.
    """
    own = _mine(
        actor,
        GroupMember.first_day <= GroupSession.day,
        or_(GroupMember.last_day.is_(None), GroupMember.last_day >= GroupSession.day),
    )
    ways = [own] if as_member else [*_staff_ways(actor), own]
    return and_(in_program(actor, Group.program_id), or_(*ways))


def group_photos(actor: Actor, today: date) -> ColumnElement[bool]:
    """Photos, joined with their group; to members as long as they belong to it."""
    own = _mine(
        actor,
        GroupMember.first_day <= today,
        or_(GroupMember.last_day.is_(None), GroupMember.last_day >= today),
    )
    return and_(in_program(actor, Group.program_id), or_(*_staff_ways(actor), own))


def _staff_ways(actor: Actor) -> list[ColumnElement[bool]]:
    ways = [led_groups(actor)]
    if actor.roles & ASSIGNED_ROLES:
        ways.append(_has_member(GroupMember.participant_id.in_(sorted(actor.caseload))))
    return ways


def _mine(actor: Actor, *when: ColumnElement[bool]) -> ColumnElement[bool]:
    if Role.PARTICIPANT not in actor.roles or actor.participant_id is None:
        return ~true()
    return _has_member(GroupMember.participant_id == actor.participant_id, *when)


def _has_member(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(GroupMember.group_id == Group.id, *which)
