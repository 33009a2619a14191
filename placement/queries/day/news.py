"""Milestones that are news today, and mastered tasks to look at."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Select,
    Subquery,
    and_,
    bindparam,
    exists,
    literal,
    null,
    or_,
    select,
    text,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from placement.domain.maintenance import LOOK_FOR
from placement.models.participants.participant import Participant
from placement.models.programs.catalog import Task
from placement.models.progress.milestone import Milestone, MilestoneRule
from placement.models.progress.plan import Probe
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.day.current import KEPT, NEWS, Rows, whose

MOST_MILESTONES = 200
MOST_CHECKS = 200

# What does not depend on who asks is put together once: building a statement costs more than running it.
_MILESTONES = (
    select(
        Participant.id.label("participant_id"), Participant.public_id.label("participant"),
        Participant.preferred_name, Participant.family_name,
        MilestoneRule.kind, MilestoneRule.percent, MilestoneRule.occasions, MilestoneRule.amount,
        Task.name.label("task"), MilestoneRule.name.label("rule_name"), Milestone.reached_on, Milestone.seen_at,
        Milestone.withdrawn_at, Milestone.told_at, Milestone.id,
    )
    .join(Participant, Participant.id == Milestone.participant_id)
    .join(MilestoneRule, MilestoneRule.id == Milestone.rule_id)
    .outerjoin(Task, Task.id == Milestone.task_id)
    .where(
        or_(
            and_(Milestone.withdrawn_at.is_(None), Milestone.reached_on >= bindparam("since")),
            and_(Milestone.withdrawn_at.is_not(None), Milestone.seen_at.is_not(None), Milestone.told_at.is_(None)),
        )
    )
    .order_by(Milestone.reached_on.desc(), Milestone.id.desc())
    .limit(MOST_MILESTONES)
)  # fmt: skip


def milestones(db: Session, actor: Actor, today: date, people: Collection[int] | None) -> Rows:
    """Milestones since the first of the month or of the last week, and those somebody has to be told about."""
    return db.execute(_MILESTONES.where(*_in_sight(actor, people)), {"since": _since(today)}).all()


# Mastered tasks to look at: checks that are due, and those at which the task took help again.
_OPEN = select(Probe.id).where(
    Probe.program_id == bindparam("program"), Probe.done_on.is_(None), Probe.due_on <= bindparam("today")
)
_later = aliased(Probe)
_LOST = select(Probe.id).where(
    Probe.program_id == bindparam("program"),
    # As the index has it, on both databases.
    text("NOT probe.kept"),
    Probe.done_on > bindparam("look"),
    ~exists().where(_later.milestone_id == Probe.milestone_id, _later.due_on > Probe.due_on, _later.kept.is_(True)),
)
_ASKED = union_all(_OPEN, _LOST).subquery()
_CHECKS = (
    select(
        Participant.id.label("participant_id"), Participant.public_id.label("participant"),
        Participant.preferred_name, Participant.family_name, Task.name.label("task"), Probe.due_on, Milestone.id,
        Probe.done_on,
    )
    # From the few checks themselves, not from all that was ever reached.
    .select_from(_ASKED)
    .join(Probe, Probe.id == _ASKED.c.id)
    .join(Milestone, Milestone.id == Probe.milestone_id)
    .join(Participant, Participant.id == Probe.participant_id)
    .join(Task, Task.id == Milestone.task_id)
    .where(Participant.archived_at.is_(None))
    .order_by(Probe.due_on.desc(), Probe.id.desc())
    .limit(MOST_CHECKS)
)  # fmt: skip


def marks(db: Session, actor: Actor, today: date, people: frozenset[int] | None) -> tuple[Rows, Rows]:
    """Milestones as :func:`milestones` finds them, and mastered tasks to look at, in one statement.

    The latter once each, with the day on which a check was due (``reached_on``) or the task took help (``lost_on``).
    """
    wanted = {"since": _since(today), "today": today, "look": today - LOOK_FOR, "program": actor.program}
    rows = db.execute(_both(actor, people), wanted).all()
    found = sorted((row for row in rows if not row.is_check), key=lambda row: (row.reached_on, row.id), reverse=True)
    # Of one task what took help counts, else the latest that is due.
    by_task = {row.id: row for row in sorted(rows, key=_urgency) if row.is_check}
    return found, list(by_task.values())


@lru_cache(maxsize=KEPT)
def _both(actor: Actor, people: frozenset[int] | None) -> CompoundSelect[Any]:
    return union_all(
        _as_mark(_MILESTONES.where(*_in_sight(actor, people)).subquery()),
        _as_check(_CHECKS.where(*_checks_in_sight(actor, people)).subquery()),
    )


def _as_mark(found: Subquery) -> Select[Any]:
    return select(found, type_coerce(null(), Date).label("lost_on"), literal(False).label("is_check"))


def _as_check(found: Subquery) -> Select[Any]:
    """The columns of a milestone, those that a check has no use for empty."""
    row = found.c
    empty = null()
    return select(
        row.participant_id, row.participant, row.preferred_name, row.family_name, empty, empty, empty, empty,
        row.task, empty, row.due_on, empty, empty, empty, row.id, row.done_on, literal(True),
    )  # fmt: skip


def _urgency(row: Any) -> tuple[bool, date]:
    return row.lost_on is not None, row.reached_on


def _in_sight(actor: Actor, people: Collection[int] | None) -> tuple[ColumnElement[bool], ...]:
    return (
        scope.participants(actor),
        scope.in_program(actor, Milestone.program_id),
        or_(Milestone.task_id.is_(None), scope.tasks(actor)),
        whose(Milestone.participant_id, people),
    )


def _checks_in_sight(actor: Actor, people: Collection[int] | None) -> tuple[ColumnElement[bool], ...]:
    return scope.participants(actor), scope.tasks(actor), whose(Probe.participant_id, people)


def _since(today: date) -> date:
    return min(today - NEWS, today.replace(day=1))
