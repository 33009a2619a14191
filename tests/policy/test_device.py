"""A phone without an account sees its own placement's shifts, the program's tasks, and nothing else."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.occasions import Audience
from placement.domain.tokens import token_hash
from placement.models.feedback.rater import Rater
from placement.models.placements.placement import Placement
from placement.models.programs.catalog import Task
from placement.models.shifts.shift import Shift
from placement.policy.device import Device
from placement.queries import scope
from placement.queries.cards.device import load_device
from placement.usecases.cards.open import let_in
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.cards.phones import link_for


@pytest.fixture
def device(app: Flask, reads: Session, cast: Cast, make: Make, clock: Clock) -> Device:
    secret = let_in(make.work, link_for(make, cast.a.placement).token)
    found = load_device(reads, token_hash(secret), clock.now)
    assert found is not None
    return found


def test_shifts_of_its_own_placement_alone(device: Device, reads: Session, cast: Cast, make: Make) -> None:
    other = make.placement(make.participant(cast.a.program, "Uma"), cast.a.opening)
    make.shift(other)
    seen = set(reads.scalars(select(Shift.placement_id).where(scope.card_shifts(device))))
    assert seen == {cast.a.placement.id}
    assert {cast.b.placement.id, other.id} <= set(reads.scalars(select(Placement.id)))


def test_tasks_of_its_program_that_are_nobodys_own(device: Device, reads: Session, cast: Cast, make: Make) -> None:
    shared = cast.a.catalog.tasks[0]
    make.add(
        Task(
            program_id=cast.a.program.id, name={"en": "Own"}, sentence={"en": "Own"}, area=shared.area,
            key="own", audience=Audience.PRIVATE, participant_id=cast.a.participant.id,
        )
    )  # fmt: skip
    rows = reads.execute(select(Task.program_id, Task.audience).where(scope.card_tasks(device))).all()
    assert {tuple(row) for row in rows} == {(cast.a.program.id, Audience.PROGRAM)}


def test_colleagues_on_the_same_card(device: Device, reads: Session, cast: Cast, make: Make) -> None:
    here, elsewhere = link_for(make, cast.a.placement, name="Bo"), link_for(make, cast.b.placement, name="Cy")
    found = set(reads.scalars(select(Rater.id).where(scope.card_colleagues(device))))
    assert here.rater.id in found
    assert not found & {elsewhere.rater.id, device.rater_id, cast.a.rater.id}
