"""The worker keeps plans ahead, and a plan that fails stops nothing."""

from __future__ import annotations

from datetime import date, time

import pytest
from flask import Flask
from sqlalchemy import func, select, text, update

from placement.domain.week import Span, from_spans
from placement.models.shifts.pattern import ShiftPattern
from placement.models.shifts.shift import Shift
from placement.usecases.shifts.ahead import plan_ahead
from placement.usecases.shifts.pattern import SetPattern, set_pattern
from placement.usecases.transaction import Work
from placement.worker.worker import Worker
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make

MONDAYS = from_spans([Span(0, time(9), time(13))])
COUNT = select(func.count()).select_from(Shift).where(Shift.pattern_id.is_not(None))


def test_patterns_go_on_every_hour(app: Flask, work: Work, cast: Cast, make: Make, clock: Clock) -> None:
    placement = make.placement(cast.kim, make.opening(cast.a.site), last_day=date(2027, 6, 1))
    cora = make.actor(cast.accounts.coordinator)
    set_pattern(work, cora, SetPattern(placement.public_id, 0, make.day(7), None, MONDAYS))
    planned, worker = make.one(COUNT), Worker(app)
    worker.once()
    assert make.one(COUNT) == planned
    clock.advance(days=7)
    worker.once()
    assert make.one(COUNT) == planned + 1
    # Within the hour it is not looked again.
    make.do(lambda s: s.execute(update(ShiftPattern).values(planned_until=make.day(8))))
    make.do(lambda s: s.execute(update(Shift).where(Shift.day > make.day(14)).values(cancelled_at=clock.now)))
    clock.advance(minutes=59)
    worker.once()
    assert make.one(select(ShiftPattern.planned_until)) == make.day(8)
    clock.advance(minutes=1)
    worker.once()
    assert make.one(select(ShiftPattern.planned_until)) > make.day(40)


def test_one_that_fails_keeps_no_other_from_going_on(
    app: Flask, work: Work, cast: Cast, make: Make, clock: Clock
) -> None:
    cora = make.actor(cast.accounts.coordinator)
    keys = []
    for person in (cast.kim, cast.a.participant):
        placement = make.placement(person, make.opening(cast.a.site), last_day=date(2027, 6, 1))
        set_pattern(work, cora, SetPattern(placement.public_id, 0, make.day(7), None, MONDAYS))
        keys.append(make.one(select(ShiftPattern.id).where(ShiftPattern.placement_id == placement.id)))
    make.do(lambda s: s.execute(text("UPDATE shift_pattern SET times = '[[\"x\"]]' WHERE id = :id"), {"id": keys[0]}))
    clock.advance(days=7)
    before = make.one(COUNT)
    with pytest.raises(ExceptionGroup):
        plan_ahead(work)
    assert make.one(COUNT) == before + 1
    Worker(app).once()
