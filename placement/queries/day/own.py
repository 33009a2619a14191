"""A participant's day: the next shift, a proposal that waits, what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from placement.domain.milestones import RuleKind
from placement.domain.occasions import Audience
from placement.domain.placements import Answer, PlacementState
from placement.domain.sealed import Cipher
from placement.domain.trend import ThenNow
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.placements.placement import Placement, PlacementMove
from placement.models.programs.catalog import Task
from placement.models.progress.milestone import Milestone, MilestoneRule
from placement.models.progress.summary import PlacementSummary
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.day.next_shift import NextShift, next_shift
from placement.queries.day.own_asks import OwnAsks, own_asks
from placement.queries.progress.change import recent_change

Words = Mapping[str, str]
_SHOWN = (PlacementState.PROPOSED, PlacementState.OFFERED, PlacementState.ACCEPTED, PlacementState.PAUSED)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A placement that waits for the participant's answer, that they said yes to, or that is paused."""

    public_id: str
    role: str
    employer: str
    site: str
    first_day: date
    state: PlacementState
    answer: Answer | None
    #: Paused by the participant themself: they can go on without asking.
    by_me: bool = False

    @property
    def open(self) -> bool:
        """Whether no answer was given yet."""
        return self.answer is None


@dataclass(frozen=True, slots=True)
class LatestMilestone:
    kind: RuleKind
    percent: int
    occasions: int
    amount: int
    task: Words | None
    #: The rule's own wording.
    words: Words
    day: date


@dataclass(frozen=True, slots=True)
class OwnDay:
    next_shift: NextShift | None
    proposals: tuple[Proposal, ...]
    #: Said yes to: the employer answers next, or it is agreed and not begun.
    coming: tuple[Proposal, ...]
    paused: tuple[Proposal, ...]
    shifts_done: int
    change: ThenNow | None
    milestone: LatestMilestone | None
    asks: OwnAsks


def own_day(db: Session, actor: Actor, now: datetime, cipher: Cipher | None = None) -> OwnDay | None:
    """The day of the participant who asks, in at most six statements; None for somebody who is not one."""
    if actor.participant_id is None:
        return None
    ahead, shifts_done = _placements(db, actor, actor.participant_id)
    today = actor.today(now)
    return OwnDay(
        next_shift=next_shift(db, actor, actor.participant_id, now),
        proposals=tuple(row for row in ahead if row.state is PlacementState.PROPOSED),
        coming=tuple(row for row in ahead if row.state in (PlacementState.OFFERED, PlacementState.ACCEPTED)),
        paused=tuple(row for row in ahead if row.state is PlacementState.PAUSED),
        shifts_done=shifts_done,
        change=recent_change(db, actor, actor.participant_id, today),
        milestone=_latest_milestone(db, actor, actor.participant_id),
        asks=own_asks(db, actor, now, cipher),
    )


def _placements(db: Session, actor: Actor, participant_id: int) -> tuple[tuple[Proposal, ...], int]:
    """Placements that have not begun or are paused, and the shifts done in all placements."""
    rows = db.execute(
        select(
            Placement.public_id, Placement.state, Placement.answer, Placement.first_day, Opening.role,
            Employer.name.label("employer"), Site.name.label("site"), PlacementSummary.shifts_done, _moved_by(),
        )
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .outerjoin(PlacementSummary, PlacementSummary.placement_id == Placement.id)
        .where(scope.placements(actor), Placement.participant_id == participant_id)
        .order_by(Placement.first_day, Placement.id)
    ).all()  # fmt: skip
    ahead = [
        Proposal(
            row.public_id, row.role, row.employer, row.site, row.first_day, row.state, row.answer,
            row.moved_by == actor.account_id,
        )
        for row in rows
        if row.state in _SHOWN
    ]  # fmt: skip
    return tuple(ahead), sum(row.shifts_done or 0 for row in rows)


def _moved_by() -> Any:
    """Who changed the placement's state last."""
    return (
        select(PlacementMove.by_account_id)
        .where(PlacementMove.placement_id == Placement.id)
        .order_by(PlacementMove.id.desc())
        .limit(1)
        .correlate(Placement)
        .scalar_subquery()
        .label("moved_by")
    )


def _latest_milestone(db: Session, actor: Actor, participant_id: int) -> LatestMilestone | None:
    row = db.execute(
        select(
            MilestoneRule.kind, MilestoneRule.percent, MilestoneRule.occasions, MilestoneRule.amount,
            Task.name, MilestoneRule.name, Milestone.reached_on,
        )
        .join(MilestoneRule, MilestoneRule.id == Milestone.rule_id)
        .outerjoin(Task, Task.id == Milestone.task_id)
        .where(
            scope.in_program(actor, Milestone.program_id),
            Milestone.participant_id == participant_id,
            # One that was withdrawn stays on their page until somebody has told them.
            or_(
                Milestone.withdrawn_at.is_(None), and_(Milestone.seen_at.is_not(None), Milestone.told_at.is_(None))
            ),
            # This page may be open in a shop: what is private has its place in their progress.
            or_(Milestone.task_id.is_(None), and_(scope.tasks(actor), Task.audience == Audience.PROGRAM)),
        )
        .order_by(Milestone.reached_at.desc(), Milestone.id.desc())
        .limit(1)
    ).one_or_none()  # fmt: skip
    return None if row is None else LatestMilestone(*row)
