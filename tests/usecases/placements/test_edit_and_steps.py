from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from placement.domain.errors import Forbidden, NotFound, Refused, Stale
from placement.domain.placements import PlacementKind, PlacementState, StepKind
from placement.models.placements.placement import Placement, PlacementStep
from placement.models.shifts.shift import Shift
from placement.usecases.placements.edit import EditPlacement, edit_placement
from placement.usecases.placements.steps import AddStep, FinishStep, RemoveStep, add_step, finish_step, remove_step
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make


def test_a_change_keeps_planned_shifts_and_says_that_they_need_a_look(work: Work, make: Make, cast: Cast) -> None:
    row, coordinator = cast.a.placement, make.actor(cast.accounts.coordinator)
    command = EditPlacement(
        row.public_id, row.version, row.first_day, row.last_day, row.pattern, PlacementKind.GRADED_LOAD
    )
    assert edit_placement(work, coordinator, command) is False
    command = replace(command, version=row.version + 1, last_day=make.day(10), pattern=0)
    assert edit_placement(work, coordinator, command) is True
    now = make.one(select(Placement).where(Placement.id == row.id))
    assert (now.kind, now.last_day, now.pattern) == (PlacementKind.GRADED_LOAD, make.day(10), 0)
    assert make.one(select(Shift.cancelled_at).where(Shift.id == cast.a.future.id)) is None


def test_two_who_edit_at_once(work: Work, make: Make, cast: Cast) -> None:
    row, coordinator = cast.a.placement, make.actor(cast.accounts.coordinator)
    mine = EditPlacement(row.public_id, row.version, row.first_day, make.day(20), row.pattern, row.kind)
    edit_placement(work, coordinator, mine)
    with pytest.raises(Stale) as caught:
        edit_placement(work, coordinator, replace(mine, last_day=make.day(30)))
    assert caught.value.current["last_day"] == make.day(20)
    assert caught.value.version == row.version + 1


def test_what_cannot_be_edited(work: Work, make: Make, cast: Cast) -> None:
    row, coordinator = cast.a.placement, make.actor(cast.accounts.coordinator)
    good = EditPlacement(row.public_id, row.version, row.first_day, row.last_day, row.pattern, row.kind)
    with pytest.raises(Refused):
        edit_placement(work, coordinator, replace(good, last_day=make.day(-60)))
    with pytest.raises(Forbidden):
        edit_placement(work, make.actor(cast.accounts.coach), good)
    with pytest.raises(NotFound):
        edit_placement(work, make.actor(cast.accounts.outsider_coordinator), good)
    over = make.placement(cast.lee, cast.a.opening, PlacementState.COMPLETED)
    with pytest.raises(Refused):
        edit_placement(work, coordinator, replace(good, public_id=over.public_id, version=over.version))


def test_steps_come_are_done_and_go(work: Work, make: Make, cast: Cast) -> None:
    row, coordinator = cast.a.placement, make.actor(cast.accounts.coordinator)
    step = add_step(work, coordinator, AddStep(row.public_id, StepKind.MID_REVIEW, make.day(5), "with Thea"))
    with pytest.raises(Refused):
        finish_step(work, coordinator, FinishStep(step, make.day(1)))
    assert finish_step(work, coordinator, FinishStep(step, make.today)) == row.public_id
    stored = make.one(select(PlacementStep).where(PlacementStep.public_id == step))
    assert (stored.kind, stored.due_on, stored.done_on, stored.note) == (
        StepKind.MID_REVIEW, make.day(5), make.today, "with Thea",
    )  # fmt: skip
    finish_step(work, coordinator, FinishStep(step, None))
    assert make.one(select(PlacementStep.done_on).where(PlacementStep.public_id == step)) is None
    for who, error in (("therapist", Forbidden), ("outsider_coordinator", NotFound), ("kim", NotFound)):
        with pytest.raises(error):
            remove_step(work, make.actor(getattr(cast.accounts, who)), RemoveStep(step))
    assert remove_step(work, coordinator, RemoveStep(step)) == row.public_id
    assert make.all(select(PlacementStep.id).where(PlacementStep.public_id == step)) == []
