"""Milestone rules to read and to change, and what another version would change on today's data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.milestones import Earned, History, Rule, RuleKind
from placement.domain.occasions import Audience
from placement.domain.roles import Role
from placement.domain.rules import ABOUT_A_TASK, difference
from placement.models.feedback.observation import Observation
from placement.models.participants.participant import Participant
from placement.models.programs.catalog import Task
from placement.models.progress.milestone import Milestone, MilestoneRule
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.progress.shift_points import shifts_of
from placement.queries.progress.task_points import points_of

Words = Mapping[str, str]

#: Histories looked at for a preview.
MOST_PEOPLE = 300
#: Lines shown of each kind.
MOST_LINES = 50


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


@dataclass(frozen=True, slots=True)
class Line:
    """A milestone somebody would win or lose; ``name`` is empty for readers who may not see people's records."""

    name: str
    task: Words | None
    day: date


@dataclass(frozen=True, slots=True)
class Preview:
    """What another version would have given from the beginning. ``people`` looked at, of ``of`` in all."""

    won: int
    lost: int
    won_lines: tuple[Line, ...]
    lost_lines: tuple[Line, ...]
    people: int
    of: int


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


def task_id_of(db: Session, actor: Actor, public_id: str | None) -> int | None:
    """A task's key for a rule that is tried out; None for no task. Raises NotFound."""
    if not public_id:
        return None
    found = db.scalar(select(Task.id).where(Task.public_id == public_id, scope.tasks(actor)))
    if found is None:
        raise NotFound
    return found


def preview(db: Session, actor: Actor, old: Rule | None, new: Rule | None, person: int | None = None) -> Preview:
    """What ``new`` would give that ``old`` does not, on today's data: in the program, or of one person.

    Whole histories are read, five statements however many; beyond ``MOST_PEOPLE`` people the newest ones speak.
    """
    names = _people(db, actor, person)
    of = db.scalar(select(func.count()).select_from(Participant).where(*_wanted(actor, person))) or 0
    histories = _histories(db, actor, list(names), (new or old or _NO_RULE).kind, person)
    won: list[tuple[int, Earned]] = []
    lost: list[tuple[int, Earned]] = []
    for participant, one in histories.items():
        found = difference(one, old, new)
        won += [(participant, earned) for earned in found.won]
        lost += [(participant, earned) for earned in found.lost]
    tasks = _task_names(db, actor, won + lost)
    shown = names if person is not None or _sees_people(actor) else dict.fromkeys(names, "")
    return Preview(len(won), len(lost), _said(won, shown, tasks), _said(lost, shown, tasks), people=len(names), of=of)


_NO_RULE = Rule(0, RuleKind.OWN_WORDS)


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


def _sees_people(actor: Actor) -> bool:
    """Admins keep the rules, and read nobody's record."""
    return Role.COORDINATOR in actor.roles


def _wanted(actor: Actor, person: int | None) -> tuple[ColumnElement[bool], ...]:
    live = (scope.in_program(actor, Participant.program_id), Participant.archived_at.is_(None))
    return live if person is None else (*live, Participant.id == person)


def _people(db: Session, actor: Actor, person: int | None) -> dict[int, str]:
    rows = db.execute(
        select(Participant.id, Participant.preferred_name, Participant.family_name)
        .where(*_wanted(actor, person))
        .order_by(Participant.id.desc())
        .limit(MOST_PEOPLE)
    )
    return {key: f"{first} {family}".strip() for key, first, family in rows}


def _histories(
    db: Session, actor: Actor, people: Sequence[int], kind: RuleKind, person: int | None
) -> dict[int, History]:
    """Only what the kind of rule looks at: tasks, or shifts."""
    if kind in ABOUT_A_TASK:
        # Private tasks are no matter for a page about everybody.
        seen = scope.tasks(actor) if person is not None else Task.audience == Audience.PROGRAM
        which = Observation.task_id.in_(select(Task.id).where(scope.in_program(actor, Task.program_id), seen))
        return {key: History(points, ()) for key, points in points_of(db, people, which).items()}
    return {key: History((), shifts) for key, shifts in shifts_of(db, people).items()}


def _task_names(db: Session, actor: Actor, found: Sequence[tuple[int, Earned]]) -> dict[int, Words]:
    wanted = sorted({earned.task for _, earned in found if earned.task is not None})
    rows = db.execute(select(Task.id, Task.name).where(Task.id.in_(wanted), scope.in_program(actor, Task.program_id)))
    return {row.id: row.name for row in rows}


def _said(
    found: Sequence[tuple[int, Earned]], names: Mapping[int, str], tasks: Mapping[int, Words]
) -> tuple[Line, ...]:
    lines = [
        Line(names[person], None if earned.task is None else tasks.get(earned.task), earned.day)
        for person, earned in found
        if names[person]
    ]
    return tuple(sorted(lines, key=lambda line: (line.name, line.day))[:MOST_LINES])
