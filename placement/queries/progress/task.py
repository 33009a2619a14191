"""One task of one person with everything behind its points, for staff: six statements, a bounded number of rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Integer, String, and_, case, cast, null, or_, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.occasions import OccasionKind, occasion_words
from placement.domain.support import NotTodayReason, RaterKind
from placement.domain.verdict import Trend
from placement.domain.words import Say
from placement.models.feedback.observation import Observation
from placement.models.feedback.rater import Rater
from placement.models.groups.group import Group, GroupSeat, GroupSession
from placement.models.participants.participant import Participant
from placement.models.programs.catalog import Task
from placement.models.progress.milestone import Milestone
from placement.models.progress.plan import PointNote, Probe
from placement.models.progress.summary import TaskSummary
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.progress import reading, reading_marks
from placement.queries.progress.records import EventRow, LevelName, Reached, Words

#: The latest occasions that are read: three years of five a week.
MOST = 800


@dataclass(frozen=True, slots=True)
class Saw:
    """What one rater said: canonical rank, or why the task was not tried."""

    rater: str
    kind: RaterKind
    rank: int | None
    not_today: NotTodayReason | None
    comment: str


@dataclass(frozen=True, slots=True)
class Note:
    """A word at a point. ``every_task``: about the whole occasion."""

    public_id: str
    text: str
    every_task: bool


@dataclass(frozen=True, slots=True)
class Point:
    """An occasion with the task in it, oldest first. ``rank``: the most support seen, None when it was not tried.

    ``shift``: its public id where the occasion is one, ``where``: what any other is called. ``own``: the person's own
    word, which counts nowhere.
    """

    occasion: str
    shift: str | None
    day: date
    rank: int | None
    saw: tuple[Saw, ...]
    notes: tuple[Note, ...]
    own: int | None = None
    where: Say | None = None


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """``cut``: there are older occasions than are read. The trend's fields are as in ``domain.verdict``."""

    participant_id: int
    public_id: str
    name: str
    levels: tuple[LevelName, ...]
    task: str
    words: Words
    trend: Trend
    trend_since: date | None
    trend_nap: float | None
    trend_size: int
    trend_rated: int
    trend_shifts: int
    points: tuple[Point, ...]
    cut: bool
    milestones: tuple[Reached, ...]
    #: Days on which what was mastered was looked at again, and whether it was kept.
    checks: tuple[tuple[date, bool], ...]
    events: tuple[EventRow, ...]


def task_record(db: Session, actor: Actor, public_id: str, task: str) -> TaskRecord:
    """Raises NotFound for a person or task out of sight, Forbidden for whoever is no staff of theirs."""
    person = reading.person(db, actor, Participant.public_id == public_id)
    first = person[0]
    ensure(actor, Permission.PROGRESS_EVENTS, Facts(actor.program, first.id))
    row = _task(db, actor, first.id, task)
    rows = _rows(db, first.id, row.id)
    notes, checks = _beside(db, first.id, row.id)
    points = _points(rows, notes)
    return TaskRecord(
        participant_id=first.id,
        public_id=first.public_id,
        name=f"{first.preferred_name} {first.family_name}".strip(),
        levels=tuple(LevelName(level.rank, level.name) for level in person if level.rank is not None),
        task=row.public_id,
        words=row.name,
        trend=row.trend or Trend.TOO_EARLY,
        trend_since=row.trend_since,
        trend_nap=row.trend_nap,
        trend_size=row.trend_size or 0,
        trend_rated=row.trend_rated or 0,
        trend_shifts=row.trend_shifts or 0,
        points=points[-MOST:],
        cut=len(points) > MOST,
        milestones=reading_marks.reached_in(db, actor, first.id, row.id),
        checks=checks,
        events=tuple(
            EventRow(*event) for event in reading_marks.events(db, actor, first.id) if event.task_id in (None, row.id)
        ),
    )


