"""Groups: the list for staff, and a participant's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from placement.domain.groups import GroupKind
from placement.domain.text import fold
from placement.models.accounts.account import Account
from placement.models.groups.group import Group, GroupMember, GroupSession, GroupTask
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.pages import Page, fetch_page, starts_with

#: Of a participant's own groups.
MOST_OWN = 40


@dataclass(frozen=True, slots=True)
class GroupFilter:
    """``search``: the beginning of its name. ``archived``: those put away instead of the others."""

    search: str = ""
    kind: GroupKind | None = None
    archived: bool = False
    #: Only those the reader leads.
    mine: bool = False


@dataclass(frozen=True, slots=True)
class GroupLine:
    """``next_day``: of the next session that is not over. ``tasks``, ``done``: how many, and how many of them done."""

    public_id: str
    kind: GroupKind
    name: str
    leader: str
    first_day: date
    last_day: date | None
    members: int
    next_day: date | None
    tasks: int
    done: int


def groups_page(
    db: Session, actor: Actor, now: datetime, wanted: GroupFilter, cursor: str | None = None
) -> Page[GroupLine]:
    """One page by name, in one statement."""
    conditions: list[ColumnElement[bool]] = [
        scope.groups(actor),
        Group.archived_at.is_not(None) if wanted.archived else Group.archived_at.is_(None),
    ]
    if wanted.kind is not None:
        conditions.append(Group.kind == wanted.kind)
    if wanted.mine:
        conditions.append(Group.leader_account_id == actor.account_id)
    sort_key: Any = Group.sort_key
    if wanted.search:
        conditions.append(starts_with(sort_key, fold(wanted.search)))
    keys: list[Any] = [sort_key, Group.id]
    page = fetch_page(db, _lines(actor, now).where(*conditions), keys, cursor)
    rows: list[Any] = page.rows
    return Page([GroupLine(*row[:10]) for row in rows], page.next, page.previous)


def own_groups(db: Session, actor: Actor, now: datetime) -> list[GroupLine]:
    """Those the participant who asks belongs or belonged to, the latest first. One statement."""
    mine = select(GroupMember.group_id).where(GroupMember.participant_id == (actor.participant_id or 0))
    rows = db.execute(
        _lines(actor, now)
        .where(scope.groups(actor), Group.id.in_(mine))
        .order_by(Group.archived_at.is_not(None), Group.first_day.desc(), Group.id)
        .limit(MOST_OWN)
    )
    return [GroupLine(*row) for row in rows]


def _lines(actor: Actor, now: datetime) -> Any:
    today = actor.today(now)
    members = select(func.count()).where(
        GroupMember.group_id == Group.id, or_(GroupMember.last_day.is_(None), GroupMember.last_day >= today)
    )
    upcoming = select(func.min(GroupSession.day)).where(
        GroupSession.group_id == Group.id,
        GroupSession.ends_at > now,
        GroupSession.cancelled_at.is_(None),
        scope.group_sessions(actor),
    )
    tasks = select(func.count()).where(GroupTask.group_id == Group.id)
    return select(
        Group.public_id,
        Group.kind,
        Group.name,
        Account.name.label("leader"),
        Group.first_day,
        Group.last_day,
        members.correlate(Group).scalar_subquery().label("members"),
        upcoming.correlate(Group).scalar_subquery().label("next_day"),
        tasks.correlate(Group).scalar_subquery().label("tasks"),
        tasks.where(GroupTask.done_on.is_not(None)).correlate(Group).scalar_subquery().label("done"),
    ).join(Account, Account.id == Group.leader_account_id)
