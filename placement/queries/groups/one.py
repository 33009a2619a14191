"""A group's page: one record for those who lead it or look after a member, another for the members."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from placement.domain.profiles import full_name
from placement.models.groups.group import Group, GroupMember
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.groups.head import (
    GroupHead,
    GroupTaskLine,
    PhotoLine,
    group_head,
    group_tasks,
    latest_photos,
)
from placement.queries.groups.sessions import Around, around


@dataclass(frozen=True, slots=True)
class MemberLine:
    """``participant``: public id where the reader may open the record, else None."""

    public_id: str
    participant: str | None
    name: str
    first_day: date
    last_day: date | None


@dataclass(frozen=True, slots=True)
class OwnGroup:
    """What a member sees: the group, its tasks, their sessions and the photos; of the others nothing."""

    head: GroupHead
    tasks: tuple[GroupTaskLine, ...]
    sessions: Around
    photos: tuple[PhotoLine, ...]


@dataclass(frozen=True, slots=True)
class StaffGroup(OwnGroup):
    """``members``: all for who leads it, else only the people the reader looks after."""

    members: tuple[MemberLine, ...]


def own_group(db: Session, actor: Actor, now: datetime, public_id: str) -> OwnGroup:
    """Raises NotFound out of sight. Four statements."""
    head = group_head(db, actor, public_id)
    return OwnGroup(
        head,
        group_tasks(db, head.id),
        around(db, actor, now, head.id),
        latest_photos(db, actor, actor.today(now), head.id),
    )


def staff_group(db: Session, actor: Actor, now: datetime, public_id: str) -> StaffGroup:
    """Raises NotFound out of sight. Five statements."""
    head = group_head(db, actor, public_id)
    today = actor.today(now)
    return StaffGroup(
        head,
        group_tasks(db, head.id),
        around(db, actor, now, head.id),
        latest_photos(db, actor, today, head.id),
        members(db, actor, today, head.id),
    )


def members(db: Session, actor: Actor, today: date, group_id: int) -> tuple[MemberLine, ...]:
    """Those who belong to it today or later, in sight of the reader; by name. One statement."""
    in_sight = scope.participants(actor).label("in_sight")
    rows = db.execute(
        select(
            GroupMember.public_id, Participant.public_id.label("participant"), Participant.preferred_name,
            Participant.family_name, GroupMember.first_day, GroupMember.last_day, in_sight,
        )
        .join(Group, Group.id == GroupMember.group_id)
        .join(Participant, Participant.id == GroupMember.participant_id)
        .where(
            GroupMember.group_id == group_id,
            scope.group_people(actor),
            or_(GroupMember.last_day.is_(None), GroupMember.last_day >= today),
        )
        .order_by(Participant.sort_key, GroupMember.id)
    )  # fmt: skip
    return tuple(
        MemberLine(
            row.public_id,
            row.participant if row.in_sight else None,
            full_name(row.preferred_name, row.family_name),
            row.first_day,
            row.last_day,
        )
        for row in rows
    )


def candidates(db: Session, actor: Actor, group_id: int, prefix: str, most: int) -> list[tuple[str, str]]:
    """People in sight who don't belong to the group, whose name begins so: public id and name. One statement."""
    belongs = select(GroupMember.participant_id).where(
        and_(GroupMember.group_id == group_id, GroupMember.last_day.is_(None))
    )
    statement = (
        select(Participant.public_id, Participant.preferred_name, Participant.family_name)
        .where(scope.participants(actor), Participant.archived_at.is_(None), Participant.id.not_in(belongs))
        .order_by(Participant.sort_key, Participant.id)
        .limit(most)
    )
    if prefix:
        statement = statement.where(Participant.sort_key.startswith(prefix, autoescape=True))
    return [(row[0], full_name(row[1], row[2])) for row in db.execute(statement)]
