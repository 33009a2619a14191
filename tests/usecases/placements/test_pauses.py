"""A pause takes the shifts to come out of the plan, and going on brings them back."""

from __future__ import annotations

from datetime import time

import pytest
from sqlalchemy import select

from placement.domain.placements import Move
from placement.models.placements.placement import Placement
from placement.models.progress.summary import PlacementSummary
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.usecases.placements.move import MovePlacement, move_placement
from placement.usecases.placements.own_move import own_move
from placement.usecases.shifts.change import cancel_shift
from placement.usecases.transaction import Work
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make


def standing(make: Make, placement: Placement) -> list[object]:
    rows = select(Shift.day).where(Shift.placement_id == placement.id, Shift.cancelled_at.is_(None))
    return make.all(rows.order_by(Shift.day))


@pytest.fixture
def ahead(cast: Cast, make: Make) -> list[Shift]:
    return [make.shift(cast.a.placement, make.day(day)) for day in (10, 12, 14)]


@pytest.mark.parametrize("own", [True, False])
def test_what_a_pause_takes_out_comes_back(
    cast: Cast, make: Make, work: Work, clock: Clock, ahead: list[Shift], own: bool
) -> None:
    placement = cast.a.placement
    cora, noa = make.actor(cast.accounts.coordinator), make.actor(cast.accounts.noa)
    before = standing(make, placement)
    clock.advance(days=1)
    by_hand = make.one(select(Occasion.public_id).where(Occasion.id == ahead[0].id))
    cancel_shift(work, cora, by_hand, 1)
    clock.advance(minutes=1)

    def move(what: Move) -> None:
        if own:
            own_move(work, noa, placement.public_id, what)
        else:
            version = make.one(select(Placement.version).where(Placement.id == placement.id))
            move_placement(work, cora, MovePlacement(placement.public_id, version, what, cancel_shifts=True))

    move(Move.PAUSE)
    assert not set(standing(make, placement)) & {shift.day for shift in ahead}
    assert make.one(select(Shift.feedback_due_at).where(Shift.id == ahead[1].id)) is None
    # Meanwhile the last one's time is taken by another placement.
    other = make.placement(cast.a.participant, make.opening(cast.a.site))
    make.shift(other, ahead[2].day, time(12), time(15))
    clock.advance(days=10)
    move(Move.RESUME)
    # Day 10 was cancelled by hand; day 12 is still to come.
    assert set(standing(make, placement)) & {shift.day for shift in ahead} == {ahead[1].day}
    assert set(standing(make, placement)) < set(before)
    summary = make.one(select(PlacementSummary).where(PlacementSummary.placement_id == placement.id))
    assert summary.shifts_planned == len(standing(make, placement))


def test_a_coordinator_may_leave_them(cast: Cast, make: Make, work: Work, ahead: list[Shift]) -> None:
    cora, placement = make.actor(cast.accounts.coordinator), cast.a.placement
    before = standing(make, placement)
    move_placement(work, cora, MovePlacement(placement.public_id, placement.version, Move.PAUSE))
    assert standing(make, placement) == before
