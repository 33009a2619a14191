"""Milestone rules to read and to change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.milestones import Rule
from placement.models.participants.participant import Participant
from placement.models.programs.catalog import Task
from placement.models.progress.milestone import Milestone, MilestoneRule
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A live rule. ``given``: milestones by this version that stand. ``reached_on``: of a rule for one person."""

    public_id: str
    rule: Rule
    number: int
    words: Words
    task: Words | None
    chosen: bool
    given: int
    reached_on: date | None


@dataclass(frozen=True, slots=True)
class PersonRules:
    """The rules for one person only; ``tasks``: those they may be about (public id, name)."""

    participant_id: int
    public_id: str
    name: str
    rules: tuple[RuleLine, ...]
    tasks: tuple[tuple[str, Words], ...]


def program_rules(db: Session, actor: Actor) -> list[RuleLine]:
    """The program's rules in force. Raises Forbidden."""
    ensure(actor, Permission.RULES_EDIT, Facts(actor.program))
    return _lines(db, _statement(actor).where(MilestoneRule.participant_id.is_(None)))


def rule_line(db: Session, actor: Actor, public_id: str) -> tuple[RuleLine, RuleLine | None]:
    """One of the program's rules, in any version, and the version in force now; None once the rule has ended.

    Raises NotFound.
    """
    ensure(actor, Permission.RULES_EDIT, Facts(actor.program))
    key = (
        select(MilestoneRule.key)
        .where(MilestoneRule.public_id == public_id, scope.in_program(actor, MilestoneRule.program_id))
        .scalar_subquery()
    )
    rows = db.execute(
        _statement(actor, live=False).where(MilestoneRule.participant_id.is_(None), MilestoneRule.key == key)
    ).all()
    asked = next((_line(row) for row in rows if row.public_id == public_id), None)
    if asked is None:
        raise NotFound
    return asked, next((_line(row) for row in rows if row.archived_at is None), None)


def person_rules(db: Session, actor: Actor, public_id: str) -> PersonRules:
    """The rules for a visible participant alone. Raises NotFound."""
    row = db.execute(
        select(Participant.id, Participant.public_id, Participant.preferred_name, Participant.family_name).where(
            scope.participants(actor), Participant.public_id == public_id
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    mine = (
        MilestoneRule.participant_id == row.id,
        or_(MilestoneRule.task_id.is_(None), scope.tasks(actor)),
    )
    tasks = db.execute(
        select(Task.public_id, Task.name)
        .where(
            scope.tasks(actor),
            Task.archived_at.is_(None),
            or_(Task.participant_id.is_(None), Task.participant_id == row.id),
        )
        .order_by(Task.id)
    )
    name = f"{row.preferred_name} {row.family_name}".strip()
    rules = _lines(db, _statement(actor).where(*mine))
    return PersonRules(row.id, row.public_id, name, tuple(rules), tuple((key, words) for key, words in tasks))


def own_rules(db: Session, actor: Actor) -> PersonRules:
    """The same for the participant who asks. Raises NotFound for somebody who is none."""
    if actor.participant_id is None:
        raise NotFound
    own = db.scalar(select(Participant.public_id).where(Participant.id == actor.participant_id))
    return person_rules(db, actor, own or "")


def _statement(actor: Actor, *, live: bool = True) -> Any:
    """Rules with their task; only versions in force, or all."""
    rule = MilestoneRule
    wanted = (rule.archived_at.is_(None),) if live else ()
    stands = and_(Milestone.rule_id == rule.id, Milestone.withdrawn_at.is_(None))
    given = select(func.count()).select_from(Milestone).where(stands).correlate(rule).scalar_subquery()
    reached = select(func.min(Milestone.reached_on)).where(stands).correlate(rule).scalar_subquery()
    return (
        select(
            rule.public_id, rule.id, rule.kind, rule.percent, rule.occasions, rule.raters, rule.amount, rule.task_id,
            rule.number, rule.name, Task.name.label("task"), rule.chosen, given.label("given"),
            reached.label("reached_on"), rule.archived_at,
        )
        .outerjoin(Task, Task.id == rule.task_id)
        .where(scope.in_program(actor, rule.program_id), *wanted)
        .order_by(rule.id)
    )  # fmt: skip


def _lines(db: Session, statement: Select[Any]) -> list[RuleLine]:
    return [_line(row) for row in db.execute(statement)]


def _line(row: Any) -> RuleLine:
    return RuleLine(
        row.public_id, Rule(row.id, row.kind, row.percent, row.occasions, row.raters, row.amount, row.task_id),
        row.number, row.name, row.task, row.chosen, row.given, row.reached_on,
    )  # fmt: skip
