"""What another version of a milestone rule would change on today's data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.milestones import Earned, History, Rule, RuleKind
from placement.domain.occasions import Audience
from placement.domain.roles import Role
from placement.domain.rules import ABOUT_A_TASK, difference
from placement.models.feedback.observation import Observation
from placement.models.participants.participant import Participant
from placement.models.programs.catalog import Task
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.progress.past import pasts

Words = Mapping[str, str]

#: Histories looked at for a preview.
MOST_PEOPLE = 300
#: Lines shown of each kind.
MOST_LINES = 50


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
        return {key: History(past.points(), ()) for key, past in pasts(db, people, which).items()}
    return {key: History((), past.shifts) for key, past in pasts(db, people).items()}


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
