"""A person's placements with their step plans: two statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.limits import Plan, PlanMove, Stage, ends_with_result, needs_plan
from placement.domain.placement_moves import is_final
from placement.domain.placements import PlacementKind, PlacementState
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.limits.limits import PlanChange, PlanStage, StepPlan
from placement.models.placements.placement import Placement

#: Changes shown of all plans.
MOST_CHANGES = 60


@dataclass(frozen=True, slots=True)
class Change:
    """What the participant did, and when; hours where they reduced them."""

    move: PlanMove
    day: date
    hours: float | None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan with its steps, who agreed, and where it stands."""

    public_id: str
    version: int
    given_by: str
    first: date
    last: date
    participant_agreed: date | None
    participant_declined: date | None
    employer_agreed: date | None
    employer_by: str
    held: bool
    stopped: bool
    result: str
    result_on: date | None
    stages: tuple[Stage, ...]
    changes: tuple[Change, ...]

    @property
    def agreed(self) -> bool:
        return self.participant_agreed is not None and self.employer_agreed is not None

    @property
    def runs(self) -> bool:
        """Agreed by both and not stopped: the participant can hold, reduce, go on or stop."""
        return self.agreed and not self.stopped

    @property
    def as_rule(self) -> Plan:
        """What it means for planning."""
        agreed = self.participant_agreed is not None, self.employer_agreed is not None
        return Plan(self.stages, *agreed, self.held, self.stopped)

    @property
    def reduced(self) -> bool:
        return any(stage.reduced is not None for stage in self.stages)

    def most_on(self, day: date) -> float | None:
        """Hours a day of the step of that day or the next one; what can be reduced."""
        left = [stage for stage in self.stages if stage.last >= day]
        return left[0].hours_on(max(day, left[0].first)) if left else None


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A placement of theirs: kind, shop, and its plans, the newest first."""

    id: int
    public_id: str
    kind: PlacementKind
    state: PlacementState
    shop: str
    plans: tuple[PlanRow, ...]

    @property
    def rules(self) -> tuple[Plan, ...]:
        """The plans that count for planning, the newest first: what the participant declined is none."""
        return tuple(plan.as_rule for plan in self.plans if plan.participant_declined is None)

    @property
    def over(self) -> bool:
        return is_final(self.state)

    @property
    def needs_plan(self) -> bool:
        return needs_plan(self.kind)

    @property
    def asks_result(self) -> bool:
        return ends_with_result(self.kind)


def places_of(db: Session, participant_id: int) -> tuple[PlaceRow, ...]:
    """Placements with their plans, steps and changes: one statement each for the two many."""
    rows = db.execute(
        select(
            Placement.id.label("place_id"), Placement.public_id.label("place"), Placement.kind, Placement.state,
            Employer.name.label("employer"), Site.name.label("site"), StepPlan.id.label("plan_id"), StepPlan.public_id,
            StepPlan.version, StepPlan.given_by, StepPlan.first_day, StepPlan.last_day, StepPlan.participant_agreed_at,
            StepPlan.participant_declined_at, StepPlan.employer_agreed_at, StepPlan.employer_agreed_by,
            StepPlan.held_at, StepPlan.stopped_at, StepPlan.result, StepPlan.result_on,
            PlanStage.first_day.label("begin"), PlanStage.last_day.label("end"), PlanStage.hours_day,
            PlanStage.days_week, PlanStage.words, PlanStage.reduced_hours_day, PlanStage.reduced_on,
        )
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .outerjoin(StepPlan, StepPlan.placement_id == Placement.id)
        .outerjoin(PlanStage, PlanStage.plan_id == StepPlan.id)
        .where(Placement.participant_id == participant_id)
        .order_by(Placement.first_day.desc(), Placement.id.desc(), StepPlan.id.desc(), PlanStage.position)
    ).all()  # fmt: skip
    changes = _changes(db, participant_id)
    places: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        places[row.place_id].append(row)
    found = [_place(key, mine, changes) for key, mine in places.items()]
    return tuple(row for row in found if row.plans or not row.over)


def _place(key: int, rows: Sequence[Any], changes: Mapping[int, tuple[Change, ...]]) -> PlaceRow:
    plans: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        if row.plan_id is not None:
            plans[row.plan_id].append(row)
    head = rows[0]
    shop = head.employer if head.site in ("", head.employer) else f"{head.employer}, {head.site}"
    return PlaceRow(
        key, head.place, head.kind, head.state, shop,
        tuple(_plan(mine, changes.get(plan_id, ())) for plan_id, mine in plans.items()),
    )  # fmt: skip


def _plan(rows: Sequence[Any], changes: tuple[Change, ...]) -> PlanRow:
    head = rows[0]
    stages = tuple(
        Stage(row.begin, row.end, row.hours_day, row.days_week, row.words, row.reduced_hours_day, row.reduced_on)
        for row in rows
    )
    agreed, declined, employer = (
        None if at is None else at.date()
        for at in (head.participant_agreed_at, head.participant_declined_at, head.employer_agreed_at)
    )
    return PlanRow(
        head.public_id, head.version, head.given_by, head.first_day, head.last_day, agreed, declined, employer,
        head.employer_agreed_by, head.held_at is not None, head.stopped_at is not None, head.result, head.result_on,
        stages, changes,
    )  # fmt: skip


def _changes(db: Session, participant_id: int) -> dict[int, tuple[Change, ...]]:
    rows = db.execute(
        select(PlanChange.plan_id, PlanChange.move, PlanChange.day, PlanChange.hours_day)
        .join(StepPlan, StepPlan.id == PlanChange.plan_id)
        .where(StepPlan.participant_id == participant_id)
        .order_by(PlanChange.id.desc())
        .limit(MOST_CHANGES)
    )
    found: dict[int, list[Change]] = defaultdict(list)
    for row in rows:
        found[row.plan_id].append(Change(row.move, row.day, row.hours_day))
    return {key: tuple(mine) for key, mine in found.items()}
