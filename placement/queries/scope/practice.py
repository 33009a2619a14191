"""What somebody practices, and their invitations to family members."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, or_, select

from placement.domain.roles import ASSIGNED_ROLES, Role
from placement.models.practice.practice import FamilyLink, Practice
from placement.models.programs.catalog import Task
from placement.policy.actor import Actor
from placement.policy.family import FamilyPhone
from placement.queries.scope.people import tasks
from placement.queries.scope.program import in_program


def practices(actor: Actor) -> ColumnElement[bool]:
    """What those practice whom the actor looks after, and they themselves; a private task where they see it."""
    people: set[int] = set(actor.caseload) if actor.roles & ASSIGNED_ROLES else set()
    if Role.PARTICIPANT in actor.roles and actor.participant_id is not None:
        people.add(actor.participant_id)
    if not people:
        return false()
    seen = select(Task.id).where(tasks(actor))
    theirs = Practice.participant_id.in_(sorted(people))
    return and_(in_program(actor, Practice.program_id), theirs, Practice.task_id.in_(seen))


def family_links(actor: Actor) -> ColumnElement[bool]:
    """Invitations of the participant who asks."""
    if Role.PARTICIPANT not in actor.roles or actor.participant_id is None:
        return false()
    return and_(in_program(actor, FamilyLink.program_id), FamilyLink.participant_id == actor.participant_id)


def family_tasks(phone: FamilyPhone) -> ColumnElement[bool]:
    """The one task a family member was invited for."""
    return and_(
        Task.program_id == phone.program_id,
        Task.id == phone.task_id,
        or_(Task.participant_id.is_(None), Task.participant_id == phone.participant_id),
    )
