"""Starting a group, changing what it is, archiving and restoring it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.groups import ABOUT, NAME, GroupKind, check_period, check_text
from placement.domain.roles import ASSIGNED_ROLES, Role
from placement.domain.text import fold
from placement.domain.words import say
from placement.models.accounts.account import Account, Membership
from placement.models.groups.group import Group
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.usecases.effects.groups import locked_group
from placement.usecases.effects.idempotency import again_if_taken, first_answer, keep_answer
from placement.usecases.effects.log import audit
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class GroupValues:
    """``leader``: an account's public id; None means the one who writes, or the leader there is."""

    kind: GroupKind
    name: str
    first_day: date
    last_day: date | None = None
    about: str = ""
    place: str = ""
    leader: str | None = None


@dataclass(frozen=True, slots=True)
class AddGroup:
    """``key``: made for every new form, so that a double tap is one group."""

    values: GroupValues
    key: str


@dataclass(frozen=True, slots=True)
class EditGroup:
    group: str
    version: int
    values: GroupValues


def add_group(work: Work, actor: Actor, command: AddGroup) -> str:
    """Its public id. Raises NotFound for a leader who isn't there, Forbidden, KeyReused, Refused with the field."""
    return again_if_taken(_add, work, actor, command)


def _add(work: Work, actor: Actor, command: AddGroup) -> str:
    body = asdict(command)
    with work.transaction() as session:
        known = first_answer(session, actor, command.key, body)
        if known is not None:
            return str(known["group"])
        ensure(actor, Permission.GROUP_CREATE, Facts(actor.program))
        row = Group(program_id=actor.program, created_at=work.clock(), **_columns(command.values))
        row.leader_account_id = _leader(session, actor, command.values.leader) or actor.account_id
        session.add(row)
        session.flush()
        audit(session, work, actor, "group.add", "work_group", row.id, leader=row.leader_account_id)
        keep_answer(session, work, actor, command.key, body, {"group": row.public_id})
        return row.public_id


def edit_group(work: Work, actor: Actor, command: EditGroup) -> None:
    """Raises NotFound, Forbidden, Stale, and Refused with the field's name."""
    with work.transaction() as session:
        row = locked_group(session, actor, command.group)
        check_version(row, command.version, current_values(row))
        before = {name: getattr(row, name) for name in _columns(command.values)}
        leader = _leader(session, actor, command.values.leader)
        for name, value in _columns(command.values).items():
            setattr(row, name, value)
        row.leader_account_id = leader or row.leader_account_id
        changed = [name for name, value in before.items() if getattr(row, name) != value]
        audit(session, work, actor, "group.edit", "work_group", row.id, fields=changed, leader=row.leader_account_id)


def archive_group(work: Work, actor: Actor, public_id: str, *, restore: bool = False) -> None:
    """Put it away, or take it out again; twice changes nothing. Raises NotFound and Forbidden."""
    with work.transaction() as session:
        row = locked_group(session, actor, public_id, archived=True)
        if (row.archived_at is None) == restore:
            return
        row.archived_at = None if restore else work.clock()
        audit(session, work, actor, "group.restore" if restore else "group.archive", "work_group", row.id)


def current_values(row: Group) -> Mapping[str, Any]:
    """The form's fields as they are saved."""
    return {
        "kind": row.kind.value, "name": row.name, "about": row.about, "place": row.place, "first_day": row.first_day,
        "last_day": row.last_day,
    }  # fmt: skip


def _columns(values: GroupValues) -> dict[str, Any]:
    name = check_text(values.name, NAME, "name")
    if not name:
        raise Refused(say("Please give the group a name."), "name")
    check_period(values.first_day, values.last_day)
    return {
        "kind": values.kind,
        "name": name,
        "sort_key": fold(name)[:160],
        "about": check_text(values.about, ABOUT, "about"),
        "place": check_text(values.place, NAME, "place"),
        "first_day": values.first_day,
        "last_day": values.last_day,
    }


def _leader(session: Session, actor: Actor, public_id: str | None) -> int | None:
    """Somebody of the staff; only coordinators choose another than themselves. Raises NotFound and Refused."""
    if public_id is None:
        return None
    found = session.scalar(
        select(Account.id)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Account.public_id == public_id,
            Account.archived_at.is_(None),
            Membership.program_id == actor.program,
            Membership.role.in_({*ASSIGNED_ROLES, Role.COORDINATOR}),
            Membership.archived_at.is_(None),
        )
        .limit(1)
    )
    if found is None:
        raise NotFound
    if found != actor.account_id and Role.COORDINATOR not in actor.roles:
        raise Refused(say("A coordinator chooses another leader."), "leader")
    return found
