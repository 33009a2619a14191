"""The program's live catalog: tasks, traits, accommodations, with the wording in every language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.models.programs.catalog import Accommodation, Task, Trait
from placement.policy.actor import Actor
from placement.queries import scope

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TaskRow:
    id: int
    public_id: str
    key: str
    area: str
    name: Words
    sentence: Words


@dataclass(frozen=True, slots=True)
class TraitRow:
    """``low`` and ``high``: what 0 and 5 mean, in words."""

    id: int
    public_id: str
    key: str
    name: Words
    sentence: Words
    low: Words
    high: Words


@dataclass(frozen=True, slots=True)
class AccommodationRow:
    id: int
    public_id: str
    key: str
    name: Words


def tasks(db: Session, actor: Actor) -> list[TaskRow]:
    """Live tasks the actor may know of, in the order they were added."""
    rows = db.execute(
        select(Task.id, Task.public_id, Task.key, Task.area, Task.name, Task.sentence)
        .where(scope.tasks(actor), Task.archived_at.is_(None))
        .order_by(Task.id)
    )
    return [TaskRow(*row) for row in rows]


def traits(db: Session, actor: Actor) -> list[TraitRow]:
    """Live traits, in the order they were added."""
    rows = db.execute(
        select(Trait.id, Trait.public_id, Trait.key, Trait.name, Trait.sentence, Trait.low, Trait.high)
        .where(scope.in_program(actor, Trait.program_id), Trait.archived_at.is_(None))
        .order_by(Trait.id)
    )
    return [TraitRow(*row) for row in rows]


def accommodations(db: Session, actor: Actor) -> list[AccommodationRow]:
    """Live accommodations, in the order they were added."""
    rows = db.execute(
        select(Accommodation.id, Accommodation.public_id, Accommodation.key, Accommodation.name)
        .where(scope.in_program(actor, Accommodation.program_id), Accommodation.archived_at.is_(None))
        .order_by(Accommodation.id)
    )
    return [AccommodationRow(*row) for row in rows]
