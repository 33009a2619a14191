"""Loading groups and their sessions for a change: with scope, authority and a lock."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.occasions import OccasionKind
from placement.domain.words import say
from placement.models.groups.group import Group, GroupMember, GroupSeat, GroupSession
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.transaction import Work


def locked_group(session: Session, actor: Actor, public_id: str, *, archived: bool = False) -> Group:
    """The group, held against other writers until the end, for whoever leads it.

    Raises NotFound if absent or out of sight, Forbidden, and Refused for an archived one unless ``archived``.
    """
    row = session.scalar(select(Group).where(Group.public_id == public_id, scope.groups(actor)).with_for_update())
    if row is None:
        raise NotFound
    ensure(actor, Permission.GROUP_LEAD, facts_of(row))
    if row.archived_at is not None and not archived:
        raise Refused(say("This group is archived. Restore it before changing it."))
    return row


def locked_session(session: Session, actor: Actor, public_id: str) -> tuple[Group, GroupSession]:
    """A session with its group, held until the end; no authority is asked yet. Raises NotFound out of sight.

    Raises Refused while the group is archived.
    """
    row = session.execute(
        select(Group, GroupSession)
        .join(Group, Group.id == GroupSession.group_id)
        .where(GroupSession.public_id == public_id, scope.group_sessions(actor))
        .with_for_update(of=GroupSession)
    ).one_or_none()
    if row is None:
        raise NotFound
    group, found = row
    if group.archived_at is not None:
        raise Refused(say("This group is archived. Restore it before changing it."))
    return group, found


def member_of(session: Session, actor: Actor, group: Group, found: GroupSession, member: str) -> GroupMember:
    """Somebody in sight who belongs to the group on the session's day. Raises NotFound."""
    row = session.scalar(
        select(GroupMember)
        .join(Group, Group.id == GroupMember.group_id)
        .where(
            GroupMember.public_id == member,
            GroupMember.group_id == group.id,
            scope.group_people(actor),
            GroupMember.first_day <= found.day,
            or_(GroupMember.last_day.is_(None), GroupMember.last_day >= found.day),
        )
    )
    if row is None:
        raise NotFound
    return row


def ensure_seat(session: Session, work: Work, found: GroupSession, participant_id: int) -> Occasion:
    """The member's occasion at this session, made when something is first said about it.

    The session is locked, so that two people who say so at once get the same one.
    """
    seat = session.scalar(
        select(Occasion)
        .join(GroupSeat, GroupSeat.id == Occasion.id)
        .where(GroupSeat.session_id == found.id, Occasion.participant_id == participant_id)
    )
    if seat is None:
        seat = Occasion(
            program_id=found.program_id,
            participant_id=participant_id,
            kind=OccasionKind.GROUP_SESSION,
            starts_at=found.starts_at,
            ends_at=found.ends_at,
            zone=found.zone,
            local_day=found.day,
            created_at=work.clock(),
        )
        session.add(seat)
        session.flush()
        session.add(GroupSeat(id=seat.id, program_id=found.program_id, session_id=found.id))
        session.flush()
    return seat


def facts_of(group: Group, participant_id: int | None = None) -> Facts:
    """What leading this group, or recording one of its members, depends on."""
    return Facts(group.program_id, participant_id=participant_id, leader_id=group.leader_account_id)
