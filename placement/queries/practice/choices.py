"""What can be chosen to practice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.catalog import read
from placement.domain.errors import NotFound
from placement.domain.occasions import Audience
from placement.domain.practice import AREAS, SHARED_AREAS
from placement.domain.profiles import full_name
from placement.models.participants.participant import Participant
from placement.models.programs.catalog import Task
from placement.policy.actor import Actor
from placement.policy.check import allowed, ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.practice.overview import area_name
from placement.queries.programs.scale import LevelRow, current_levels

Wording = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Choices:
    """``groups``: an area's name, and value and name of its tasks. ``private``: whether the reader may add what is for
    participant and therapist alone; ``areas``: where something of one's own can belong."""

    participant_id: int
    participant: str
    name: str
    own: bool
    groups: tuple[tuple[Wording, tuple[tuple[str, Wording], ...]], ...]
    private: bool
    areas: tuple[tuple[str, Wording], ...]
    levels: tuple[LevelRow, ...]


def practice_choices(db: Session, actor: Actor, participant: str) -> Choices:
    """Raises NotFound out of sight, Forbidden for other readers. Three statements."""
    person = db.execute(
        select(
            Participant.id, Participant.public_id, Participant.program_id, Participant.preferred_name,
            Participant.family_name,
        ).where(scope.participants(actor), Participant.public_id == participant)
    ).one_or_none()  # fmt: skip
    if person is None:
        raise NotFound
    ensure(actor, Permission.PRACTICE_EDIT, Facts(person.program_id, person.id))
    private = allowed(actor, Permission.PRACTICE_EDIT, Facts(person.program_id, person.id, private=True))
    groups = [(area_name(key), rows) for key, rows in _shared(db, actor).items()]
    if private:
        templates: dict[str, list[tuple[str, Wording]]] = {}
        for task in read.private_tasks():
            templates.setdefault(task.area, []).append((f"template:{task.key}", task.name))
        groups += [(area_name(key), tuple(rows)) for key, rows in templates.items()]
    return Choices(
        person.id, person.public_id, full_name(person.preferred_name, person.family_name),
        person.id == actor.participant_id, tuple(groups), private, tuple((key, area_name(key)) for key in AREAS),
        tuple(current_levels(db, actor.program)),
    )  # fmt: skip


def _shared(db: Session, actor: Actor) -> dict[str, tuple[tuple[str, Wording], ...]]:
    """Area → the program's tasks outside a shop."""
    rows = db.execute(
        select(Task.area, Task.public_id, Task.name)
        .where(
            scope.in_program(actor, Task.program_id),
            Task.audience == Audience.PROGRAM,
            Task.archived_at.is_(None),
            Task.area.in_(SHARED_AREAS),
        )
        .order_by(Task.id)
    ).all()
    return {
        area: tuple((f"task:{key}", name) for of, key, name in rows if of == area)
        for area in SHARED_AREAS
        if any(of == area for of, _, _ in rows)
    }
