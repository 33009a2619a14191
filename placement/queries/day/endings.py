"""Work limits and step plans that end soon or have just ended, with nothing after them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, exists, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from placement.domain.placements import PlacementState
from placement.models.limits.limits import StepPlan, WorkLimit
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.day.current import whose

MOST = 20
_LIVE = (PlacementState.ACCEPTED, PlacementState.ACTIVE, PlacementState.PAUSED)


def endings(actor: Actor, people: Collection[int] | None, name: Any) -> Select[Any]:
    """Person, ``kind`` ("limit" or "plan") and last day, between the days ``ends_from`` and ``ends_to``; the earliest
    first. Columns as every part of what waits.
    """
    limits = (
        select(
            literal("ends").label("what"), Participant.public_id, name.label("name"), literal("limit").label("kind"),
            literal(1).label("n"), WorkLimit.valid_until.label("day"),
        )
        .join(Participant, Participant.id == WorkLimit.participant_id)
        .where(
            scope.work_limits(actor),
            Participant.archived_at.is_(None),
            whose(WorkLimit.participant_id, people),
            WorkLimit.archived_at.is_(None),
            _near(WorkLimit.valid_until),
            ~_goes_on(),
        )
    )  # fmt: skip
    plans = (
        select(
            literal("ends").label("what"), Participant.public_id, name.label("name"), literal("plan").label("kind"),
            literal(1).label("n"), StepPlan.last_day.label("day"),
        )
        .join(Participant, Participant.id == StepPlan.participant_id)
        .join(Placement, Placement.id == StepPlan.placement_id)
        .where(
            scope.step_plans(actor),
            whose(StepPlan.participant_id, people),
            Placement.state.in_(_LIVE),
            StepPlan.participant_agreed_at.is_not(None),
            StepPlan.employer_agreed_at.is_not(None),
            StepPlan.stopped_at.is_(None),
            _near(StepPlan.last_day),
            ~_newer(),
        )
    )  # fmt: skip
    found = union_all(limits, plans).subquery()
    return select(found).order_by(found.c.day).limit(MOST)


def _near(day: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = day.between(bindparam("ends_from"), bindparam("ends_to"))
    return found


def _goes_on() -> ColumnElement[bool]:
    """Whether another entry about the person lasts longer."""
    other = aliased(WorkLimit)
    longer = or_(other.valid_until.is_(None), other.valid_until > WorkLimit.valid_until)
    return exists().where(other.participant_id == WorkLimit.participant_id, other.archived_at.is_(None), longer)


def _newer() -> ColumnElement[bool]:
    other = aliased(StepPlan)
    return exists().where(
        other.placement_id == StepPlan.placement_id,
        other.id > StepPlan.id,
        other.last_day > StepPlan.last_day,
        other.participant_declined_at.is_(None),
    )
