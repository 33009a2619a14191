"""Placements that wait for the coordinator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from placement.domain.placements import Answer, PlacementState, StepKind
from placement.domain.profiles import full_name
from placement.queries.day import current

#: Placements that end within this time are worth a plan.
ENDS_SOON = timedelta(days=14)
#: Somebody answered, and the next step is the coordinator's; a declined placement is here only while it is news.
_ANSWERED = (PlacementState.OFFERED, PlacementState.ACCEPTED, PlacementState.DECLINED)


@dataclass(frozen=True, slots=True)
class Decision:
    """A placement that waits for something, by its state, answer, end, or a step that is due."""

    placement: str
    participant: str
    name: str
    role: str
    employer: str
    site: str
    state: PlacementState
    answer: Answer | None
    ask_again_on: date | None
    first_day: date
    last_day: date | None
    ends_soon: bool
    step: StepKind | None
    step_due: date | None


def waits(row: Any, today: date) -> bool:
    """Whether a row of ``current.placements`` waits for the coordinator."""
    if row.step is not None:
        return True
    if row.state is PlacementState.PROPOSED:
        return row.answer is None or row.ask_again_on is None or row.ask_again_on <= today
    return _ends_soon(row, today) or row.state in _ANSWERED


def _ends_soon(row: Any, today: date) -> bool:
    running = row.state in current.RUNNING
    return running and row.last_day is not None and bool(row.last_day <= today + ENDS_SOON)


def decision(row: Any, today: date) -> Decision:
    """A row of ``current.placements``."""
    name = full_name(row.preferred_name, row.family_name)
    return Decision(
        row.placement, row.participant, name, row.role, row.employer, row.site, row.state, row.answer,
        row.ask_again_on, row.first_day, row.last_day, _ends_soon(row, today), row.step, row.step_due,
    )  # fmt: skip
