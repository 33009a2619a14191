"""A program's small catalog, made of the first entries of our own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from placement.catalog import read
from placement.domain.milestones import RuleKind
from placement.domain.occasions import Audience
from placement.models.programs.catalog import Accommodation, Task, TaskStep, Trait
from placement.models.programs.scale import SupportLevel, SupportScale
from placement.models.progress.milestone import MilestoneRule


@dataclass(frozen=True)
class Catalog:
    """``levels`` by canonical rank; the rest in catalog order."""

    tasks: list[Task]
    traits: list[Trait]
    accommodations: list[Accommodation]
    scale: SupportScale
    levels: dict[int, SupportLevel]
    rules: list[MilestoneRule]


def write_catalog(session: Session, program_id: int, now: datetime, tasks: int, traits: int) -> Catalog:
    """Write it; nothing is offered that our own catalog has turned off."""
    scale = SupportScale(program_id=program_id, number=1, created_at=now)
    session.add(scale)
    session.flush()
    made = Catalog(
        tasks=[_task(program_id, entry) for entry in read.tasks()[:tasks]],
        traits=[
            Trait(program_id=program_id, key=t.key, name=t.name, sentence=t.sentence, low=t.low, high=t.high)
            for t in read.traits()[:traits]
        ],
        accommodations=[
            Accommodation(program_id=program_id, key=a.key, name=a.name) for a in read.accommodations()[:3]
        ],
        scale=scale,
        levels={
            level.rank: SupportLevel(program_id=program_id, scale_id=scale.id, rank=level.rank, name=level.name)
            for level in read.scale().levels
            if not level.off
        },
        rules=[_rule(program_id, now, entry) for entry in read.rules()],
    )
    for group in (made.tasks, made.traits, made.accommodations, list(made.levels.values()), made.rules):
        session.add_all(group)
    session.flush()
    for task, entry in zip(made.tasks, read.tasks(), strict=False):
        for position, name in enumerate(entry.steps):
            session.add(TaskStep(program_id=program_id, task_id=task.id, position=position, name=name))
    return made


def _task(program_id: int, entry: read.CatalogTask) -> Task:
    return Task(
        program_id=program_id, key=entry.key, area=entry.area, name=entry.name, sentence=entry.sentence,
        audience=Audience(entry.audience),
    )  # fmt: skip


def _rule(program_id: int, now: datetime, entry: read.CatalogRule) -> MilestoneRule:
    return MilestoneRule(
        program_id=program_id, key=entry.key, number=1, kind=RuleKind(entry.kind), name=entry.title, created_at=now,
        **entry.params,
    )  # fmt: skip
