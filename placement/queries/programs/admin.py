"""The program as its admin edits it: settings, catalog entries with their steps, scale versions, rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.catalog import FIELDS, EntryKind
from placement.domain.errors import NotFound
from placement.domain.occasions import Audience
from placement.models.programs.catalog import Accommodation, Task, TaskStep, TaskTrait, Trait
from placement.models.programs.program import Program
from placement.models.programs.scale import SupportLevel, SupportScale
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries.programs.scale import LevelRow

Words = Mapping[str, str]
TABLES: Mapping[EntryKind, type[Any]] = {
    EntryKind.TASK: Task,
    EntryKind.TRAIT: Trait,
    EntryKind.ACCOMMODATION: Accommodation,
}


@dataclass(frozen=True, slots=True)
class Settings:
    public_id: str
    version: int
    name: str
    zone: str
    locale: str
    country: str


@dataclass(frozen=True, slots=True)
class ProgramLine:
    public_id: str
    name: str
    zone: str
    locale: str
    country: str
    since: datetime


@dataclass(frozen=True, slots=True)
class EntryLine:
    """Tasks only: ``steps``, id and wording in order; ``traits`` they call on, public id → name in catalog order."""

    id: int
    public_id: str
    version: int
    archived: bool
    area: str
    words: Mapping[str, Words]
    steps: Sequence[tuple[int, Words]] = ()
    traits: Mapping[str, Words] = field(default_factory=dict)

    @property
    def name(self) -> Words:
        return self.words["name"]


def all_programs(db: Session, actor: Actor) -> list[ProgramLine]:
    """Every program of the site, by name."""
    ensure(actor, Permission.PROGRAM_CREATE)
    rows = db.execute(
        select(Program.public_id, Program.name, Program.zone, Program.locale, Program.country, Program.created_at)
        .where(Program.archived_at.is_(None))
        .order_by(Program.name, Program.id)
    )
    return [ProgramLine(*row) for row in rows]


def settings(db: Session, actor: Actor) -> Settings:
    """The active program."""
    program = _own(actor, Permission.PROGRAM_EDIT)
    row = db.execute(
        select(Program.public_id, Program.version, Program.name, Program.zone, Program.locale, Program.country).where(
            Program.id == program
        )
    ).one()
    return Settings(*row)


def entries(db: Session, actor: Actor, kind: EntryKind, archived: bool = False) -> list[EntryLine]:
    """The catalog's entries of a kind, in the order they were added; steps are left out."""
    table = TABLES[kind]
    rows = db.execute(
        _select(actor, kind)
        .where(table.archived_at.is_not(None) if archived else table.archived_at.is_(None))
        .order_by(table.id)
    )
    traits = _traits(db, actor.program) if kind is EntryKind.TASK else {}
    return [_line(kind, row, traits=traits.get(row.id)) for row in rows]


def entry(db: Session, actor: Actor, kind: EntryKind, public_id: str) -> EntryLine:
    """One entry with its steps. Raises NotFound."""
    row = db.execute(_select(actor, kind).where(TABLES[kind].public_id == public_id)).one_or_none()
    if row is None:
        raise NotFound
    steps: tuple[tuple[int, Words], ...] = ()
    if kind is EntryKind.TASK:
        statement = select(TaskStep.id, TaskStep.name).where(TaskStep.task_id == row.id).order_by(TaskStep.position)
        steps = tuple((key, words) for key, words in db.execute(statement))
        return _line(kind, row, steps, _traits(db, actor.program, row.id).get(row.id))
    return _line(kind, row, steps)


def scale(db: Session, actor: Actor) -> tuple[int, list[LevelRow], datetime | None]:
    """Number, levels from alone to most help and day of the scale's latest version."""
    program = _own(actor, Permission.CATALOG_EDIT)
    latest = db.execute(
        select(SupportScale.id, SupportScale.number, SupportScale.created_at)
        .where(SupportScale.program_id == program)
        .order_by(SupportScale.number.desc())
        .limit(1)
    ).one_or_none()
    if latest is None:
        return 0, [], None
    rows = db.execute(
        select(SupportLevel.public_id, SupportLevel.id, SupportLevel.rank, SupportLevel.name)
        .where(SupportLevel.program_id == program, SupportLevel.scale_id == latest.id)
        .order_by(SupportLevel.rank.desc())
    )
    return latest.number, [LevelRow(*row) for row in rows], latest.created_at


def _select(actor: Actor, kind: EntryKind) -> Any:
    program = _own(actor, Permission.CATALOG_EDIT)
    table = TABLES[kind]
    columns = [table.id, table.public_id, table.version, table.archived_at]
    columns += [getattr(table, name) for name in FIELDS[kind]]
    if kind is EntryKind.TASK:
        columns.append(Task.area)
    statement: Any = select(*columns).where(table.program_id == program)
    return statement.where(Task.audience == Audience.PROGRAM) if kind is EntryKind.TASK else statement


def _traits(db: Session, program: int, task: int | None = None) -> Mapping[int, dict[str, Words]]:
    """Task → public id → name of the traits it calls on."""
    statement = (
        select(TaskTrait.task_id, Trait.public_id, Trait.name)
        .join(Trait, Trait.id == TaskTrait.trait_id)
        .where(TaskTrait.program_id == program)
        .order_by(Trait.id)
    )
    found: dict[int, dict[str, Words]] = defaultdict(dict)
    for owner, public_id, name in db.execute(statement if task is None else statement.where(TaskTrait.task_id == task)):
        found[owner][public_id] = name
    return found


def _line(
    kind: EntryKind, row: Any, steps: Sequence[tuple[int, Words]] = (), traits: Mapping[str, Words] | None = None
) -> EntryLine:
    return EntryLine(
        id=row.id,
        public_id=row.public_id,
        version=row.version,
        archived=row.archived_at is not None,
        area=row.area if kind is EntryKind.TASK else "",
        words={name: getattr(row, name) for name in FIELDS[kind]},
        steps=steps,
        traits=traits or {},
    )


def _own(actor: Actor, permission: Permission) -> int:
    ensure(actor, permission)
    ensure(actor, permission, Facts(actor.program))
    return actor.program
