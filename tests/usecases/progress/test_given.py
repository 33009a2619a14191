"""Milestones from facts of their own: given once, taken back, back again, and left alone by everything else."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from placement.domain.milestones import RuleKind
from placement.models.progress.milestone import Milestone, MilestoneRule
from placement.policy.actor import System
from placement.usecases.effects.milestones import give_milestone, take_back_milestone
from placement.usecases.progress.rebuild import rebuild
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make


def given(make: Make, cast: Cast) -> list[Milestone]:
    return make.all(
        select(Milestone)
        .join(MilestoneRule, MilestoneRule.id == Milestone.rule_id)
        .where(Milestone.participant_id == cast.a.participant.id, MilestoneRule.kind == RuleKind.FADING_HELD)
    )


def give(make: Make, cast: Cast, work: Work, days: int = -3) -> int | None:
    def once(session):  # type: ignore[no-untyped-def]
        row = give_milestone(
            session, work, System(cast.a.program.id), cast.a.participant.id, RuleKind.FADING_HELD, make.day(days),
            placement_id=cast.a.placement.id,
        )  # fmt: skip
        return None if row is None else row.id

    return make.do(once)  # type: ignore[no-any-return]


def test_given_twice_is_given_once_and_comes_back_after_it_was_taken_back(cast: Cast, make: Make, work: Work) -> None:
    first = give(make, cast, work)
    assert give(make, cast, work, -2) == first
    (row,) = given(make, cast)
    assert (row.reached_on, row.evidence, row.withdrawn_at) == (make.day(-2), [], None)
    take = lambda session: take_back_milestone(  # noqa: E731
        session, work, System(cast.a.program.id), cast.a.participant.id, RuleKind.FADING_HELD,
        placement_id=cast.a.placement.id,
    )  # fmt: skip
    assert make.do(take) is True
    assert make.do(take) is False
    assert given(make, cast)[0].withdrawn_at is not None
    assert give(make, cast, work) == first
    assert given(make, cast)[0].withdrawn_at is None


def test_a_rebuild_leaves_it_alone(cast: Cast, make: Make, work: Work) -> None:
    give(make, cast, work)
    before = [(row.id, row.withdrawn_at, row.reached_at) for row in given(make, cast)]
    rebuild(work)
    assert [(row.id, row.withdrawn_at, row.reached_at) for row in given(make, cast)] == before


def test_a_program_without_the_rule_gives_none(cast: Cast, make: Make, work: Work) -> None:
    make.do(
        lambda s: s.execute(
            update(MilestoneRule).where(MilestoneRule.kind == RuleKind.FADING_HELD).values(archived_at=make.clock.now)
        )
    )
    assert give(make, cast, work) is None


def test_what_is_seen_at_work_cannot_be_given(cast: Cast, make: Make, work: Work) -> None:
    with pytest.raises(ValueError, match="not given"):
        make.do(
            lambda s: give_milestone(
                s, work, System(cast.a.program.id), cast.a.participant.id, RuleKind.FIRST_ALONE, make.day(-3)
            )
        )
