"""A progress page, in six statements whatever the history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.milestones import History, RuleKind, TaskPoint, within_reach
from placement.domain.milestones import Rule as MilestoneRule
from placement.domain.occasions import occasion_words
from placement.domain.summaries import monday_of
from placement.domain.support import is_alone
from placement.models.participants.participant import Participant
from placement.models.progress.milestone import Milestone
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.progress import reading, reading_marks
from placement.queries.progress.beside import beside
from placement.queries.progress.change import change_of
from placement.queries.progress.proof import Proof, raters_of
from placement.queries.progress.reading import Rows
from placement.queries.progress.records import (
    Beside,
    Drawn,
    LevelName,
    NextOne,
    OwnProgress,
    Reached,
    StaffProgress,
    StaffReached,
    TaskProgress,
)

#: Tasks drawn at once; the others are listed with their sentence.
DRAWN = 5
#: A task with more rated occasions is drawn by weeks.
MOST_POINTS = 60
#: A task seen this recently comes before those that are not done any more.
CURRENT = timedelta(weeks=6)


def own_public_id(db: Session, actor: Actor) -> str | None:
    """The public id of the actor's own record, None for somebody who is no participant."""
    if actor.participant_id is None:
        return None
    return db.scalar(select(Participant.public_id).where(Participant.id == actor.participant_id))


def milestone_owner(db: Session, actor: Actor, milestone: str) -> str:
    """The public id of the participant who reached a milestone. Raises NotFound out of sight."""
    found = db.scalar(
        select(Participant.public_id)
        .join(Milestone, Milestone.participant_id == Participant.id)
        .where(Milestone.public_id == milestone, scope.participants(actor))
    )
    if found is None:
        raise NotFound
    return found


def own_progress(db: Session, actor: Actor, now: datetime, every_task: bool = False) -> OwnProgress:
    """The actor's own progress. Raises NotFound for somebody who is no participant."""
    if actor.participant_id is None:
        raise NotFound
    found = _read(db, actor, Participant.id == actor.participant_id, now, every_task)
    shown = [row for row in found.milestones if row.withdrawn_at is None or _to_tell(row)]
    proof = Proof(db, found.person[0].id, found.drawn, shown, now)
    return OwnProgress(
        **found.common(), comments=proof.comments(own=True), milestones=tuple(proof.reached(row) for row in shown)
    )


def staff_progress(db: Session, actor: Actor, public_id: str, now: datetime, every_task: bool = False) -> StaffProgress:
    """A participant's progress for those who look after them. Raises NotFound out of sight."""
    found = _read(db, actor, Participant.public_id == public_id, now, every_task)
    shown = [row for row in found.milestones if row.withdrawn_at is None or _to_tell(row)]
    proof = Proof(db, found.person[0].id, found.drawn, shown, now)
    return StaffProgress(
        **found.common(),
        comments=proof.comments(),
        milestones=tuple(_for_staff(proof.reached(row), _to_tell(row)) for row in shown),
    )


def _to_tell(row: Any) -> bool:
    return row.withdrawn_at is not None and row.seen_at is not None and row.told_at is None


def _for_staff(reached: Reached, to_tell: bool) -> StaffReached:
    fields = {name: getattr(reached, name) for name in Reached.__slots__}
    return StaffReached(**fields, to_tell=to_tell)


