"""Somebody's limits and step plans: for those who look after them, and for themself. Six statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.limits import Limit, PlanMove
from placement.domain.profiles import full_name
from placement.models.limits.limits import StepPlan, WorkLimit
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.limits.places import PlaceRow, PlanRow, places_of
from placement.queries.limits.rules import PersonRules
from placement.queries.limits.unfit import Unfit, held_back, unfit_shifts


@dataclass(frozen=True, slots=True)
class LimitRow:
    """An entry with whose word it is."""

    public_id: str
    version: int
    given_by: str
    limit: Limit

    def over_on(self, day: date) -> bool:
        return self.limit.last is not None and self.limit.last < day


@dataclass(frozen=True, slots=True)
class LimitsPage:
    """``places``: those that are not over, and those with a plan. ``came_out``: shifts out while a plan was held."""

    participant_id: int
    participant: str
    name: str
    archived: bool
    own: bool
    limits: tuple[LimitRow, ...]
    places: tuple[PlaceRow, ...]
    unfit: tuple[Unfit, ...]
    came_out: int
    rules: PersonRules

    def of(self, placement: str) -> PlaceRow:
        """Raises NotFound for a placement that is not theirs."""
        for row in self.places:
            if row.public_id == placement:
                return row
        raise NotFound

    def plan(self, public_id: str) -> tuple[PlaceRow, PlanRow]:
        """Raises NotFound for a plan that is not theirs."""
        for place in self.places:
            for row in place.plans:
                if row.public_id == public_id:
                    return place, row
        raise NotFound


def limits_page(db: Session, actor: Actor, now: datetime, participant: str) -> LimitsPage:
    """Raises NotFound for somebody out of sight, Forbidden for whoever may not see it."""
    return _page(db, actor, now, Participant.public_id == participant)


def own_limits(db: Session, actor: Actor, now: datetime) -> LimitsPage:
    """The participant's own. Raises NotFound for whoever has no record."""
    return _page(db, actor, now, Participant.id == (actor.participant_id or 0))


def page_of_plan(db: Session, actor: Actor, now: datetime, plan: str) -> LimitsPage:
    """The page of whose plan it is. Raises NotFound and Forbidden."""
    whose = exists().where(
        StepPlan.participant_id == Participant.id, StepPlan.public_id == plan, scope.step_plans(actor)
    )
    return _page(db, actor, now, whose)


def page_of_limit(db: Session, actor: Actor, now: datetime, limit: str) -> LimitsPage:
    """The page of whose limit it is. Raises NotFound and Forbidden."""
    whose = exists().where(
        WorkLimit.participant_id == Participant.id, WorkLimit.public_id == limit, scope.work_limits(actor)
    )
    return _page(db, actor, now, whose)


def page_of_placement(db: Session, actor: Actor, now: datetime, placement: str) -> LimitsPage:
    """The page of whose placement it is. Raises NotFound and Forbidden."""
    whose = exists().where(
        Placement.participant_id == Participant.id, Placement.public_id == placement, scope.placements(actor)
    )
    return _page(db, actor, now, whose)


def _page(db: Session, actor: Actor, now: datetime, whose: Any) -> LimitsPage:
    person = db.execute(
        select(
            Participant.id, Participant.public_id, Participant.program_id, Participant.preferred_name,
            Participant.family_name, Participant.archived_at,
        ).where(scope.participants(actor), whose)
    ).one_or_none()  # fmt: skip
    if person is None:
        raise NotFound
    ensure(actor, Permission.LIMIT_SEE, Facts(person.program_id, person.id))
    places, limits = places_of(db, person.id), _limits(db, person.id)
    plans = {place.id: place.rules for place in places}
    rules = PersonRules(tuple(row.limit for row in limits), plans)
    return LimitsPage(
        participant_id=person.id,
        participant=person.public_id,
        name=full_name(person.preferred_name, person.family_name),
        archived=person.archived_at is not None,
        own=person.id == actor.participant_id,
        limits=limits,
        places=places,
        unfit=tuple(unfit_shifts(db, person.id, now, rules)),
        came_out=_came_out(db, person.id, now) if _went_on(places) else 0,
        rules=rules,
    )


def _went_on(places: Sequence[PlaceRow]) -> bool:
    """Whether any plan was held and goes on: only then are there shifts to bring back."""
    return any(
        change.move is PlanMove.GO_ON
        for place in places
        for plan in place.plans
        if plan.runs
        for change in plan.changes
    )


def _came_out(db: Session, participant_id: int, now: datetime) -> int:
    return len(db.execute(held_back(participant_id, now).with_only_columns(Shift.id)).all())


def _limits(db: Session, participant_id: int) -> tuple[LimitRow, ...]:
    rows = db.scalars(
        select(WorkLimit)
        .where(WorkLimit.participant_id == participant_id, WorkLimit.archived_at.is_(None))
        .order_by(WorkLimit.valid_from.desc(), WorkLimit.id.desc())
    )
    return tuple(
        LimitRow(
            row.public_id, row.version, row.given_by,
            Limit(
                row.valid_from, row.valid_until, row.cleared, row.hours_day, row.hours_week, row.lift_kg,
                row.standing_minutes, row.no_nights, row.no_noise, row.not_alone_at_till, row.other,
            ),
        )
        for row in rows
    )  # fmt: skip
