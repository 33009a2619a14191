"""What belongs to the active program, whoever it is about."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false, or_
from sqlalchemy.orm import InstrumentedAttribute

from placement.domain.roles import Role
from placement.models.system.job import Job
from placement.policy.actor import Actor


def in_program(actor: Actor, column: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Rows of the active program; nothing for somebody without one."""
    return false() if actor.program_id is None else column == actor.program_id


def jobs(actor: Actor) -> ColumnElement[bool]:
    """The outbox of the program, for its admins; what belongs to no program, for whoever runs the site."""
    parts: list[ColumnElement[bool]] = []
    if Role.ADMIN in actor.roles and actor.program_id is not None:
        parts.append(Job.program_id == actor.program_id)
    if actor.runs_site:
        parts.append(Job.program_id.is_(None))
    return or_(false(), *parts)
