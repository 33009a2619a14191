"""When shifts can be planned at all, and what to know before planning them."""

from __future__ import annotations

from datetime import time

from placement.domain.errors import Refused
from placement.domain.placement_words import state_words
from placement.domain.placements import PlacementState
from placement.domain.shifts import PlannedTime
from placement.domain.week import Span, covers, from_spans
from placement.domain.words import Say, say

#: States in which a placement gets shifts.
PLANNABLE = (PlacementState.ACCEPTED, PlacementState.ACTIVE)


def is_plannable(state: PlacementState) -> bool:
    """Whether shifts can be planned."""
    return state in PLANNABLE


def ensure_plannable(state: PlacementState) -> None:
    """Only an accepted or running placement gets shifts. Raises Refused."""
    if state is PlacementState.PAUSED:
        raise Refused(say("This placement is paused. Continue it first, then plan its shifts."))
    if not is_plannable(state):
        raise Refused(say("Shifts can be planned once a placement is accepted: %(state)s.", state=state_words(state)))


def shift_hints(planned: PlannedTime, availability: int | None) -> tuple[Say, ...]:
    """What to know before planning a shift: it is shown, never refused."""
    if availability is None:
        return ()
    first, last = (_minute_of(at) for at in (planned.start, planned.end))
    down, up = first // 15 * 15, -(-last // 15) * 15
    mask = from_spans([Span(planned.day.weekday(), _time_of(down), _time_of(up))])
    if covers(availability, mask):
        return ()
    return (say("This is outside the times that suit the participant."),)


def _minute_of(at: time) -> int:
    return at.hour * 60 + at.minute


def _time_of(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)
