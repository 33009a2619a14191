"""A new program starts with the shipped catalog, scale and rules; they are its own from then on."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from placement.catalog import read
from placement.domain.milestones import RuleKind
from placement.domain.occasions import Audience
from placement.models.programs.catalog import Accommodation, Task, TaskStep, TaskTrait, Trait
from placement.models.programs.scale import SupportLevel, SupportScale
from placement.models.progress.milestone import MilestoneRule
from placement.usecases.effects.enrollments import seed_lists
from placement.usecases.effects.questionnaires import seed_questionnaires
from placement.usecases.transaction import Work


def seed_catalog(session: Session, work: Work, program_id: int) -> None:
    """Copy traits, tasks with steps and traits, accommodations, default scale, rules, questionnaires and lists."""
    traits = _seed_traits(session, program_id)
    for accommodation in read.accommodations():
        session.add(Accommodation(program_id=program_id, key=accommodation.key, name=accommodation.name))
    _seed_tasks(session, program_id, traits)
    _seed_scale(session, work, program_id)
    for rule in read.rules():
        session.add(
            MilestoneRule(
                program_id=program_id,
                key=rule.key,
                number=1,
                kind=RuleKind(rule.kind),
                name=rule.title,
                created_at=work.clock(),
                **rule.params,
            )
        )
    seed_questionnaires(session, work, program_id)
    seed_lists(session, work, program_id)
    session.flush()


def _seed_traits(session: Session, program_id: int) -> dict[str, int]:
    """Key → id."""
    rows = [
        Trait(program_id=program_id, key=row.key, name=row.name, sentence=row.sentence, low=row.low, high=row.high)
        for row in read.traits()
    ]
    session.add_all(rows)
    session.flush()
    return {row.key: row.id for row in rows}


def _seed_tasks(session: Session, program_id: int, traits: Mapping[str, int]) -> None:
    for entry in read.tasks():
        task = Task(
            program_id=program_id,
            key=entry.key,
            area=entry.area,
            name=entry.name,
            sentence=entry.sentence,
            audience=Audience(entry.audience),
        )
        session.add(task)
        session.flush()
        session.add_all(TaskTrait(program_id=program_id, task_id=task.id, trait_id=traits[key]) for key in entry.traits)
        for position, step in enumerate(entry.steps):
            session.add(TaskStep(program_id=program_id, task_id=task.id, position=position, name=step))


def _seed_scale(session: Session, work: Work, program_id: int) -> None:
    scale = SupportScale(program_id=program_id, number=1, created_at=work.clock())
    session.add(scale)
    session.flush()
    for level in read.scale().levels:
        if not level.off:
            session.add(SupportLevel(program_id=program_id, scale_id=scale.id, rank=level.rank, name=level.name))
