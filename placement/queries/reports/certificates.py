"""What somebody can have a certificate for: milestones that stand, and the time they worked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.maintenance import Standing, Upkeep, upkeep
from placement.domain.milestones import RuleKind
from placement.domain.occasions import Audience
from placement.domain.profiles import full_name
from placement.models.accounts.account import Account
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.programs.catalog import Task
from placement.models.progress.milestone import Milestone, MilestoneRule
from placement.models.progress.summary import PlacementSummary
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.reports.reading import checks

Words = Mapping[str, str]
MOST = 60
#: What is worth a sheet of its own; nothing that speaks of company at work.
KINDS = (
    RuleKind.CONSECUTIVE_TASK, RuleKind.CONSECUTIVE_SHIFT, RuleKind.HOURS_COMPLETED, RuleKind.SHIFTS_COMPLETED,
    RuleKind.FIRST_WEEK, RuleKind.ANOTHER_SITE, RuleKind.GOAL_ATTAINED, RuleKind.OWN_WORDS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Whose:
    """``locale``: the participant's language, None while they have no account."""

    participant_id: int
    public_id: str
    name: str
    locale: str | None


@dataclass(frozen=True, slots=True)
class Earned:
    """A milestone that stands. ``standing`` None where nothing is checked later."""

    public_id: str
    kind: RuleKind
    percent: int
    occasions: int
    amount: int
    words: Words
    task: Words | None
    day: date
    standing: Standing | None

    def ready(self, today: date) -> bool:
        """Reached and, where it is checked later, kept at the last check."""
        return self.standing is None or upkeep(self.standing, today) is Upkeep.KEPT


@dataclass(frozen=True, slots=True)
class Certificates:
    """``minutes`` worked so far, as far as known."""

    whose: Whose
    minutes: int
    earned: tuple[Earned, ...]


def own_certificates(db: Session, actor: Actor) -> Certificates:
    """The actor's own. Raises NotFound for somebody who is no participant. Three statements."""
    return _read(db, actor, Participant.id == (actor.participant_id or 0))


def certificates_of(db: Session, actor: Actor, public_id: str) -> Certificates:
    """A participant's, to hand over. Raises NotFound out of sight. Three statements."""
    return _read(db, actor, Participant.public_id == public_id)


def whose(db: Session, actor: Actor, public_id: str) -> Whose:
    """Whose certificate it is, and in which language. Raises NotFound out of sight."""
    return _whose(db, actor, Participant.public_id == public_id)


def one_earned(db: Session, actor: Actor, milestone: str) -> tuple[Whose, Earned]:
    """A milestone and whose it is; two statements. Raises NotFound out of sight, or for what has no certificate."""
    row = db.execute(_earned(actor).where(Milestone.public_id == milestone, scope.participants(actor))).one_or_none()
    if row is None:
        raise NotFound
    return _whose(db, actor, Participant.id == row.participant_id), _row(row)


def _read(db: Session, actor: Actor, which: ColumnElement[bool]) -> Certificates:
    person = _whose(db, actor, which)
    minutes = db.scalar(
        select(func.sum(PlacementSummary.minutes_worked))
        .join(Placement, Placement.id == PlacementSummary.placement_id)
        .where(Placement.participant_id == person.participant_id)
    )
    rows = db.execute(
        _earned(actor)
        .where(Milestone.participant_id == person.participant_id)
        .order_by(Milestone.reached_at.desc(), Milestone.id.desc())
        .limit(MOST)
    )
    return Certificates(person, minutes or 0, tuple(_row(row) for row in rows))


def _whose(db: Session, actor: Actor, which: ColumnElement[bool]) -> Whose:
    row = db.execute(
        select(
            Participant.id, Participant.public_id, Participant.preferred_name, Participant.family_name, Account.locale
        )
        .outerjoin(Account, Account.id == Participant.account_id)
        .where(scope.participants(actor), which)
    ).one_or_none()
    if row is None:
        raise NotFound
    return Whose(row.id, row.public_id, full_name(row.preferred_name, row.family_name), row.locale)


def _earned(actor: Actor) -> Select[Any]:
    statement: Any = (
        select(
            Milestone.public_id, MilestoneRule.kind, MilestoneRule.percent, MilestoneRule.occasions,
            MilestoneRule.amount, MilestoneRule.name.label("words"), Task.name.label("task"), Milestone.reached_on,
            Milestone.participant_id, *checks(),
        )
        .join(MilestoneRule, MilestoneRule.id == Milestone.rule_id)
        .join(Participant, Participant.id == Milestone.participant_id)
        .outerjoin(Task, Task.id == Milestone.task_id)
        .where(
            scope.in_program(actor, Milestone.program_id),
            Milestone.withdrawn_at.is_(None),
            MilestoneRule.kind.in_(KINDS),
            or_(Milestone.task_id.is_(None), Task.audience == Audience.PROGRAM),
        )
    )  # fmt: skip
    return statement


def _row(row: Any) -> Earned:
    standing = Standing(row.kept, row.lost, row.open) if row.kept or row.lost or row.open else None
    return Earned(
        row.public_id, row.kind, row.percent, row.occasions, row.amount, row.words, row.task, row.reached_on, standing
    )
