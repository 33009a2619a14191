"""Everything somebody does or practices, area by area: where they began, where they are, where they want to get."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from placement.catalog import read
from placement.domain.errors import NotFound
from placement.domain.occasions import Audience
from placement.domain.practice import AREAS
from placement.domain.profiles import full_name
from placement.domain.support import RaterKind
from placement.models.feedback.observation import Observation
from placement.models.feedback.rater import Rater
from placement.models.participants.participant import Participant
from placement.models.practice.practice import Practice
from placement.models.programs.catalog import Task
from placement.models.progress.summary import TaskSummary
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.programs.scale import LevelRow, current_levels

Wording = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PracticeLine:
    """``practice``: its public id, None for what was only seen at work; ``task``: the task's. Ranks are canonical.

    ``now``: what others saw last; ``said``: what the participant said last.
    """

    practice: str | None
    task: str
    name: Wording
    private: bool
    baseline: int | None
    baseline_on: date | None
    now: int | None
    now_on: date | None
    said: int | None
    said_on: date | None
    target: int | None
    target_on: date | None
    plan: str


@dataclass(frozen=True, slots=True)
class Overview:
    """``areas``: the area's name, and its lines. ``levels``: the scale as it is now."""

    participant_id: int
    participant: str
    name: str
    first_name: str
    archived: bool
    areas: tuple[tuple[Wording, tuple[PracticeLine, ...]], ...]
    levels: tuple[LevelRow, ...]

    @property
    def words(self) -> dict[int, Wording]:
        """Rank → the program's word for it."""
        return {level.rank: level.name for level in self.levels}


def practice_overview(db: Session, actor: Actor, participant: str) -> Overview:
    """For who looks after somebody. Raises NotFound out of sight, Forbidden for other readers. Four statements."""
    return _overview(db, actor, Participant.public_id == participant, work=True)


def own_practice(db: Session, actor: Actor) -> Overview:
    """What the participant who asks practices. Raises NotFound for whoever has no record. Four statements."""
    return _overview(db, actor, Participant.id == (actor.participant_id or 0), work=False)


def _overview(db: Session, actor: Actor, whose: ColumnElement[bool], *, work: bool) -> Overview:
    """``work``: with tasks that were only seen at work or in groups."""
    person = db.execute(
        select(
            Participant.id, Participant.public_id, Participant.program_id, Participant.preferred_name,
            Participant.family_name, Participant.archived_at,
        ).where(scope.participants(actor), whose)
    ).one_or_none()  # fmt: skip
    if person is None:
        raise NotFound
    ensure(actor, Permission.PRACTICE_SEE, Facts(person.program_id, person.id))
    rows, said = _rows(db, actor, person.id, work), _said(db, person.id)
    by_area: dict[str, list[PracticeLine]] = {}
    for row in rows:
        by_area.setdefault(row.area, []).append(_line(row, said.get(row.id)))
    return Overview(
        person.id,
        person.public_id,
        full_name(person.preferred_name, person.family_name),
        person.preferred_name,
        person.archived_at is not None,
        tuple((area_name(key), tuple(by_area[key])) for key in _order(by_area)),
        tuple(current_levels(db, actor.program)),
    )


def area_name(key: str) -> Wording:
    """An area in words; the key itself for one a program made up."""
    known = next((area.name for area in read.areas() if area.key == key), None)
    return known or {"en": key, "de": key}


def _order(keys: Mapping[str, object]) -> list[str]:
    """Daily life first, then work in the catalog's order."""
    known = [*AREAS, *(area.key for area in read.areas() if area.key not in AREAS)]
    return sorted(keys, key=lambda key: known.index(key) if key in known else len(known))


def _rows(db: Session, actor: Actor, person: int, work: bool) -> list[Any]:
    live = and_(Practice.task_id == Task.id, Practice.participant_id == person, Practice.archived_at.is_(None))
    seen = and_(TaskSummary.task_id == Task.id, TaskSummary.participant_id == person)
    wanted = [Practice.id.is_not(None)]
    if work:
        wanted.append(TaskSummary.task_id.is_not(None))
    return list(
        db.execute(
            select(
                Task.id, Task.public_id.label("task"), Task.area, Task.name, Task.audience, Practice.public_id,
                Practice.baseline_rank, Practice.baseline_on, Practice.target_rank, Practice.target_on,
                Practice.plan, TaskSummary.last_rank, TaskSummary.last_day,
            )
            .outerjoin(Practice, live)
            .outerjoin(TaskSummary, seen)
            .where(
                scope.tasks(actor), or_(*wanted), or_(Task.participant_id.is_(None), Task.participant_id == person)
            )
            .order_by(Practice.id.is_(None), Task.id)
        )
    )  # fmt: skip


def _said(db: Session, person: int) -> dict[int, tuple[int, date]]:
    """Task → what the participant said of it last, of what they practice."""
    practiced = select(Practice.task_id).where(Practice.participant_id == person, Practice.archived_at.is_(None))
    newest = func.row_number().over(partition_by=Observation.task_id, order_by=Occasion.starts_at.desc())
    said = (
        select(Observation.task_id, Observation.rank, Occasion.local_day, newest.label("nth"))
        .join(Rater, Rater.id == Observation.rater_id)
        .join(Occasion, Occasion.id == Observation.occasion_id)
        .where(
            Observation.participant_id == person,
            Observation.task_id.in_(practiced),
            Observation.replaced_at.is_(None),
            Observation.rank.is_not(None),
            Rater.kind == RaterKind.SELF,
        )
        .subquery()
    )
    rows = db.execute(select(said.c.task_id, said.c.rank, said.c.local_day).where(said.c.nth == 1))
    return {task: (rank, day) for task, rank, day in rows}


def _line(row: Any, said: tuple[int, date] | None) -> PracticeLine:
    rank, day = said or (None, None)
    return PracticeLine(
        row.public_id, row.task, row.name, row.audience is Audience.PRIVATE, row.baseline_rank, row.baseline_on,
        row.last_rank, row.last_day, rank, day, row.target_rank, row.target_on, row.plan or "",
    )  # fmt: skip
