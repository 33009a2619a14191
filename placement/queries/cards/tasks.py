"""The tasks a card asks about, and what its rater said about them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from placement.domain.support import NotTodayReason
from placement.models.employers.opening import OpeningTask
from placement.models.feedback.observation import Observation
from placement.models.programs.catalog import Task
from placement.policy.device import Device
from placement.queries import scope


@dataclass(frozen=True, slots=True)
class SaidOfTask:
    """The level's canonical rank, or why not today."""

    rank: int | None
    not_today: NotTodayReason | None


@dataclass(frozen=True, slots=True)
class CardTask:
    """``said``: shift's key → what this rater said there. ``offered``: it is one of the opening's tasks."""

    public_id: str
    name: Mapping[str, str]
    sentence: Mapping[str, str]
    offered: bool
    said: Mapping[int, SaidOfTask] = field(default_factory=dict)


def card_tasks(db: Session, device: Device, opening_id: int, shifts: Collection[int]) -> list[CardTask]:
    """The opening's tasks and whatever this rater rated on ``shifts`` (keys). One statement."""
    offered = select(OpeningTask.task_id).where(OpeningTask.opening_id == opening_id)
    mine = and_(
        Observation.task_id == Task.id,
        Observation.rater_id == device.rater_id,
        Observation.occasion_id.in_(sorted(shifts)),
        Observation.replaced_at.is_(None),
    )
    live = and_(Task.id.in_(offered), Task.archived_at.is_(None))
    rows = db.execute(
        select(
            Task.id, Task.public_id, Task.name, Task.sentence, live.label("offered"), Observation.occasion_id,
            Observation.rank, Observation.not_today,
        )
        .outerjoin(Observation, mine)
        .where(scope.card_tasks(device), or_(live, Observation.id.is_not(None)))
        .order_by(Task.id)
    )  # fmt: skip
    found: dict[int, CardTask] = {}
    for row in rows:
        task = found.setdefault(row.id, CardTask(row.public_id, row.name, row.sentence, bool(row.offered), {}))
        if row.occasion_id is not None:
            found[row.id] = CardTask(
                task.public_id, task.name, task.sentence, task.offered,
                {**task.said, row.occasion_id: SaidOfTask(row.rank, row.not_today)},
            )  # fmt: skip
    return list(found.values())
