"""Matching and stepping back respect limits and plans."""

from __future__ import annotations

from datetime import timedelta

from placement.domain.matching.problem import Settings
from placement.queries.matching.problem import load_problem
from placement.queries.progress.fading import fading_page
from placement.queries.session import Reads
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.limits.rows import limit_row, plan_row


def test_matching_counts_the_hours_that_limits_leave(cast: Cast, make: Make, reads: Reads) -> None:
    cora, people = make.actor(cast.accounts.coordinator), [cast.lee.public_id, cast.kim.public_id]
    limit_row(make, cast.lee, hours_day=2, hours_week=9)
    limit_row(make, cast.lee, valid_until=make.day(-1), hours_week=1)
    limit_row(make, cast.kim, cleared=False)
    loaded = load_problem(reads, cora, people, [cast.a.opening.public_id], Settings(), today=make.today)
    hours = {person.key: person.weekly_hours_limit for person in loaded.problem.people}
    assert hours[cast.lee.public_id] == 9
    assert hours.get(cast.kim.public_id, 0) == 0


def test_a_step_of_the_plan_speaks_against_less_help_at_the_same_time(cast: Cast, make: Make, reads: Reads) -> None:
    thea = make.actor(cast.accounts.therapist)
    today = make.today

    def against() -> list[str]:
        return [line.msgid for line in fading_page(reads, thea, cast.a.placement.public_id, today).proposal.against]

    assert not [line for line in against() if "plan" in line]
    plan = plan_row(make, cast.a.placement, agreed=True)
    assert "A step of the plan with other hours began on %(day)s. One thing at a time." in against()
    plan_row(make, cast.a.placement, agreed=True, held_at=make.clock.now)
    assert "The participant holds their plan of hours." in against()
    assert plan.last_day == today + timedelta(days=20)
