"""Milestone rules in versions: for a program, or for one person. A new version withdraws nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import and_, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from placement.catalog import read
from placement.domain.errors import NotFound, Refused, Stale
from placement.domain.milestones import RuleKind
from placement.domain.rules import ABOUT_A_TASK, NUMBERS, checked_numbers
from placement.domain.words import say
from placement.models.base import new_public_id
from placement.models.participants.participant import Participant
from placement.models.progress.milestone import MilestoneRule
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.log import audit
from placement.usecases.effects.progress import refresh_everything
from placement.usecases.effects.tasks import task_in_sight
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class SaveRule:
    """``replaces``: public id of the version this one follows; then ``kind`` is that one's.

    ``participant``, ``task``: public ids; only for this person, only for this task.
    """

    kind: RuleKind
    numbers: Mapping[str, int | None] = field(default_factory=dict)
    replaces: str | None = None
    participant: str | None = None
    task: str | None = None


def save_rule(work: Work, actor: Actor, command: SaveRule) -> str:
    """A new rule, or the next version of one; returns its public id.

    Raises NotFound, Refused (at the name of a number, ``kind`` or ``task``), Stale if it was replaced meanwhile.
    """
    try:
        with work.transaction() as session:
            return _save(session, work, actor, command)
    except IntegrityError as error:
        raise Stale(0, {}) from error


def end_rule(work: Work, actor: Actor, rule: str) -> None:
    """A rule gives nothing from now on; what it gave stays. Raises NotFound."""
    with work.transaction() as session:
        row = live_rule(session, actor, rule)
        row.archived_at = work.clock()
        audit(session, work, actor, "rule.end", "milestone_rule", row.id, participant_id=row.participant_id)


def live_rule(session: Session, actor: Actor, rule: str) -> MilestoneRule:
    """A live rule the actor may change. Raises NotFound, Forbidden."""
    row = session.scalar(
        select(MilestoneRule)
        .outerjoin(Participant, Participant.id == MilestoneRule.participant_id)
        .where(
            MilestoneRule.public_id == rule,
            scope.in_program(actor, MilestoneRule.program_id),
            MilestoneRule.archived_at.is_(None),
            # What somebody chose for themself is theirs to end.
            ~MilestoneRule.chosen,
            or_(MilestoneRule.participant_id.is_(None), scope.participants(actor)),
        )
        .with_for_update(of=MilestoneRule)
    )
    if row is None:
        raise NotFound
    if row.participant_id is None:
        ensure(actor, Permission.RULES_EDIT, Facts(row.program_id))
    else:
        ensure(actor, Permission.RULES_PERSON, Facts(row.program_id, row.participant_id))
    return row


def _save(session: Session, work: Work, actor: Actor, command: SaveRule) -> str:
    old = None if command.replaces is None else _replaced(session, actor, command.replaces)
    kind = command.kind if old is None else old.kind
    if kind not in NUMBERS:
        raise Refused(say("Please choose one of these."), "kind")
    person = _person(session, actor, command.participant) if old is None else old.participant_id
    row = MilestoneRule(
        program_id=actor.program,
        key=f"{kind}_{new_public_id()[:8].lower()}" if old is None else old.key,
        number=1 if old is None else _next(session, old),
        kind=kind,
        name=next(rule.title for rule in read.rules() if rule.kind == kind),
        participant_id=person,
        task_id=_task(session, actor, kind, command.task, person) if old is None else old.task_id,
        created_at=work.clock(),
        **checked_numbers(kind, command.numbers),
    )
    if old is not None:
        old.archived_at = work.clock()
    session.add(row)
    session.flush()
    audit(session, work, actor, "rule.save", "milestone_rule", row.id, participant_id=person, number=row.number)
    if person is not None:
        refresh_everything(session, work, actor, person)
    return row.public_id


def _replaced(session: Session, actor: Actor, rule: str) -> MilestoneRule:
    """The version the next one follows. Raises Stale, with the numbers now, if another has followed already."""
    try:
        return live_rule(session, actor, rule)
    except NotFound:
        now = aliased(MilestoneRule)
        row = session.scalar(
            select(now)
            .join(MilestoneRule, and_(MilestoneRule.program_id == now.program_id, MilestoneRule.key == now.key))
            .where(
                MilestoneRule.public_id == rule,
                scope.in_program(actor, MilestoneRule.program_id),
                MilestoneRule.participant_id.is_(None),
                MilestoneRule.archived_at.is_not(None),
                now.archived_at.is_(None),
            )
        )
        if row is None:
            raise
        ensure(actor, Permission.RULES_EDIT, Facts(row.program_id))
        raise Stale(row.number, {name: getattr(row, name) for name in NUMBERS[row.kind]}) from None


def _next(session: Session, old: MilestoneRule) -> int:
    same = (MilestoneRule.program_id == old.program_id, MilestoneRule.key == old.key)
    return int(session.scalar(select(func.max(MilestoneRule.number)).where(*same)) or 0) + 1


def _person(session: Session, actor: Actor, public_id: str | None) -> int | None:
    if public_id is None:
        ensure(actor, Permission.RULES_EDIT, Facts(actor.program))
        return None
    found = session.scalar(select(Participant.id).where(Participant.public_id == public_id, scope.participants(actor)))
    if found is None:
        raise NotFound
    ensure(actor, Permission.RULES_PERSON, Facts(actor.program, found))
    return found


def _task(session: Session, actor: Actor, kind: RuleKind, public_id: str | None, person: int | None) -> int | None:
    if not public_id:
        return None
    if kind not in ABOUT_A_TASK:
        raise Refused(say("This kind is not about a task."), "task")
    return task_in_sight(session, actor, public_id, person)
