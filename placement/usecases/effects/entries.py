"""Tasks, traits and accommodations as rows: finding, wording, steps."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, exists, or_, select
from sqlalchemy.orm import Session

from placement.catalog import read
from placement.domain.catalog import FIELDS, EntryKind, checked_words
from placement.domain.errors import NotFound, Refused
from placement.domain.occasions import Audience
from placement.domain.words import say
from placement.models.feedback.observation import ObservationStep
from placement.models.programs.catalog import Accommodation, Task, TaskStep, TaskTrait, Trait
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission

Entry = Task | Trait | Accommodation
TABLES: Mapping[EntryKind, type[Any]] = {
    EntryKind.TASK: Task,
    EntryKind.TRAIT: Trait,
    EntryKind.ACCOMMODATION: Accommodation,
}


@dataclass(frozen=True, slots=True)
class StepWords:
    """``id`` is the step's number in the database, None for a new one."""

    id: int | None
    words: Mapping[str, str]


def ensure_catalog(actor: Actor) -> None:
    """Raise Forbidden unless the actor may change the catalog of the active program."""
    ensure(actor, Permission.CATALOG_EDIT)
    ensure(actor, Permission.CATALOG_EDIT, Facts(actor.program))


def find_entry(session: Session, actor: Actor, kind: EntryKind, public_id: str) -> Any:
    """The row, archived or not, held until the end; never a task of one person alone. Raises NotFound."""
    table = TABLES[kind]
    statement = select(table).where(table.program_id == actor.program, table.public_id == public_id)
    if kind is EntryKind.TASK:
        statement = statement.where(Task.audience == Audience.PROGRAM)
    row = session.scalar(statement.with_for_update(key_share=True))
    if row is None:
        raise NotFound
    return row


def checked_entry(kind: EntryKind, words: Mapping[str, Mapping[str, str]], area: str, locale: str) -> dict[str, Any]:
    """The columns of an entry. Raises Refused at the field."""
    values: dict[str, Any] = {name: checked_words(words.get(name, {}), locale, name) for name in FIELDS[kind]}
    if kind is EntryKind.TASK:
        if area not in {known.key for known in read.areas()}:
            raise Refused(say("Please choose an area from the list."), "area")
        values["area"] = area
    return values


def write_steps(session: Session, task: Task, steps: Sequence[StepWords], locale: str) -> None:
    """Make the steps of a task these, in this order. Raises Refused for taking out one that was rated already."""
    now = {
        row.id: row
        for row in session.scalars(
            select(TaskStep).where(TaskStep.program_id == task.program_id, TaskStep.task_id == task.id)
        )
    }
    kept = {step.id for step in steps}
    for key, row in now.items():
        if key not in kept:
            if session.scalar(select(exists().where(ObservationStep.step_id == key))):
                raise Refused(say("A step that was rated already can be reworded, but not taken out."), "steps")
            session.delete(row)
    for position, step in enumerate(steps):
        words = _step_words(step, locale)
        if step.id is not None and step.id in now:
            now[step.id].position, now[step.id].name = position, words
        else:
            session.add(TaskStep(program_id=task.program_id, task_id=task.id, position=position, name=words))
    session.flush()


def linked_traits(session: Session, task: Task) -> dict[str, int]:
    """Public id → id of the traits a task calls on."""
    rows = session.execute(
        select(Trait.public_id, Trait.id)
        .join(TaskTrait, TaskTrait.trait_id == Trait.id)
        .where(TaskTrait.task_id == task.id)
    )
    return dict(rows.all())


def write_traits(session: Session, task: Task, traits: Collection[str]) -> bool:
    """Make these (public ids, live or linked already) all the traits the task calls on; says whether that changed it.

    Raises NotFound for a trait the program does not offer.
    """
    now = linked_traits(session, task)
    rows = session.execute(
        select(Trait.public_id, Trait.id).where(
            Trait.program_id == task.program_id,
            Trait.public_id.in_(sorted(traits)),
            or_(Trait.archived_at.is_(None), Trait.id.in_(sorted(now.values()))),
        )
    )
    wanted: dict[str, int] = dict(rows.all())
    if len(wanted) != len(set(traits)):
        raise NotFound
    gone = sorted(set(now.values()) - set(wanted.values()))
    session.execute(delete(TaskTrait).where(TaskTrait.task_id == task.id, TaskTrait.trait_id.in_(gone)))
    added = sorted(set(wanted.values()) - set(now.values()))
    session.add_all(TaskTrait(program_id=task.program_id, task_id=task.id, trait_id=key) for key in added)
    session.flush()
    return bool(gone or added)


def _step_words(step: StepWords, locale: str) -> dict[str, str]:
    try:
        return checked_words(step.words, locale, "name")
    except Refused as error:
        raise Refused(error.reason, "steps") from error
