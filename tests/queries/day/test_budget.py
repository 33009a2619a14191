"""What a day costs: the same few statements whatever the history."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from placement.domain.roles import Role
from placement.queries.day.caseload import caseload_day
from placement.queries.day.coordinator import Whose, coordinator_day
from placement.queries.day.own import own_day
from tests.factories.make import Make
from tests.queries.progress.stories import live, world
from tests.statements import Counter


@pytest.mark.parametrize("shifts", [0, 3, 80])
def test_six_statements_at_most(make: Make, reads: Session, statements: Counter, shifts: int) -> None:
    mia = world(make)
    if shifts:
        live(make, mia, {mia.catalog.tasks[0]: ([3, 6, 6, 6] * shifts)[:shifts]}, every=1)
    make.shift(mia.placement, make.day(1))
    coach = make.account("Jo Field", [Role.COACH], mia.program)
    make.assign(coach, mia.person)
    coordinator = make.account("Cora Hill", [Role.COORDINATOR], mia.program)
    actors = [make.actor(account) for account in (mia.account, coach, coordinator)]
    now, counts = make.clock.now, []
    with statements:
        own = own_day(reads, actors[0], now)
    counts.append(statements.count)
    with statements:
        people = caseload_day(reads, actors[1], now)
    counts.append(statements.count)
    with statements:
        day = coordinator_day(reads, actors[2], now, Whose.ALL)
    counts.append(statements.count)
    assert counts == [6, 6, 6]
    assert own is not None
    assert own.next_shift is not None
    assert own.next_shift.day == make.day(1)
    assert people.people[0].next is not None
    assert (day.people, len(day.caseload)) == (1, 1)
