"""Planning from the weekly pattern, in three zones, over clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from placement.domain.errors import Forbidden, NotFound, Refused
from placement.domain.placements import PlacementState
from placement.domain.shifts import Attendance, PlanError
from placement.domain.week import Span, from_spans
from placement.models.placements.placement import Placement
from placement.models.progress.milestone import Milestone
from placement.models.progress.summary import PlacementSummary
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.usecases.shifts.plan import AddShift, Planned, PlanShifts, add_shift, plan_shifts
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


def spans_of(make: Make, placement: Placement) -> list[tuple[datetime, datetime]]:
    return make.do(
        lambda s: [
            tuple(row)
            for row in s.execute(
                select(Occasion.starts_at, Occasion.ends_at)
                .join(Shift, Shift.id == Occasion.id)
                .where(Shift.placement_id == placement.id)
                .order_by(Occasion.starts_at)
            )
        ]
    )


def test_two_weeks_of_the_pattern(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    placement = placed(make, cast)
    command = PlanShifts(placement.public_id, date(2026, 11, 23), date(2026, 12, 6))
    assert plan_shifts(work, cora, command) == Planned(4, 0, ())
    found = make.all(select(Shift).where(Shift.placement_id == placement.id).order_by(Shift.day))
    assert [shift.day for shift in found] == [
        date(2026, 11, 23), date(2026, 11, 26), date(2026, 11, 30), date(2026, 12, 3),
    ]  # fmt: skip
    assert found[0].agreed_day == found[0].day
    assert found[0].feedback_due_at == datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert not found[0].moved
    summary = make.one(select(PlacementSummary).where(PlacementSummary.placement_id == placement.id))
    assert (summary.shifts_planned, summary.shifts_done, summary.minutes_worked) == (4, 0, 0)


def test_twice_adds_nothing(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    placement = placed(make, cast)
    command = PlanShifts(placement.public_id, date(2026, 11, 23), date(2026, 12, 6))
    plan_shifts(work, cora, command)
    assert plan_shifts(work, cora, command) == Planned(0, 4, ())
    longer = PlanShifts(placement.public_id, date(2026, 11, 20), date(2026, 12, 10))
    assert plan_shifts(work, cora, longer) == Planned(2, 4, ())


def test_two_people_planning_at_once_add_each_day_once(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    placement = placed(make, cast)
    command = PlanShifts(placement.public_id, date(2026, 11, 23), date(2027, 2, 23))
    start, done = Barrier(3), list[Planned]()

    def plan() -> None:
        start.wait()
        done.append(plan_shifts(work, cora, command))

    threads = [Thread(target=plan) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    days = make.all(select(Shift.day).where(Shift.placement_id == placement.id))
    assert len(done) == 3
    assert len(days) == len(set(days)) == max(planned.added for planned in done)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", date(2026, 10, 24), 9),
        ("Europe/Berlin", date(2026, 3, 28), 7),
        ("America/New_York", date(2026, 10, 31), 9),
        ("America/New_York", date(2026, 3, 7), 7),
        ("Australia/Lord_Howe", date(2026, 10, 3), 7.5),
        ("Australia/Lord_Howe", date(2026, 4, 4), 8.5),
        ("Asia/Kolkata", date(2026, 10, 24), 8),
    ],
)
def test_a_night_over_a_clock_change(
    cast: Cast, make: Make, work: Work, cora: Actor, zone: str, day: date, hours: float
) -> None:
    """22:00 to 06:00 is what the clocks make of it, never simply eight hours; the day is the site's."""
    placement = placed(make, cast, zone, Span(day.weekday(), time(22), time(6)))
    assert plan_shifts(work, cora, PlanShifts(placement.public_id, day, day)).added == 1
    [(starts_at, ends_at)] = spans_of(make, placement)
    assert ends_at - starts_at == timedelta(hours=hours)
    occasion = make.one(select(Occasion).join(Shift, Shift.id == Occasion.id).where(Shift.placement_id == placement.id))
    assert (occasion.local_day, occasion.zone) == (day, zone)


def test_a_time_that_does_not_exist_is_left_out_and_told(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    placement = placed(make, cast, "Europe/Berlin", Span(6, time(2, 30), time(8)))
    planned = plan_shifts(work, cora, PlanShifts(placement.public_id, date(2026, 3, 22), date(2026, 4, 5)))
    assert planned.added == 2
    [problem] = planned.problems
    assert "go forward" in problem.msgid


def test_another_shift_at_that_time_is_left_out_and_told(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    placement = placed(make, cast)
    other = placed(make, cast, "Europe/Berlin", Span(0, time(12), time(16)))
    day = date(2026, 11, 30)
    assert plan_shifts(work, cora, PlanShifts(other.public_id, day, day)).added == 1
    planned = plan_shifts(work, cora, PlanShifts(placement.public_id, day, date(2026, 12, 3)))
    assert planned.added == 1
    assert [problem.params["day"] for problem in planned.problems] == [day]


@pytest.mark.parametrize(
    "state", [s for s in PlacementState if s not in (PlacementState.ACCEPTED, PlacementState.ACTIVE)]
)
def test_only_an_accepted_or_running_placement(
    cast: Cast, make: Make, work: Work, cora: Actor, state: PlacementState
) -> None:
    placement = placed(make, cast, state=state)
    with pytest.raises(Refused):
        plan_shifts(work, cora, PlanShifts(placement.public_id, date(2026, 11, 23), date(2026, 12, 6)))


def test_only_within_the_placement(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    placement = placed(make, cast, first_day=date(2026, 11, 25), last_day=date(2026, 12, 1))
    planned = plan_shifts(work, cora, PlanShifts(placement.public_id, date(2026, 11, 1), date(2026, 12, 31)))
    assert planned.added == 2
    for first, last, field in (
        (date(2026, 12, 2), date(2026, 12, 9), "first"),
        (date(2026, 11, 2), date(2026, 11, 9), "last"),
        (date(2026, 11, 27), date(2026, 11, 26), "last"),
        (date(2026, 1, 1), date(2027, 1, 2), "last"),
    ):
        with pytest.raises(Refused) as refused:
            plan_shifts(work, cora, PlanShifts(placement.public_id, first, last))
        assert refused.value.field == field


def test_who_may_plan(cast: Cast, make: Make, work: Work) -> None:
    command = PlanShifts(cast.a.placement.public_id, make.day(7), make.day(14))
    for account in (cast.accounts.therapist, cast.accounts.noa):
        with pytest.raises(Forbidden):
            plan_shifts(work, make.actor(account), command)
    for account in (cast.accounts.supervisor, cast.accounts.outsider_coordinator, cast.accounts.kim):
        with pytest.raises(NotFound):
            plan_shifts(work, make.actor(account), command)


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