def _task(db: Session, actor: Actor, participant_id: int, public_id: str) -> Any:
    """The task, in sight and about this person if it is about one, with what its latest stretch says."""
    summary = and_(TaskSummary.task_id == Task.id, TaskSummary.participant_id == participant_id)
    row = db.execute(
        select(
            Task.id, Task.public_id, Task.name, TaskSummary.trend, TaskSummary.trend_since, TaskSummary.trend_nap,
            TaskSummary.trend_size, TaskSummary.trend_rated, TaskSummary.trend_shifts,
        )
        .outerjoin(TaskSummary, summary)
        .where(
            Task.public_id == public_id,
            scope.tasks(actor),
            or_(Task.participant_id.is_(None), Task.participant_id == participant_id),
        )
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    return row


def _rows(db: Session, participant_id: int, task_id: int) -> Sequence[Any]:
    """What was said of the latest occasions others rated, one more than is shown, oldest first."""
    about = and_(
        Observation.participant_id == participant_id,
        Observation.task_id == task_id,
        Observation.replaced_at.is_(None),
    )
    latest = (
        select(Occasion.id)
        .join(Observation, Observation.occasion_id == Occasion.id)
        .join(Rater, Rater.id == Observation.rater_id)
        .where(about, Rater.kind != RaterKind.SELF)
        .group_by(Occasion.id)
        .order_by(Occasion.starts_at.desc(), Occasion.id.desc())
        .limit(MOST + 1)
    ).subquery()
    return db.execute(
        select(
            Occasion.id, Occasion.public_id, Occasion.local_day, Occasion.starts_at, Rater.name, Rater.kind,
            case((Occasion.kind == OccasionKind.SHIFT, Occasion.public_id)).label("shift"),
            Observation.rank, Observation.not_today, Observation.comment, Occasion.kind.label("occasion_kind"),
            Group.name.label("group_name"),
        )
        .join(Observation, Observation.occasion_id == Occasion.id)
        .join(Rater, Rater.id == Observation.rater_id)
        .outerjoin(GroupSeat, GroupSeat.id == Occasion.id)
        .outerjoin(GroupSession, GroupSession.id == GroupSeat.session_id)
        .outerjoin(Group, Group.id == GroupSession.group_id)
        .where(about, Occasion.id.in_(select(latest.c.id)))
        .order_by(Occasion.starts_at, Occasion.id, Observation.id)
    ).all()  # fmt: skip


def _points(rows: Sequence[Any], notes: dict[int, list[Note]]) -> tuple[Point, ...]:
    of_occasion: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        of_occasion[row.id].append(row)
    return tuple(_point(said, tuple(notes.get(occasion, ()))) for occasion, said in of_occasion.items())


def _point(said: Sequence[Any], notes: tuple[Note, ...]) -> Point:
    others = [row for row in said if row.kind is not RaterKind.SELF]
    return Point(
        occasion=said[0].public_id,
        shift=said[0].shift,
        day=said[0].local_day,
        rank=min((row.rank for row in others if row.rank is not None), default=None),
        saw=tuple(Saw(row.name, row.kind, row.rank, row.not_today, row.comment) for row in others),
        notes=notes,
        own=next((row.rank for row in said if row.kind is RaterKind.SELF), None),
        where=occasion_words(said[0].occasion_kind, said[0].group_name or ""),
    )


def _beside(
    db: Session, participant_id: int, task_id: int
) -> tuple[dict[int, list[Note]], tuple[tuple[date, bool], ...]]:  # fmt: skip
    """Notes by occasion, and the checks that were done, in one statement."""
    notes = (
        select(
            PointNote.id.label("number"), PointNote.occasion_id.label("occasion"), PointNote.public_id, PointNote.text,
            PointNote.task_id.label("task"), cast(null(), String).label("day"), cast(null(), Integer).label("kept"),
        )
        .where(
            PointNote.participant_id == participant_id,
            or_(PointNote.task_id.is_(None), PointNote.task_id == task_id),
        )
        .order_by(PointNote.id.desc())
        .limit(MOST)
        .subquery()
    )  # fmt: skip
    checks = (
        select(
            Probe.id, Probe.occasion_id, null(), null(), null(), cast(Probe.done_on, String), cast(Probe.kept, Integer)
        )
        .join(Milestone, Milestone.id == Probe.milestone_id)
        .where(
            Probe.participant_id == participant_id,
            Probe.done_on.is_not(None),
            Milestone.task_id == task_id,
            Milestone.withdrawn_at.is_(None),
        )
    )
    found: dict[int, list[Note]] = defaultdict(list)
    done = []
    for row in db.execute(select(notes).union_all(checks).order_by("number")):
        if row.day is None:
            found[row.occasion].append(Note(row.public_id, row.text, row.task is None))
        else:
            done.append((date.fromisoformat(row.day), bool(row.kept)))
    return found, tuple(sorted(done))
