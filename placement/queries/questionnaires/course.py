"""Scores over time beside milestones, for the participant and the reader who was named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.milestones import RuleKind
from placement.domain.profiles import full_name
from placement.domain.questionnaires import Score
from placement.domain.sealed import Cipher
from placement.models.participants.participant import Participant
from placement.models.programs.catalog import Task
from placement.models.progress.milestone import Milestone, MilestoneRule
from placement.models.questionnaires.questionnaire import Handout, Questionnaire
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.questionnaires.rows import Asked, asked_columns, asked_of, given_of

Words = Mapping[str, str]
#: Handouts looked at, the latest; milestones likewise.
MOST = 120
MOST_MILESTONES = 60


@dataclass(frozen=True, slots=True)
class Filled:
    """Handed in on ``day``; ``score`` None: its seal is broken."""

    handout: str
    day: date
    score: Score | None


@dataclass(frozen=True, slots=True)
class Course:
    """One version of a questionnaire, in order of time."""

    public_id: str
    name: Words
    asked: Asked
    filled: tuple[Filled, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A milestone that stands, with what names it."""

    kind: RuleKind
    percent: int
    occasions: int
    amount: int
    name: Words
    task: Words | None
    day: date


@dataclass(frozen=True, slots=True)
class Courses:
    participant_id: int
    public_id: str
    name: str
    courses: tuple[Course, ...]
    milestones: tuple[Mark, ...]


def own_courses(db: Session, actor: Actor, cipher: Cipher) -> Courses:
    """Of the participant who asks, whoever reads them. Raises NotFound for somebody else. Two statements."""
    if actor.participant_id is None:
        raise NotFound
    return _courses(db, actor, cipher, scope.own_handouts(actor), actor.participant_id, "", actor.name)


def courses_of(db: Session, actor: Actor, cipher: Cipher, public_id: str) -> Courses:
    """What the actor was named to read of somebody they look after. Raises NotFound. Three statements."""
    person = db.execute(
        select(Participant.id, Participant.preferred_name, Participant.family_name).where(
            scope.participants(actor), Participant.public_id == public_id
        )
    ).one_or_none()
    if person is None:
        raise NotFound
    name = full_name(person.preferred_name, person.family_name)
    return _courses(db, actor, cipher, scope.handouts_to_read(actor), person.id, public_id, name)


def _courses(
    db: Session, actor: Actor, cipher: Cipher, seen: ColumnElement[bool], person: int, public_id: str, name: str
) -> Courses:
    rows: list[Any] = list(
        db.execute(
            select(
                Questionnaire.id, Questionnaire.public_id, Questionnaire.name, Handout.public_id.label("handout"),
                Handout.answered_at, Handout.answers_sealed, *asked_columns(),
            )
            .join(Handout, Handout.questionnaire_id == Questionnaire.id)
            .where(
                seen, Handout.participant_id == person, Handout.answered_at.is_not(None),
                Handout.taken_back_at.is_(None),
            )
            .order_by(Handout.answered_at.desc(), Handout.id.desc())
            .limit(MOST)
        )
    )  # fmt: skip
    found: dict[int, tuple[Any, list[Filled]]] = {}
    zone = ZoneInfo(actor.zone)
    for row in reversed(rows):
        asked = asked_of(row)
        given = given_of(cipher, row.answers_sealed, row.handout, asked.scale)
        day = row.answered_at.astimezone(zone).date()
        one = Filled(row.handout, day, None if given.broken else given.score)
        found.setdefault(row.id, (row, []))[1].append(one)
    courses = tuple(Course(row.public_id, row.name, asked_of(row), tuple(filled)) for row, filled in found.values())
    return Courses(person, public_id, name, courses, milestones_of(db, actor, person))


def milestones_of(db: Session, actor: Actor, person: int) -> tuple[Mark, ...]:
    """The latest that stand, of tasks in sight, in order of time; the participant was in sight. One statement."""
    rows = db.execute(
        select(
            MilestoneRule.kind, MilestoneRule.percent, MilestoneRule.occasions, MilestoneRule.amount,
            MilestoneRule.name, Task.name.label("task"), Milestone.reached_on,
        )
        .join(MilestoneRule, MilestoneRule.id == Milestone.rule_id)
        .outerjoin(Task, Task.id == Milestone.task_id)
        .where(
            scope.in_program(actor, Milestone.program_id),
            Milestone.participant_id == person,
            Milestone.withdrawn_at.is_(None),
            Milestone.task_id.is_(None) | scope.tasks(actor),
        )
        .order_by(Milestone.reached_on.desc(), Milestone.id.desc())
        .limit(MOST_MILESTONES)
    )  # fmt: skip
    return tuple(Mark(*row) for row in reversed(list(rows)))
