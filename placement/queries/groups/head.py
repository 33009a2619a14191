"""What a group is, as every page of it shows on top."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.groups import GroupKind, TaskCourse
from placement.models.accounts.account import Account
from placement.models.groups.group import Group, GroupPhoto, GroupSession, GroupTask
from placement.models.programs.catalog import Task
from placement.policy.actor import Actor
from placement.policy.check import allowed, ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope

#: Photos shown with a group; a page of their own shows all.
FEW_PHOTOS = 6


@dataclass(frozen=True, slots=True)
class GroupHead:
    """``leads``: whether the reader plans and records it."""

    id: int
    public_id: str
    kind: GroupKind
    name: str
    about: str
    place: str
    leader: str
    leader_account: str
    first_day: date
    last_day: date | None
    archived: bool
    version: int
    leads: bool


@dataclass(frozen=True, slots=True)
class GroupTaskLine:
    """A task of the group, by the group's own public id of it."""

    public_id: str
    task: str
    name: dict[str, str]
    course: TaskCourse


@dataclass(frozen=True, slots=True)
class PhotoLine:
    """``day``: of the session it was taken at, if any."""

    public_id: str
    caption: str
    width: int
    height: int
    day: date | None


def group_head(db: Session, actor: Actor, public_id: str, *, leading: bool = False) -> GroupHead:
    """Raises NotFound out of sight; with ``leading`` also Forbidden for who doesn't lead it. One statement."""
    row = db.execute(heads().where(Group.public_id == public_id, scope.groups(actor))).one_or_none()
    if row is None:
        raise NotFound
    if leading:
        ensure(actor, Permission.GROUP_LEAD, Facts(row.program_id, leader_id=row.leader_account_id))
    return head_of(actor, row)


def heads() -> Any:
    """The columns :func:`head_of` reads, of groups with their leader."""
    return select(
        Group.id.label("group_id"), Group.public_id.label("group"), Group.program_id, Group.kind,
        Group.name.label("group_name"), Group.about, Group.place.label("group_place"), Group.first_day,
        Group.last_day, Group.archived_at, Group.version.label("group_version"), Group.leader_account_id,
        Account.name.label("leader"), Account.public_id.label("leader_account"),
    ).join(Account, Account.id == Group.leader_account_id)  # fmt: skip


def head_of(actor: Actor, row: Any) -> GroupHead:
    """A row of :func:`heads`."""
    return GroupHead(
        id=row.group_id,
        public_id=row.group,
        kind=row.kind,
        name=row.group_name,
        about=row.about,
        place=row.group_place,
        leader=row.leader,
        leader_account=row.leader_account,
        first_day=row.first_day,
        last_day=row.last_day,
        archived=row.archived_at is not None,
        version=row.group_version,
        leads=allowed(actor, Permission.GROUP_LEAD, Facts(row.program_id, leader_id=row.leader_account_id)),
    )


def group_tasks(db: Session, group_id: int) -> tuple[GroupTaskLine, ...]:
    """In their order. One statement; the group itself was in sight."""
    rows = db.execute(
        select(
            GroupTask.public_id, Task.public_id.label("task"), Task.name, GroupTask.planned_for, GroupTask.begun_on,
            GroupTask.done_on,
        )
        .join(Task, Task.id == GroupTask.task_id)
        .where(GroupTask.group_id == group_id)
        .order_by(GroupTask.position, GroupTask.id)
    )  # fmt: skip
    return tuple(GroupTaskLine(row.public_id, row.task, row.name, TaskCourse(*row[3:6])) for row in rows)


def latest_photos(
    db: Session, actor: Actor, today: date, group_id: int, *, session_id: int | None = None, most: int = FEW_PHOTOS
) -> tuple[PhotoLine, ...]:
    """The newest first, of the group or of one session. One statement, without the pictures themselves."""
    statement = _photos(actor, today, group_id).order_by(GroupPhoto.id.desc()).limit(most)
    if session_id is not None:
        statement = statement.where(GroupPhoto.session_id == session_id)
    return tuple(PhotoLine(*row) for row in db.execute(statement))


def one_photo(db: Session, actor: Actor, today: date, group_id: int, photo: str) -> PhotoLine:
    """A photo of this group, without the picture. Raises NotFound. One statement."""
    row = db.execute(_photos(actor, today, group_id).where(GroupPhoto.public_id == photo)).one_or_none()
    if row is None:
        raise NotFound
    return PhotoLine(*row)


def _photos(actor: Actor, today: date, group_id: int) -> Any:
    return (
        select(GroupPhoto.public_id, GroupPhoto.caption, GroupPhoto.width, GroupPhoto.height, GroupSession.day)
        .join(Group, Group.id == GroupPhoto.group_id)
        .outerjoin(GroupSession, GroupSession.id == GroupPhoto.session_id)
        .where(GroupPhoto.group_id == group_id, scope.group_photos(actor, today))
    )


def photo_bytes(db: Session, actor: Actor, today: date, photo: str, *, small: bool) -> bytes:
    """A photo as JPEG. Raises NotFound out of sight. One statement."""
    column = GroupPhoto.thumbnail if small else GroupPhoto.image
    found = db.scalar(
        select(column)
        .join(Group, Group.id == GroupPhoto.group_id)
        .where(GroupPhoto.public_id == photo, scope.group_photos(actor, today))
    )
    if found is None:
        raise NotFound
    return bytes(found)
