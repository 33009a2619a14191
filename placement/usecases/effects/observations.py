"""Observations are replaced, never changed: the old row is marked, the new one points to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.occasions import Audience
from placement.domain.support import NotTodayReason, RaterKind
from placement.models.feedback.observation import Observation, ObservationStep
from placement.models.feedback.rater import Rater
from placement.models.programs.catalog import Task, TaskStep
from placement.models.programs.scale import SupportLevel
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.policy.device import Device
from placement.policy.family import FamilyPhone
from placement.queries import scope
from placement.usecases.transaction import Work

#: Who may say something about a private task.
SEES_PRIVATE = frozenset({RaterKind.THERAPIST, RaterKind.SELF, RaterKind.FAMILY})

_LEVELS = select(SupportLevel.public_id, SupportLevel.id, SupportLevel.rank).where(
    SupportLevel.program_id == bindparam("program")
)
_CURRENT = select(Observation).where(
    Observation.occasion_id == bindparam("occasion"),
    Observation.rater_id == bindparam("rater"),
    Observation.replaced_at.is_(None),
)
_OF_STEPS = select(
    ObservationStep.observation_id, ObservationStep.step_id, ObservationStep.level_id, ObservationStep.rank
).where(ObservationStep.observation_id.in_(bindparam("observations", expanding=True)))


@dataclass(frozen=True, slots=True)
class Answer:
    """About one task: public ids of task and level, or why not today; position of a step → level."""

    task: str
    level: str | None
    not_today: NotTodayReason | None
    comment: str = ""
    steps: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Level:
    id: int
    rank: int


@dataclass(frozen=True, slots=True)
class _Content:
    """What an observation says; an equal one is not written again. ``steps``: step's key → level."""

    level: _Level | None
    not_today: NotTodayReason | None
    comment: str
    steps: Mapping[int, _Level]


def write_observations(
    session: Session,
    work: Work,
    actor: Actor | Device | FamilyPhone,
    occasion: Occasion,
    rater: Rater,
    answers: Iterable[Answer],
) -> set[int]:
    """Write what is new or changed; the tasks' keys whose observation changed. Raises NotFound for a task, step or
    level that is not the actor's to rate here."""
    wanted = list(answers)
    tasks = _tasks(session, actor, occasion, rater, [answer.task for answer in wanted])
    levels = _levels(session, occasion.program_id)
    steps = _steps(session, tasks.values()) if any(answer.steps for answer in wanted) else {}
    contents = {tasks[a.task]: _content(a, tasks[a.task], levels, steps) for a in wanted if a.task in tasks}
    if len(contents) != len(wanted):
        raise NotFound
    current = _current(session, occasion.id, rater.id)
    changed = {task: new for task, new in contents.items() if task not in current or current[task][1] != new}
    for task in changed:
        if task in current:
            current[task][0].replaced_at = work.clock()
    # The old row must be out of the unique index of current ones before the new one comes in.
    session.flush()
    rows = {
        task: _row(work, occasion, rater, task, content, current[task][0].id if task in current else None)
        for task, content in changed.items()
    }
    # Most have no steps: then nobody asks for their keys, and all go in at once.
    if plain := [row for task, row in rows.items() if not changed[task].steps]:
        session.execute(insert(Observation), plain)
    for task, content in changed.items():
        if content.steps:
            _add_stepwise(session, rows[task], content.steps)
    return set(changed)


def drop_observations(session: Session, work: Work, occasion_id: int, rater_id: int) -> set[int]:
    """Mark a rater's observations of an occasion as replaced, by nothing; the tasks' keys."""
    current = _current(session, occasion_id, rater_id)
    for row, _ in current.values():
        row.replaced_at = work.clock()
    return set(current)


def _row(
    work: Work, occasion: Occasion, rater: Rater, task: int, content: _Content, replaces: int | None
) -> dict[str, Any]:
    return {
        "program_id": occasion.program_id,
        "occasion_id": occasion.id,
        "participant_id": occasion.participant_id,
        "task_id": task,
        "rater_id": rater.id,
        "level_id": content.level.id if content.level else None,
        "rank": content.level.rank if content.level else None,
        "not_today": content.not_today,
        "comment": content.comment,
        "replaces_id": replaces,
        "created_at": work.clock(),
    }


def _add_stepwise(session: Session, values: Mapping[str, Any], steps: Mapping[int, _Level]) -> None:
    row = Observation(**values)
    session.add(row)
    session.flush()
    for step, level in steps.items():
        key = {"program_id": row.program_id, "observation_id": row.id, "step_id": step}
        session.add(ObservationStep(**key, level_id=level.id, rank=level.rank))


def _content(answer: Answer, task: int, levels: Mapping[str, _Level], steps: Mapping[tuple[int, int], int]) -> _Content:
    """Raises NotFound for an unknown level or step, and for an answer that is neither a level nor a reason."""
    try:
        of_steps = {steps[task, position]: levels[level] for position, level in answer.steps.items()}
        level = levels[answer.level] if answer.level is not None else None
    except KeyError:
        raise NotFound from None
    if of_steps:
        level = min(of_steps.values(), key=lambda step: step.rank)
    if (level is None) == (answer.not_today is None):
        raise NotFound
    return _Content(level, answer.not_today, answer.comment, of_steps)


def _tasks(
    session: Session, actor: Actor | Device | FamilyPhone, occasion: Occasion, rater: Rater, public_ids: list[str]
) -> dict[str, int]:
    """Public id → key: the program's tasks, and private ones of therapist and participant, or by their invitation."""
    match actor:
        case Device():
            seen = scope.card_tasks(actor)
        case FamilyPhone():
            seen = scope.family_tasks(actor)
        case _:
            seen = scope.tasks(actor)
    rows = session.execute(
        select(Task.public_id, Task.id, Task.audience, Task.participant_id).where(Task.public_id.in_(public_ids), seen)
    )
    return {
        public: key
        for public, key, audience, participant in rows
        if audience is Audience.PROGRAM or (participant == occasion.participant_id and rater.kind in SEES_PRIVATE)
    }


def _levels(session: Session, program_id: int) -> dict[str, _Level]:
    """Every level the program ever had: a form may have been opened before the scale changed."""
    rows = session.execute(_LEVELS, {"program": program_id})
    return {public: _Level(key, rank) for public, key, rank in rows}


def _steps(session: Session, tasks: Iterable[int]) -> dict[tuple[int, int], int]:
    rows = session.execute(
        select(TaskStep.task_id, TaskStep.position, TaskStep.id).where(TaskStep.task_id.in_(sorted(tasks)))
    )
    return {(task, position): key for task, position, key in rows}


def _current(session: Session, occasion_id: int, rater_id: int) -> dict[int, tuple[Observation, _Content]]:
    rows = session.scalars(_CURRENT, {"occasion": occasion_id, "rater": rater_id}).all()
    steps: dict[int, dict[int, _Level]] = {row.id: {} for row in rows}
    if rows:
        for observation, step, level, rank in session.execute(_OF_STEPS, {"observations": sorted(steps)}):
            steps[observation][step] = _Level(level, rank)
    return {row.task_id: (row, _content_of(row, steps[row.id])) for row in rows}


def _content_of(row: Observation, steps: Mapping[int, _Level]) -> _Content:
    level = None if row.level_id is None or row.rank is None else _Level(row.level_id, row.rank)
    return _Content(level, row.not_today, row.comment, steps)
