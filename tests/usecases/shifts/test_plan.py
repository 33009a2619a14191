"""Planning a single shift."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from sqlalchemy import func, select

from placement.domain.errors import Forbidden, NotFound, Refused
from placement.domain.shifts import Attendance, PlanError
from placement.domain.week import Span, from_spans
from placement.models.placements.placement import Placement
from placement.models.progress.milestone import Milestone
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.usecases.shifts.plan import AddShift, add_shift
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make


@pytest.fixture
def cora(cast: Cast, make: Make) -> Actor:
    return make.actor(cast.accounts.coordinator)


def placed(make: Make, cast: Cast, zone: str = "Europe/Berlin", *spans: Span, **columns: object) -> Placement:
    """Kim's placement at a shop in ``zone``, by default on Monday and Thursday mornings."""
    pattern = from_spans(spans or (Span(0, time(9), time(13)), Span(3, time(9), time(13))))
    site = make.site(cast.a.employer, f"Shop {zone}", zone=zone)
    opening = make.opening(site, pattern=pattern)
    defaults = {"first_day": date(2026, 1, 1), "last_day": date(2027, 12, 31), "pattern": pattern}
    return make.placement(cast.kim, opening, **(defaults | columns))


def test_who_may_plan(cast: Cast, make: Make, work: Work) -> None:
    command = AddShift(cast.a.placement.public_id, make.day(7), time(9), time(12))
    for account in (cast.accounts.therapist, cast.accounts.noa):
        with pytest.raises(Forbidden):
            add_shift(work, make.actor(account), command)
    for account in (cast.accounts.supervisor, cast.accounts.outsider_coordinator, cast.accounts.kim):
        with pytest.raises(NotFound):
            add_shift(work, make.actor(account), command)


def test_a_single_shift_in_the_doubled_hour_asks_which(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    placement = placed(make, cast)
    command = AddShift(placement.public_id, date(2026, 10, 25), time(2, 30), time(6))
    with pytest.raises(Refused) as asked:
        add_shift(work, cora, command)
    assert asked.value.field == "start_fold"
    lengths = []
    for fold in (0, 1):
        again = AddShift(placement.public_id, command.day, command.start, command.end, start_fold=fold)
        public_id = add_shift(work, cora, again)
        occasion = make.one(select(Occasion).where(Occasion.public_id == public_id))
        lengths.append((occasion.ends_at - occasion.starts_at) / timedelta(hours=1))
        make.do(lambda s, key=occasion.id: setattr(s.get(Shift, key), "cancelled_at", work.clock()))
    assert lengths == [4.5, 3.5]


def test_a_single_shift_at_no_time_is_refused(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    placement = placed(make, cast)
    with pytest.raises(Refused) as refused:
        add_shift(work, cora, AddShift(placement.public_id, date(2026, 3, 29), time(0), time(2, 30)))
    assert refused.value.field == "end"
    with pytest.raises(Refused) as outside:
        add_shift(work, cora, AddShift(placement.public_id, date(2025, 12, 31), time(9), time(12)))
    assert outside.value.field == "day"
    with pytest.raises((Refused, PlanError)):
        add_shift(work, cora, AddShift(placement.public_id, date(2026, 10, 25), time(2, 30), time(2, 45), 1, 0))


def test_a_second_shift_at_the_same_time_is_refused(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    placement = placed(make, cast)
    day = date(2026, 11, 24)
    add_shift(work, cora, AddShift(placement.public_id, day, time(9), time(12)))
    with pytest.raises(Refused) as refused:
        add_shift(work, cora, AddShift(placement.public_id, day, time(11, 59), time(13)))
    assert refused.value.field == "start"
    add_shift(work, cora, AddShift(placement.public_id, day, time(12), time(13)))
    assert make.one(select(func.count()).select_from(Shift).where(Shift.placement_id == placement.id)) == 2


def test_a_shift_added_to_the_first_week_leaves_it_open(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    """The first week was as agreed, until a further shift of it is unconfirmed."""
    placement = placed(make, cast, first_day=make.day(-3))
    make.shift(placement, make.day(-2), attendance=Attendance.HERE)
    add_shift(work, cora, AddShift(placement.public_id, make.day(30), time(9), time(12)))
    standing = select(func.count()).where(Milestone.placement_id == placement.id, Milestone.withdrawn_at.is_(None))
    assert make.one(standing) == 1
    add_shift(work, cora, AddShift(placement.public_id, make.day(-1), time(9), time(12)))
    assert make.one(standing) == 0
