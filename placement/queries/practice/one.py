"""One thing somebody practices: its plan, how it went day by day, and its steps side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.occasions import Audience, OccasionKind
from placement.domain.practice import link_opens
from placement.domain.profiles import full_name
from placement.domain.support import NotTodayReason, RaterKind
from placement.models.feedback.observation import Observation, ObservationStep
from placement.models.feedback.rater import Rater
from placement.models.participants.participant import Participant
from placement.models.practice.practice import FamilyLink, Practice
from placement.models.programs.catalog import Task, TaskStep
from placement.models.programs.scale import SupportLevel
from placement.models.progress.summary import TaskSummary
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.feedback.form import FormTask, OwnAnswer
from placement.queries.feedback.steps import FormStep
from placement.queries.programs.scale import LevelRow, current_levels

Wording = Mapping[str, str]
#: Days shown on the page.
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Head:
    """Ranks are canonical. ``own``: it is the reader's own. ``steps``: position and words."""

    id: int
    public_id: str
    version: int
    stopped: bool
    participant_id: int
    participant: str
    name: str
    first_name: str
    archived: bool
    own: bool
    task_id: int
    task: str
    task_name: Wording
    sentence: Wording
    area: str
    private: bool
    baseline: int | None
    baseline_on: date | None
    target: int | None
    target_on: date | None
    plan: str
    now: int | None
    now_on: date | None
    steps: tuple[tuple[int, Wording], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What one person said of one day; ``level`` None: not today. ``steps``: position → level in words."""

    day: date
    kind: RaterKind
    rater: str
    mine: bool
    level: Wording | None
    steps: Mapping[int, Wording]


@dataclass(frozen=True, slots=True)
class Invitation:
    public_id: str
    name: str
    expires_at: datetime
    opens: bool


@dataclass(frozen=True, slots=True)
class PracticePage:
    """``invitations``: only for the participant. ``said``: newest first."""

    head: Head
    said: tuple[Said, ...]
    levels: tuple[LevelRow, ...]
    invitations: tuple[Invitation, ...]

    @property
    def words(self) -> dict[int, Wording]:
        """Rank → the program's word for it."""
        return {level.rank: level.name for level in self.levels}

    @property
    def days(self) -> tuple[tuple[date, tuple[Said, ...]], ...]:
        """Day by day, the newest first; oneself first on each."""
        return tuple(
            (day, tuple(sorted(those, key=lambda one: one.kind is not RaterKind.SELF)))
            for day, those in groupby(self.said, key=lambda one: one.day)
        )

    @property
    def side_by_side(self) -> tuple[date, tuple[Said, ...]] | None:
        """The latest day on which steps were rated, and by whom; oneself first."""
        day = next((one.day for one in self.said if one.steps), None)
        if day is None:
            return None
        those = [one for one in self.said if one.day == day and one.steps]
        return day, tuple(sorted(those, key=lambda one: one.kind is not RaterKind.SELF))


@dataclass(frozen=True, slots=True)
class RateForm:
    """As ``web.answers`` asks: one task in the words of the scale, with what this rater said of the day."""

    head: Head
    day: date
    tasks: tuple[FormTask, ...]
    levels: tuple[LevelRow, ...]


def practice_page(db: Session, actor: Actor, public_id: str, now: datetime) -> PracticePage:
    """Raises NotFound out of sight. Six statements at most."""
    head = practice_head(db, actor, public_id)
    found = _said(db, actor, head)
    links = _invitations(db, actor, head, now) if head.own else ()
    return PracticePage(head, found, tuple(current_levels(db, actor.program)), links)


def rate_form(db: Session, actor: Actor, public_id: str, day: date) -> RateForm:
    """Raises NotFound out of sight. Five statements."""
    head = practice_head(db, actor, public_id)
    answer, ranks = _mine(db, actor, head, day)
    steps = tuple(FormStep(position, words, ranks.get(position)) for position, words in head.steps)
    task = FormTask(head.task, head.task_name, head.sentence, answer, steps)
    return RateForm(head, day, (task,), tuple(current_levels(db, actor.program)))


def practice_head(db: Session, actor: Actor, public_id: str) -> Head:
    """Raises NotFound out of sight, Forbidden for other readers. Two statements."""
    row = db.execute(
        select(
            Practice, Participant.public_id.label("participant"), Participant.preferred_name, Participant.family_name,
            Participant.archived_at, Task.public_id.label("task"), Task.name, Task.sentence, Task.area, Task.audience,
            TaskSummary.last_rank, TaskSummary.last_day,
        )
        .join(Participant, Participant.id == Practice.participant_id)
        .join(Task, Task.id == Practice.task_id)
        .outerjoin(
            TaskSummary, and_(TaskSummary.task_id == Task.id, TaskSummary.participant_id == Practice.participant_id)
        )
        .where(Practice.public_id == public_id, scope.practices(actor))
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    own: Practice = row.Practice
    private = row.audience is Audience.PRIVATE
    ensure(actor, Permission.PRACTICE_SEE, Facts(own.program_id, own.participant_id, private=private))
    steps = db.execute(
        select(TaskStep.position, TaskStep.name).where(TaskStep.task_id == own.task_id).order_by(TaskStep.position)
    )
    return Head(
        own.id, own.public_id, own.version, own.archived_at is not None, own.participant_id, row.participant,
        full_name(row.preferred_name, row.family_name), row.preferred_name, row.archived_at is not None,
        own.participant_id == actor.participant_id, own.task_id, row.task, row.name, row.sentence, row.area, private,
        own.baseline_rank, own.baseline_on, own.target_rank, own.target_on, own.plan, row.last_rank, row.last_day,
        tuple((position, name) for position, name in steps),
    )  # fmt: skip


def _said(db: Session, actor: Actor, head: Head) -> tuple[Said, ...]:
    rows = db.execute(
        select(
            Observation.id, Occasion.local_day, Rater.kind, Rater.name, Rater.account_id,
            SupportLevel.name.label("level"),
        )
        .join(Occasion, Occasion.id == Observation.occasion_id)
        .join(Rater, Rater.id == Observation.rater_id)
        .outerjoin(SupportLevel, SupportLevel.id == Observation.level_id)
        .where(
            Observation.participant_id == head.participant_id,
            Observation.task_id == head.task_id,
            Observation.replaced_at.is_(None),
            Occasion.kind == OccasionKind.OWN_DAY,
        )
        .order_by(Occasion.local_day.desc(), Observation.id.desc())
        .limit(SHOWN)
    ).all()  # fmt: skip
    steps: dict[int, dict[int, Wording]] = defaultdict(dict)
    if head.steps:
        keys = [row.id for row in rows]
        for key, position, level in db.execute(
            select(ObservationStep.observation_id, TaskStep.position, SupportLevel.name)
            .join(TaskStep, TaskStep.id == ObservationStep.step_id)
            .join(SupportLevel, SupportLevel.id == ObservationStep.level_id)
            .where(ObservationStep.observation_id.in_(keys))
        ):
            steps[key][position] = level
    return tuple(
        Said(row.local_day, row.kind, row.name, row.account_id == actor.account_id, row.level, steps.get(row.id, {}))
        for row in rows
    )


def _mine(db: Session, actor: Actor, head: Head, day: date) -> tuple[OwnAnswer | None, dict[int, int]]:
    """What this rater said of the day, and of each step."""
    kinds = [RaterKind.SELF] if head.own else [RaterKind.THERAPIST, RaterKind.COACH]
    rows: list[Any] = list(
        db.execute(
            select(Observation.rank, Observation.not_today, TaskStep.position, ObservationStep.rank.label("of_step"))
            .join(Occasion, Occasion.id == Observation.occasion_id)
            .join(Rater, Rater.id == Observation.rater_id)
            .outerjoin(ObservationStep, ObservationStep.observation_id == Observation.id)
            .outerjoin(TaskStep, TaskStep.id == ObservationStep.step_id)
            .where(
                Observation.participant_id == head.participant_id,
                Observation.task_id == head.task_id,
                Observation.replaced_at.is_(None),
                Occasion.kind == OccasionKind.OWN_DAY,
                Occasion.local_day == day,
                Rater.account_id == actor.account_id,
                Rater.kind.in_(kinds),
            )
        )
    )
    if not rows:
        return None, {}
    reason = rows[0].not_today
    answer = OwnAnswer(rows[0].rank, NotTodayReason(reason) if reason else None)
    return answer, {row.position: row.of_step for row in rows if row.position is not None}


def _invitations(db: Session, actor: Actor, head: Head, now: datetime) -> tuple[Invitation, ...]:
    rows = db.execute(
        select(FamilyLink.public_id, Rater.name, FamilyLink.expires_at, FamilyLink.revoked_at)
        .join(Rater, Rater.id == FamilyLink.rater_id)
        .where(FamilyLink.practice_id == head.id, FamilyLink.revoked_at.is_(None), scope.family_links(actor))
        .order_by(FamilyLink.id.desc())
    )
    return tuple(Invitation(key, name, until, link_opens(now, until, gone)) for key, name, until, gone in rows)
