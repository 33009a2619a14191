"""What the forms about groups offer: leaders, tasks, and the questions about one member at one session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from placement.domain.errors import Forbidden
from placement.domain.occasions import Audience
from placement.domain.roles import ASSIGNED_ROLES, Role
from placement.domain.support import RaterKind
from placement.models.accounts.account import Account, Membership
from placement.models.feedback.observation import Observation
from placement.models.feedback.rater import Rater
from placement.models.groups.group import GroupSeat, GroupTask
from placement.models.programs.catalog import Task
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.feedback.form import FormTask, OwnAnswer
from placement.queries.groups.head import GroupHead
from placement.queries.groups.session import SeatLine, SessionCard, seat_of, session_head
from placement.queries.programs.scale import LevelRow, current_levels


@dataclass(frozen=True, slots=True)
class ObserveForm:
    """Questions about one member, with what this reader said before."""

    head: GroupHead
    card: SessionCard
    seat: SeatLine
    tasks: list[FormTask]
    levels: list[LevelRow]


def observe_form(db: Session, actor: Actor, now: datetime, session_id: str, member: str) -> ObserveForm:
    """Raises NotFound out of sight, Forbidden for who doesn't rate this member. Four statements."""
    head, card = session_head(db, actor, now, session_id)
    seat = seat_of(db, actor, head, card, member)
    if not seat.may_observe:
        raise Forbidden(Permission.GROUP_OBSERVE)
    tasks = [
        FormTask(row.public_id, row.name, row.sentence, _answer(row)) for row in _tasks(db, actor, head, card, seat)
    ]
    return ObserveForm(head, card, seat, tasks, current_levels(db, actor.program))


def leaders(db: Session, actor: Actor) -> list[tuple[str, str]]:
    """Whom the reader may choose to lead a group: public id and name, themself first. One statement.

    Nobody for who is no coordinator: they lead what they start.
    """
    if Role.COORDINATOR not in actor.roles:
        return []
    rows = db.execute(
        select(Account.public_id, Account.name, (Account.id != actor.account_id).label("other"))
        .join(Membership, Membership.account_id == Account.id)
        .where(
            scope.in_program(actor, Membership.program_id),
            Membership.role.in_({*ASSIGNED_ROLES, Role.COORDINATOR}),
            Membership.archived_at.is_(None),
            Account.archived_at.is_(None),
        )
        .distinct()
        .order_by("other", Account.name, Account.public_id)
    )
    return [(row[0], row[1]) for row in rows]


def tasks_to_add(db: Session, actor: Actor, group_id: int) -> list[tuple[str, str, dict[str, str]]]:
    """The program's tasks that the group has not: public id, area, name. One statement."""
    has = select(GroupTask.task_id).where(GroupTask.group_id == group_id)
    rows = db.execute(
        select(Task.public_id, Task.area, Task.name)
        .where(
            scope.in_program(actor, Task.program_id),
            Task.audience == Audience.PROGRAM,
            Task.archived_at.is_(None),
            Task.id.not_in(has),
        )
        .order_by(Task.id)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def _tasks(db: Session, actor: Actor, head: GroupHead, card: SessionCard, seat: SeatLine) -> Any:
    """The group's tasks with what this reader has said about the member here."""
    own = (
        select(Observation.task_id, Observation.id, Observation.rank, Observation.not_today)
        .join(Rater, Rater.id == Observation.rater_id)
        .join(Occasion, Occasion.id == Observation.occasion_id)
        .join(GroupSeat, GroupSeat.id == Occasion.id)
        .where(
            GroupSeat.session_id == card.id,
            Occasion.participant_id == seat.participant_id,
            Observation.replaced_at.is_(None),
            Rater.account_id == actor.account_id,
            Rater.kind == (RaterKind.COACH if Role.COACH in actor.roles else RaterKind.THERAPIST),
        )
    ).subquery()
    return db.execute(
        select(Task.public_id, Task.name, Task.sentence, own.c.id.label("said"), own.c.rank, own.c.not_today)
        .join(GroupTask, GroupTask.task_id == Task.id)
        .outerjoin(own, and_(own.c.task_id == Task.id))
        .where(GroupTask.group_id == head.id, scope.tasks(actor))
        .order_by(GroupTask.position, GroupTask.id)
    )


def _answer(row: Any) -> OwnAnswer | None:
    return None if row.said is None else OwnAnswer(row.rank, row.not_today)
