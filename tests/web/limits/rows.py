"""An entry about limits and a step plan, written straight into the database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from placement.models.limits.limits import PlanStage, StepPlan, WorkLimit
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from tests.factories.make import Make


def limit_row(make: Make, person: Participant, **columns: Any) -> WorkLimit:
    """No lifting over 5 kg, since a week ago."""
    defaults = {"lift_kg": 5, "given_by": "Dr. Weber", "valid_from": make.day(-7), "by_account_id": 1}
    row = WorkLimit(
        program_id=person.program_id, participant_id=person.id, created_at=make.clock.now, **(defaults | columns)
    )  # fmt: skip
    return make.add(row)


def plan_row(make: Make, placement: Placement, agreed: bool = False, hours: float = 3, **columns: Any) -> StepPlan:
    """Two steps of two weeks from a week ago on; waits for both yes unless ``agreed``."""
    now = make.clock.now
    yes: dict[str, Any] = {"participant_agreed_at": now, "employer_agreed_at": now, "employer_agreed_by": "Ms. Kern"}
    values = {"given_by": "Dr. Weber", "by_account_id": 1} | (yes if agreed else {}) | columns
    first = make.day(-7)

    def change(session: Session) -> StepPlan:
        row = StepPlan(
            program_id=placement.program_id, participant_id=placement.participant_id, placement_id=placement.id,
            first_day=first, last_day=first + timedelta(days=27), created_at=now, **values,
        )  # fmt: skip
        session.add(row)
        session.flush()
        for position in (0, 1):
            begin = first + timedelta(days=14 * position)
            session.add(
                PlanStage(
                    program_id=row.program_id, plan_id=row.id, position=position, first_day=begin,
                    last_day=begin + timedelta(days=13), hours_day=hours + position, days_week=5,
                )
            )  # fmt: skip
        return row

    return make.do(change)
