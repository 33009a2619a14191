"""What the worker does for plans."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from placement.domain.placements import PlacementState
from placement.domain.week import Span, from_spans
from placement.models.placements.placement import Placement
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.pattern import ShiftPattern
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.usecases.shifts.ahead import plan_ahead, recompute_instants
from placement.usecases.shifts.change import MoveShift, cancel_shift, move_shift
from placement.usecases.shifts.pattern import SetPattern, set_pattern
from placement.usecases.transaction import Work
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make

MONDAY = date(2026, 11, 30)
MONDAYS = from_spans([Span(0, time(9), time(13))])


@pytest.fixture
def cora(cast: Cast, make: Make) -> Actor:
    return make.actor(cast.accounts.coordinator)


@pytest.fixture
def placement(cast: Cast, make: Make, work: Work, cora: Actor) -> Placement:
    """Kim's, each second Monday, planned six weeks ahead."""
    made = make.placement(cast.kim, make.opening(cast.a.site), first_day=date(2026, 1, 1), last_day=date(2027, 2, 20))
    set_pattern(work, cora, SetPattern(made.public_id, 0, MONDAY, None, MONDAYS, every_weeks=2))
    return made


def days_of(make: Make, placement: Placement) -> list[date]:
    return make.all(select(Shift.day).where(Shift.placement_id == placement.id).order_by(Shift.day))


def test_the_worker_goes_on_and_adds_nothing_twice(make: Make, work: Work, placement: Placement, clock: Clock) -> None:
    fortnights = [MONDAY + timedelta(weeks=weeks) for weeks in range(0, 12, 2)]
    assert days_of(make, placement) == fortnights[:3]
    assert plan_ahead(work) == 0
    clock.advance(days=3)
    assert plan_ahead(work) == 0
    clock.advance(days=11)
    assert plan_ahead(work) == 1
    assert plan_ahead(work) == 0
    clock.advance(days=60)
    plan_ahead(work)
    assert plan_ahead(work) == 0
    # The rhythm goes on from the first day's week; nothing is added for days that have passed, or after the end.
    found = days_of(make, placement)
    assert set(found) <= set(fortnights)
    assert found == sorted(set(found))
    assert make.one(select(ShiftPattern.planned_until)) == date(2027, 2, 20)


def test_what_was_cancelled_or_moved_does_not_come_again(
    make: Make, work: Work, cora: Actor, placement: Placement, clock: Clock
) -> None:
    keys = make.all(
        select(Occasion.public_id).join(Shift, Shift.id == Occasion.id)
        .where(Shift.placement_id == placement.id).order_by(Shift.day)
    )  # fmt: skip
    cancel_shift(work, cora, keys[1], 1)
    move_shift(work, cora, MoveShift(keys[2], 1, date(2027, 1, 12), time(9), time(13)))
    before = days_of(make, placement)
    clock.advance(days=14)
    assert plan_ahead(work) == 1
    assert days_of(make, placement) == sorted([*before, date(2027, 1, 11)])


@pytest.mark.parametrize("state", [PlacementState.PAUSED, PlacementState.COMPLETED])
def test_only_what_runs(make: Make, work: Work, placement: Placement, clock: Clock, state: PlacementState) -> None:
    make.do(lambda s: setattr(s.get(Placement, placement.id), "state", state))
    clock.advance(days=14)
    assert plan_ahead(work) == 0


def test_instants_follow_when_a_zones_rules_change(make: Make, work: Work, placement: Placement, clock: Clock) -> None:
    """As if the zone had been an hour behind when the shifts were planned."""
    first, second, _ = make.all(select(Shift.id).where(Shift.placement_id == placement.id).order_by(Shift.day))
    true = {key: make.one(select(Occasion.starts_at).where(Occasion.id == key)) for key in (first, second)}

    def shift(session: object) -> None:
        for key in (first, second):
            occasion = session.get(Occasion, key)  # type: ignore[attr-defined]
            occasion.starts_at += timedelta(hours=1)
            occasion.ends_at += timedelta(hours=1)

    make.do(shift)
    clock.set(datetime(2026, 12, 1, tzinfo=UTC))
    assert recompute_instants(work) == 1
    assert recompute_instants(work) == 0
    stored = {key: make.one(select(Occasion.starts_at).where(Occasion.id == key)) for key in (first, second)}
    assert stored == {first: true[first] + timedelta(hours=1), second: true[second]}
    row = make.one(select(Shift).where(Shift.id == second))
    assert (row.version, row.feedback_due_at) == (2, true[second] + timedelta(hours=4))
