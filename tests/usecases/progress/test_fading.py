"""Stepping back: taken, held with its milestone, taken back, undone, and by whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from placement.domain.errors import Forbidden, NotFound, Refused
from placement.domain.events import EventKind
from placement.domain.fading import FadingState
from placement.domain.milestones import RuleKind
from placement.domain.placements import PlacementState
from placement.models.progress.milestone import ChartEvent, Milestone, MilestoneRule
from placement.models.progress.plan import FadingStep
from placement.usecases.progress.fading import TakeStep, hold_step, step_back, take_step, watch_again
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make


def step(make: Make, public_id: str) -> FadingStep:
    found: FadingStep = make.one(select(FadingStep).where(FadingStep.public_id == public_id))
    return found


def lines(make: Make, cast: Cast) -> int:
    """Coaching lines without words of their own."""
    return len(
        make.all(
            select(ChartEvent.id).where(
                ChartEvent.participant_id == cast.a.participant.id,
                ChartEvent.kind == EventKind.COACHING_STEP,
                ChartEvent.text == "",
            )
        )
    )


def held_milestones(make: Make, cast: Cast) -> list[Any]:
    return make.all(
        select(Milestone)
        .join(MilestoneRule, MilestoneRule.id == Milestone.rule_id)
        .where(MilestoneRule.kind == RuleKind.FADING_HELD, Milestone.placement_id == cast.a.placement.id)
    )


@pytest.fixture
def wanted(cast: Cast, make: Make) -> TakeStep:
    return TakeStep(cast.a.placement.public_id, 40, 25, make.day(14), "Only on Tuesdays.")


def test_the_step_before_is_answered_first(work: Work, cast: Cast, make: Make, wanted: TakeStep) -> None:
    coach = make.actor(cast.accounts.coach)
    with pytest.raises(Refused):
        take_step(work, coach, wanted)
    hold_step(work, coach, cast.a.fading.public_id)
    made = step(make, take_step(work, coach, wanted))
    assert (made.share_before, made.share_after, made.state) == (40, 25, FadingState.WATCHING)
    assert (made.taken_on, made.by_account_id) == (make.day(0), cast.accounts.coach.id)
    assert lines(make, cast) == 1
    with pytest.raises(Refused):
        take_step(work, coach, replace(wanted, share_after=10))


def test_holding_gives_a_milestone_once_and_undo_takes_it_back(work: Work, cast: Cast, make: Make) -> None:
    coordinator, which = make.actor(cast.accounts.coordinator), cast.a.fading.public_id
    hold_step(work, coordinator, which)
    hold_step(work, coordinator, which)
    assert (step(make, which).state, step(make, which).ended_on) == (FadingState.HELD, make.day(0))
    assert [row.withdrawn_at for row in held_milestones(make, cast)] == [None]
    watch_again(work, coordinator, which)
    assert (step(make, which).state, step(make, which).ended_on) == (FadingState.WATCHING, None)
    assert [row.withdrawn_at is None for row in held_milestones(make, cast)] == [False]
    hold_step(work, coordinator, which)
    assert [row.withdrawn_at for row in held_milestones(make, cast)] == [None]


def test_a_milestone_of_an_earlier_step_stays(work: Work, cast: Cast, make: Make, wanted: TakeStep) -> None:
    coach = make.actor(cast.accounts.coach)
    hold_step(work, coach, cast.a.fading.public_id)
    second = take_step(work, coach, wanted)
    hold_step(work, coach, second)
    watch_again(work, coach, second)
    assert [row.withdrawn_at for row in held_milestones(make, cast)] == [None]


def test_one_click_back_and_undone(work: Work, cast: Cast, make: Make) -> None:
    therapist, which = make.actor(cast.accounts.therapist), cast.a.fading.public_id
    assert step_back(work, therapist, which) == cast.a.placement.public_id
    step_back(work, therapist, which)
    assert (step(make, which).state, lines(make, cast)) == (FadingState.TAKEN_BACK, 1)
    with pytest.raises(Refused):
        hold_step(work, therapist, which)
    watch_again(work, therapist, which)
    watch_again(work, therapist, which)
    assert (step(make, which).state, lines(make, cast)) == (FadingState.WATCHING, 0)


def test_an_old_answer_is_not_reopened_beside_a_new_step(work: Work, cast: Cast, make: Make, wanted: TakeStep) -> None:
    coach, first = make.actor(cast.accounts.coach), cast.a.fading.public_id
    step_back(work, coach, first)
    take_step(work, coach, wanted)
    with pytest.raises(Refused):
        watch_again(work, coach, first)


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"share_after": 40}, "share_after"),
        ({"share_after": -1}, "share_after"),
        ({"share_before": 101}, "share_before"),
        ({"watch_until": date(2026, 11, 23)}, "watch_until"),
        ({"watch_until": date(2027, 11, 23)}, "watch_until"),
        ({"note": "x" * 1001}, "note"),
    ],
)
def test_what_cannot_be(
    work: Work, cast: Cast, make: Make, wanted: TakeStep, other: dict[str, Any], field: str
) -> None:
    coach = make.actor(cast.accounts.coach)
    step_back(work, coach, cast.a.fading.public_id)
    with pytest.raises(Refused) as refused:
        take_step(work, coach, replace(wanted, **other))
    assert refused.value.field == field


def test_only_while_the_placement_runs(work: Work, cast: Cast, make: Make, wanted: TakeStep) -> None:
    coordinator = make.actor(cast.accounts.coordinator)
    assert cast.proposed.state is PlacementState.PROPOSED
    with pytest.raises(Refused):
        take_step(work, coordinator, replace(wanted, placement=cast.proposed.public_id))


@pytest.mark.parametrize("who", ["admin", "supervisor", "outsider_coordinator"])
def test_not_theirs(work: Work, cast: Cast, make: Make, wanted: TakeStep, who: str) -> None:
    actor = make.actor(getattr(cast.accounts, who))
    with pytest.raises(NotFound):
        take_step(work, actor, wanted)
    with pytest.raises(NotFound):
        hold_step(work, actor, cast.a.fading.public_id)


def test_never_by_the_participant(work: Work, cast: Cast, make: Make, wanted: TakeStep) -> None:
    noa = make.actor(cast.accounts.noa)
    with pytest.raises(Forbidden):
        take_step(work, noa, wanted)
    with pytest.raises(Forbidden):
        step_back(work, noa, cast.a.fading.public_id)
