"""A task somebody saw that is not in the list becomes one of the program's tasks."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from placement.domain.catalog import EntryKind, free_key
from placement.domain.errors import Refused
from placement.domain.notices import NoticeKind
from placement.domain.words import say
from placement.models.programs.catalog import Task
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.usecases.effects.entries import checked_entry
from placement.usecases.effects.log import audit
from placement.usecases.effects.notice_rows import locked_notice
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class TakeUpTask:
    """``name`` and ``sentence`` in the program's language; ``area``: a key of the catalog's areas."""

    notice: str
    version: int
    name: str
    sentence: str
    area: str


def take_up_task(work: Work, actor: Actor, command: TakeUpTask) -> str:
    """Add the task and close the notice; the task's public id. An admin adds other languages and steps.

    Raises NotFound, Forbidden, Stale, and Refused with the field's name.
    """
    locale = actor.program_locale
    words = {"name": {locale: command.name.strip()}, "sentence": {locale: command.sentence.strip()}}
    try:
        with work.transaction() as session:
            row = locked_notice(session, actor, command.notice)
            ensure(actor, Permission.TASK_TAKE_UP, Facts(row.program_id))
            check_version(row, command.version, {})
            if row.kind is not NoticeKind.UNLISTED_TASK or row.done_at is not None:
                raise Refused(say("Somebody has taken care of this already."))
            values = checked_entry(EntryKind.TASK, words, command.area, locale)
            live = (Task.program_id == row.program_id, Task.archived_at.is_(None))
            keys = set(session.scalars(select(Task.key).where(*live)))
            task = Task(program_id=row.program_id, key=free_key(command.name, keys), **values)
            session.add(task)
            session.flush()
            row.done_at, row.done_by_id, row.outcome = work.clock(), actor.account_id, command.name.strip()
            audit(session, work, actor, "catalog.create", EntryKind.TASK, task.id, notice=row.id)
            audit(session, work, actor, "notice.close", "notice", row.id, kind=row.kind.value)
            return task.public_id
    except IntegrityError as error:
        raise Refused(say("Somebody added the same just now. Please look at the list."), "name") from error
