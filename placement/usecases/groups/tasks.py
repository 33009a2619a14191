"""The tasks a group works on: from the program's list or new ones, begun and done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from placement.domain.catalog import EntryKind, free_key
from placement.domain.errors import NotFound, Refused
from placement.domain.groups import AREAS, MOST_TASKS, GroupKind, TaskCourse, TaskState
from placement.domain.occasions import Audience
from placement.domain.words import say
from placement.models.groups.group import Group, GroupTask
from placement.models.programs.catalog import Task
from placement.policy.actor import Actor
from placement.usecases.effects.entries import checked_entry
from placement.usecases.effects.groups import locked_group
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class AddTask:
    """``task``: the public id of one of the program's tasks; without one, ``name`` of a new one."""

    group: str
    task: str | None = None
    name: str = ""
    planned_for: date | None = None


def add_task(work: Work, actor: Actor, command: AddTask) -> str:
    """The public id of the group's task; one that is there already gets the planned day.

    Raises NotFound, Forbidden, and Refused with the field's name.
    """
    try:
        with work.transaction() as session:
            group = locked_group(session, actor, command.group)
            task = _task(session, work, actor, group.kind, command)
            row = session.scalar(select(GroupTask).where(GroupTask.group_id == group.id, GroupTask.task_id == task))
            if row is None:
                row = _added(session, work, group, task)
            row.planned_for = command.planned_for or row.planned_for
            audit(session, work, actor, "group.task_add", "work_group", group.id, task_id=task)
            return row.public_id
    except IntegrityError as error:
        raise Refused(say("Somebody added the same just now. Please look at the list."), "name") from error


def move_task(work: Work, actor: Actor, group: str, task: str, to: TaskState) -> TaskState:
    """Say where a task stands; where it stood before. Raises NotFound and Forbidden."""
    with work.transaction() as session:
        row, owner = _found(session, actor, group, task)
        course = TaskCourse(row.planned_for, row.begun_on, row.done_on)
        moved = course.moved(to, actor.today(work.clock()))
        row.begun_on, row.done_on = moved.begun_on, moved.done_on
        if course != moved:
            audit(session, work, actor, "group.task_move", "work_group", owner.id, task_id=row.task_id, to=to.value)
        return course.state


def remove_task(work: Work, actor: Actor, group: str, task: str) -> None:
    """Take it off the group's list; the task itself and what was seen of it stay. Raises NotFound and Forbidden."""
    with work.transaction() as session:
        row, owner = _found(session, actor, group, task)
        session.delete(row)
        audit(session, work, actor, "group.task_remove", "work_group", owner.id, task_id=row.task_id)


def _found(session: Session, actor: Actor, group: str, task: str) -> tuple[GroupTask, Group]:
    owner = locked_group(session, actor, group)
    row = session.scalar(select(GroupTask).where(GroupTask.public_id == task, GroupTask.group_id == owner.id))
    if row is None:
        raise NotFound
    return row, owner


def _task(session: Session, work: Work, actor: Actor, kind: GroupKind, command: AddTask) -> int:
    """The key of the program's task that is meant, or of the new one. Never somebody's own task."""
    if command.task:
        found = session.scalar(
            select(Task.id).where(
                Task.public_id == command.task,
                Task.program_id == actor.program,
                Task.audience == Audience.PROGRAM,
                Task.archived_at.is_(None),
            )
        )
        if found is None:
            raise NotFound
        return found
    name = " ".join(command.name.split())
    if not name:
        raise Refused(say("Choose a task, or name a new one."), "task")
    words = {"name": {actor.program_locale: name}, "sentence": {actor.program_locale: name}}
    try:
        values = checked_entry(EntryKind.TASK, words, AREAS[kind], actor.program_locale)
    except Refused as error:
        raise Refused(error.reason, "name") from error
    keys = session.scalars(select(Task.key).where(Task.program_id == actor.program, Task.archived_at.is_(None)))
    task = Task(program_id=actor.program, key=free_key(name, set(keys)), **values)
    session.add(task)
    session.flush()
    audit(session, work, actor, "catalog.create", EntryKind.TASK, task.id)
    return task.id


def _added(session: Session, work: Work, group: Group, task: int) -> GroupTask:
    count, last = session.execute(
        select(func.count(), func.max(GroupTask.position)).where(GroupTask.group_id == group.id)
    ).one()
    if count >= MOST_TASKS:
        raise Refused(say("A group has at most %(most)s tasks.", most=MOST_TASKS), "task")
    row = GroupTask(
        program_id=group.program_id, group_id=group.id, task_id=task, position=(last or 0) + 1, created_at=work.clock()
    )
    session.add(row)
    session.flush()
    return row
