"""Loading what somebody practices for a change."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.occasions import Audience
from placement.domain.words import say
from placement.models.participants.participant import Participant
from placement.models.practice.practice import Practice
from placement.models.programs.catalog import Task
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope


def locked_practice(
    session: Session, actor: Actor, public_id: str, permission: Permission, *, stopped: bool = False
) -> tuple[Practice, Task]:
    """The row with its task, locked. Raises NotFound, Forbidden, and Refused for an archived record, or for what is no
    longer practiced unless ``stopped`` allows it."""
    found = session.execute(
        select(Practice, Task, Participant.archived_at)
        .join(Task, Task.id == Practice.task_id)
        .join(Participant, Participant.id == Practice.participant_id)
        .where(Practice.public_id == public_id, scope.practices(actor))
        .with_for_update(of=Practice)
    ).one_or_none()
    if found is None:
        raise NotFound
    row, task, archived_at = found
    ensure(actor, permission, facts_of(row, task.audience))
    if archived_at is not None:
        raise Refused(say("This record is archived. It can be read, not changed."))
    if row.archived_at is not None and not stopped:
        raise Refused(say("This is no longer practiced."))
    return row, task


def facts_of(row: Practice, audience: Audience) -> Facts:
    """What decisions about it depend on."""
    return Facts(row.program_id, row.participant_id, private=audience is Audience.PRIVATE)
