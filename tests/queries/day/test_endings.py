"""Limits and plans that end stand on the day page in time before, and for a while after."""

from __future__ import annotations

from datetime import date, timedelta

from placement.policy.actor import Actor
from placement.queries.day.coordinator import Whose, coordinator_day
from placement.queries.session import Reads
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.limits.rows import limit_row, plan_row


def shown(reads: Reads, actor: Actor, clock: Clock) -> list[tuple[str, str, date]]:
    return [(row.participant, row.kind, row.day) for row in coordinator_day(reads, actor, clock.now, Whose.ALL).endings]


def test_in_time_before_and_after_unless_something_follows(cast: Cast, make: Make, reads: Reads, clock: Clock) -> None:
    cora = make.actor(cast.accounts.coordinator)
    noa, kim, lee = cast.a.participant, cast.kim, cast.lee
    limit_row(make, noa, valid_until=make.day(14))
    limit_row(make, kim, valid_until=make.day(-3))
    limit_row(make, lee, valid_until=make.day(15))
    limit_row(make, cast.b.participant, valid_until=make.day(2))
    plan_row(make, cast.a.placement, agreed=True)
    # Twenty days ahead, the plan is no matter yet.
    assert shown(reads, cora, clock) == [
        (kim.public_id, "limit", make.day(-3)), (noa.public_id, "limit", make.day(14)),
    ]  # fmt: skip
    limit_row(make, kim, valid_until=None)
    clock.advance(days=8)
    assert shown(reads, cora, clock) == [
        (noa.public_id, "limit", make.day(6)), (lee.public_id, "limit", make.day(7)),
        (noa.public_id, "plan", make.day(12)),
    ]  # fmt: skip
    clock.advance(days=7 + 28 + 1)
    assert (lee.public_id, "limit") not in {row[:2] for row in shown(reads, cora, clock)}
    assert clock.now.date() - timedelta(days=44) == date(2026, 11, 23)