@dataclass(frozen=True)
class _Read:
    """What five of the six statements found."""

    person: Rows
    tasks: tuple[TaskProgress, ...]
    drawn: Rows
    milestones: list[Any]
    rules: list[MilestoneRule]
    beside: Beside

    def common(self) -> dict[str, Any]:
        """The fields of ``records.Progress`` but the comments."""
        row = self.person[0]
        # Taken apart, not asked by name: there are hundreds of them.
        weeks = [(task, day, rank) for task, day, rank, _, _, occasion, *_ in self.drawn if occasion is None]
        beginning = min((monday_of(task.first_day) for task in self.tasks), default=None)
        return {
            "participant_id": row.id,
            "public_id": row.public_id,
            "name": f"{row.preferred_name} {row.family_name}".strip(),
            "since": row.since,
            "shifts": row.shifts or 0,
            "minutes": row.minutes or 0,
            "levels": tuple(LevelName(level.rank, level.name) for level in self.person if level.rank is not None),
            "change": change_of(weeks, beginning),
            "tasks": self.tasks,
            "next": self.next_one(),
            "events": self.beside.events,
            "goals": self.beside.goals,
            "helpers": self.beside.helpers,
        }

    def next_one(self) -> NextOne | None:
        """The nearest milestone; looking closely costs, so only at the two most promising tasks."""
        reached = {(row.rule_id, row.task_id) for row in self.milestones if row.withdrawn_at is None}
        waiting = [
            task
            for task in self.tasks
            if task.points and not task.weekly and task.run_alone
            if any((rule.id, task.id) not in reached for rule in self.rules)
        ]
        for task in sorted(waiting, key=lambda task: (-task.run_alone, -task.last_day.toordinal()))[:2]:
            reach = within_reach(History(self.task_points(task.id), ()), self.rules, task.id)
            if reach is not None:
                return NextOne(reach, task.name)
        return None

    def task_points(self, task_id: int) -> list[TaskPoint]:
        return [
            TaskPoint(
                row.id, row.starts_at, row.local_day, task_id, 100.0 * is_alone(row.rank), row.rank, raters_of(row)
            )
            for row in self.drawn
            if row.task_id == task_id and row.id is not None and row.rank is not None
        ]


def _read(db: Session, actor: Actor, which: ColumnElement[bool], now: datetime, every_task: bool) -> _Read:
    person = reading.person(db, actor, which)
    participant_id = person[0].id
    tasks = _in_order(
        [
            TaskProgress(**row._mapping, weekly=row.rated > MOST_POINTS)
            for row in reading.tasks(db, actor, participant_id)
        ]
    )
    shown = tasks if every_task else tasks[:DRAWN]
    latest = max((task.last_day for task in tasks), default=now.date())
    drawn = reading.drawn(
        db,
        participant_id,
        [task.id for task in tasks],
        [task.id for task in shown if not task.weekly],
        [task.id for task in shown if task.weekly],
        latest,
    )
    rows = reading_marks.milestones(db, actor, participant_id)
    return _Read(
        person=person,
        tasks=_with_points(tasks, {task.id for task in shown}, drawn),
        drawn=drawn,
        milestones=[row for row in rows if row.public_id is not None],
        rules=_rules(rows),
        beside=beside(db, actor, participant_id, actor.today(now)),
    )


def _in_order(tasks: list[TaskProgress]) -> list[TaskProgress]:
    """Tasks still done first, the most practiced first among them."""
    latest = max((task.last_day for task in tasks), default=date.min)
    return sorted(tasks, key=lambda task: (latest - task.last_day > CURRENT, -task.rated, task.id))


def _with_points(tasks: Iterable[TaskProgress], shown: set[int], drawn: Rows) -> tuple[TaskProgress, ...]:
    answers: dict[int, list[Drawn]] = defaultdict(list)
    weeks: dict[int, list[Drawn]] = defaultdict(list)
    # Taken apart, not asked by name: there are hundreds of them.
    for task_id, day, rank, rated, public_id, occasion, _, _, notes, kind, group in drawn:
        of_kind = weeks if occasion is None else answers
        where = None if kind is None else occasion_words(kind, group or "")
        of_kind[task_id].append(Drawn(day, rank, rated, public_id, notes or "", where))
    return tuple(
        replace(task, points=tuple((weeks if task.weekly else answers)[task.id])) if task.id in shown else task
        for task in tasks
    )


def _rules(rows: Iterable[Any]) -> list[MilestoneRule]:
    """Live rules about single tasks."""
    live = {
        row.rule_id: MilestoneRule(
            row.rule_id, row.kind, row.percent, row.occasions, row.raters, row.amount, row.rule_task
        )
        for row in rows
        if row.kind is RuleKind.CONSECUTIVE_TASK and row.archived_at is None
    }
    return list(live.values())
