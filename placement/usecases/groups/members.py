"""Who belongs to a group, from which day to which."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.groups import MOST_MEMBERS
from placement.domain.words import say
from placement.models.groups.group import Group, GroupMember, GroupSeat, GroupSession
from placement.models.participants.participant import Participant
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.queries import scope
from placement.usecases.effects.groups import locked_group
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


def add_member(work: Work, actor: Actor, group: str, participant: str) -> str:
    """The membership's public id; who belongs to it already stays as they are.

    From the group's first day, or from today where it has begun. Raises NotFound, Forbidden, and Refused.
    """
    with work.transaction() as session:
        row = locked_group(session, actor, group)
        person = session.execute(
            select(Participant.id, Participant.archived_at).where(
                Participant.public_id == participant, scope.participants(actor)
            )
        ).one_or_none()
        if person is None:
            raise NotFound
        if person.archived_at is not None:
            raise Refused(say("This record is archived. It can be read, not changed."))
        known = _live(session, row, person.id)
        if known is not None:
            return known.public_id
        if (session.scalar(select(func.count()).where(*_live_of(row))) or 0) >= MOST_MEMBERS:
            raise Refused(say("A group has at most %(most)s members.", most=MOST_MEMBERS))
        first = max(row.first_day, actor.today(work.clock()))
        member = GroupMember(
            program_id=row.program_id, group_id=row.id, participant_id=person.id, first_day=first,
            created_at=work.clock(),
        )  # fmt: skip
        session.add(member)
        session.flush()
        audit(session, work, actor, "group.member_add", "work_group", row.id, participant_id=person.id)
        return member.public_id


def end_member(work: Work, actor: Actor, group: str, member: str) -> None:
    """The last day is yesterday, or the day of the last session something was said about.

    Somebody about whom nothing was said is taken off the list as if never added. Raises NotFound and Forbidden.
    """
    with work.transaction() as session:
        row = locked_group(session, actor, group)
        found = session.scalar(
            select(GroupMember).where(GroupMember.public_id == member, GroupMember.group_id == row.id)
        )
        if found is None:
            raise NotFound
        if found.last_day is not None:
            return
        last = _last_seat(session, row, found)
        yesterday = actor.today(work.clock()) - timedelta(days=1)
        if last is None and found.first_day > yesterday:
            session.delete(found)
        else:
            found.last_day = max(yesterday, last or yesterday, found.first_day)
        audit(session, work, actor, "group.member_end", "work_group", row.id, participant_id=found.participant_id)


def _last_seat(session: Session, group: Group, member: GroupMember) -> date | None:
    return session.scalar(
        select(func.max(Occasion.local_day))
        .join(GroupSeat, GroupSeat.id == Occasion.id)
        .join(GroupSession, GroupSession.id == GroupSeat.session_id)
        .where(
            GroupSession.group_id == group.id,
            Occasion.participant_id == member.participant_id,
            Occasion.local_day >= member.first_day,
        )
    )


def _live_of(group: Group) -> tuple[ColumnElement[bool], ...]:
    return GroupMember.group_id == group.id, GroupMember.last_day.is_(None)


def _live(session: Session, group: Group, participant_id: int) -> GroupMember | None:
    return session.scalar(
        select(GroupMember).where(
            GroupMember.group_id == group.id,
            GroupMember.participant_id == participant_id,
            GroupMember.last_day.is_(None),
        )
    )
