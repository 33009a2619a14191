"""Setting a pattern and changing it from a day on, in three zones, over clock changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from placement.domain.errors import Forbidden, NotFound, Refused, Stale
from placement.domain.patterns import Holidays
from placement.domain.placements import PlacementState
from placement.domain.plans import Outlook
from placement.domain.shifts import Attendance
from placement.domain.week import Span, from_spans
from placement.models.employers.employer import Site
from placement.models.employers.opening import Opening
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.progress.summary import PlacementSummary
from placement.models.shifts.absence import Busy, BusySource
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.pattern import ShiftPattern
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.usecases.shifts.change import MoveShift, cancel_shift, move_shift
from placement.usecases.shifts.pattern import SetPattern, set_pattern
from placement.usecases.shifts.plan import AddShift, add_shift
from placement.usecases.transaction import Work
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make

MONDAY = date(2026, 11, 30)
MORNINGS = from_spans([Span(0, time(9), time(13)), Span(3, time(9), time(13))])


@pytest.fixture
def cora(cast: Cast, make: Make) -> Actor:
    return make.actor(cast.accounts.coordinator)


def placed(make: Make, cast: Cast, zone: str = "Europe/Berlin", **columns: object) -> Placement:
    """Kim's placement at a shop in ``zone``."""
    site = make.site(cast.a.employer, f"Shop {zone}", zone=zone, holiday_region="DE-BE")
    opening = make.opening(site, pattern=MORNINGS, capacity=1)
    defaults = {"first_day": date(2026, 1, 1), "last_day": date(2027, 12, 31), "pattern": MORNINGS}
    return make.placement(cast.kim, opening, **(defaults | columns))


def wish(placement: Placement, **changes: object) -> SetPattern:
    two_weeks = MONDAY + timedelta(days=13)
    return replace(SetPattern(placement.public_id, 0, MONDAY, None, MORNINGS, until=two_weeks), **changes)  # type: ignore[arg-type]


def shifts_of(make: Make, placement: Placement) -> list[Shift]:
    standing = select(Shift).where(Shift.placement_id == placement.id, Shift.cancelled_at.is_(None))
    return make.all(standing.order_by(Shift.day, Shift.start))


def public(make: Make, shift: Shift) -> str:
    return str(make.one(select(Occasion.public_id).where(Occasion.id == shift.id)))


def test_a_first_pattern_plans_the_weeks_ahead(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    placement = placed(make, cast)
    shown = set_pattern(work, cora, wish(placement, until=None))
    found = shifts_of(make, placement)
    # Six weeks from Monday, November 23: Thursday, December 31, is a shift; Christmas is no day of the pattern.
    assert [found[0].day, found[-1].day] == [MONDAY, date(2027, 1, 4)]
    assert len(found) == len(shown.changes.added) == 11
    assert {(shift.agreed_day, shift.agreed_start) for shift in found} == {(shift.day, time(9)) for shift in found}
    assert found[0].feedback_due_at == datetime(2026, 11, 30, 12, tzinfo=UTC)
    pattern = make.one(select(ShiftPattern).where(ShiftPattern.placement_id == placement.id))
    assert {shift.pattern_id for shift in found} == {pattern.id}
    assert pattern.planned_until == date(2027, 1, 4)
    summary = make.one(select(PlacementSummary).where(PlacementSummary.placement_id == placement.id))
    assert (summary.shifts_planned, summary.shifts_done, summary.minutes_worked) == (11, 0, 0)


def test_holidays_of_the_sites_region_are_free(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    fridays = from_spans([Span(4, time(9), time(13))])
    placement = placed(make, cast)
    until = date(2027, 1, 8)
    shown = set_pattern(work, cora, wish(placement, week=fridays, until=until))
    assert shown.days_off == ((date(2026, 12, 25), "Christmas Day"), (date(2027, 1, 1), "New Year's Day"))
    assert date(2026, 12, 25) not in [shift.day for shift in shifts_of(make, placement)]
    working = wish(placement, week=fridays, until=until, version=1, holidays=Holidays.WORK)
    assert [new.day for new in set_pattern(work, cora, working).changes.added] == [date(2026, 12, 25), date(2027, 1, 1)]
    # The program's country where the shop has no region of its own.
    make.do(lambda s: setattr(s.get(Site, shifts_of(make, placement)[0].site_id), "holiday_region", ""))
    free = set_pattern(work, cora, replace(working, version=2, holidays=Holidays.OFF))
    assert [row.day for row in free.changes.removed] == [date(2026, 12, 25), date(2027, 1, 1)]


def test_a_change_leaves_the_past_and_what_was_done_by_hand(
    cast: Cast, make: Make, work: Work, cora: Actor, clock: Clock
) -> None:
    placement = placed(make, cast)
    set_pattern(work, cora, wish(placement, until=MONDAY + timedelta(days=27)))
    first = shifts_of(make, placement)
    move_shift(work, cora, MoveShift(public(make, first[4]), 1, date(2026, 12, 16), time(10), time(12)))
    cancel_shift(work, cora, public(make, first[5]), 1)
    add_shift(work, cora, AddShift(placement.public_id, date(2026, 12, 19), time(9), time(12)))
    clock.set(datetime(2026, 12, 8, 9, tzinfo=UTC))
    later = wish(
        placement, version=1, first=date(2026, 12, 14), week=from_spans([Span(0, time(14), time(18))]), until=None
    )
    shown = set_pattern(work, cora, later)
    kept = [(row.stored.day, row.why.value) for row in shown.changes.kept]
    assert kept == [(date(2026, 12, 16), "moved"), (date(2026, 12, 17), "cancelled"), (date(2026, 12, 19), "extra")]
    found = {shift.day: shift for shift in shifts_of(make, placement)}
    assert list(found) == [
        MONDAY, date(2026, 12, 3), date(2026, 12, 7), date(2026, 12, 10), date(2026, 12, 16), date(2026, 12, 19),
        date(2026, 12, 21), date(2026, 12, 28), date(2027, 1, 4), date(2027, 1, 11), date(2027, 1, 18),
    ]  # fmt: skip
    # The same row with other times: it moves in people's calendars.
    assert found[date(2026, 12, 21)].id == first[6].id
    assert found[date(2026, 12, 21)].start == time(14)
    assert found[date(2026, 12, 10)].start == time(9)
    old, new = make.all(select(ShiftPattern).where(ShiftPattern.placement_id == placement.id).order_by(ShiftPattern.id))
    assert (old.last_day, new.first_day) == (date(2026, 12, 13), date(2026, 12, 14))
    # A second time nothing more has to change.
    assert set_pattern(work, cora, replace(later, version=2)).changes.empty


def test_going_back_brings_the_same_shifts_back(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    placement = placed(make, cast)
    set_pattern(work, cora, wish(placement))
    before = [(shift.id, shift.day) for shift in shifts_of(make, placement)]
    set_pattern(work, cora, wish(placement, version=1, week=from_spans([Span(5, time(9), time(13))])))
    assert {shift.day.weekday() for shift in shifts_of(make, placement)} == {5}
    shown = set_pattern(work, cora, wish(placement, version=2))
    assert len(shown.changes.revived) == 4
    assert [(shift.id, shift.day) for shift in shifts_of(make, placement)] == before


def test_who_confirms_confirms_what_was_shown(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    placement = placed(make, cast)
    shown = set_pattern(work, cora, wish(placement))
    change = wish(placement, version=1, week=from_spans([Span(3, time(9), time(13))]))
    with pytest.raises(Stale):
        set_pattern(work, cora, replace(change, seen=shown.fingerprint))
    with pytest.raises(Stale) as slower:
        set_pattern(work, cora, replace(change, version=0))
    assert slower.value.version == 1
    assert len(shifts_of(make, placement)) == 4


def test_two_people_at_once_plan_once(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    placement = placed(make, cast)
    start, done = Barrier(3), list[Outlook | Stale]()

    def plan() -> None:
        start.wait()
        try:
            done.append(set_pattern(work, cora, wish(placement)))
        except Stale as error:
            done.append(error)

    threads = [Thread(target=plan) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(type(one).__name__ for one in done) == ["Outlook", "Stale", "Stale"]
    assert len(shifts_of(make, placement)) == 4


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", date(2027, 10, 30), 9),
        ("Europe/Berlin", date(2027, 3, 27), 7),
        ("America/New_York", date(2027, 11, 6), 9),
        ("America/New_York", date(2027, 3, 13), 7),
        ("Australia/Lord_Howe", date(2027, 10, 2), 7.5),
        ("Australia/Lord_Howe", date(2027, 4, 3), 8.5),
        ("Asia/Kolkata", date(2027, 10, 30), 8),
    ],
)
def test_a_night_over_a_clock_change(
    cast: Cast, make: Make, work: Work, cora: Actor, zone: str, day: date, hours: float
) -> None:
    """22:00 to 06:00 is what the clocks make of it, never simply eight hours; the day is the site's."""
    night = from_spans([Span(day.weekday(), time(22), time(6))])
    placement = placed(make, cast, zone)
    set_pattern(work, cora, wish(placement, first=day, last=day, week=night, until=day))
    occasion = make.one(select(Occasion).join(Shift, Shift.id == Occasion.id).where(Shift.placement_id == placement.id))
    assert occasion.ends_at - occasion.starts_at == timedelta(hours=hours)
    assert (occasion.local_day, occasion.zone) == (day, zone)


def test_a_time_that_does_not_exist_is_left_out_and_told(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    placement = placed(make, cast)
    sundays = from_spans([Span(6, time(2, 30), time(8))])
    command = wish(placement, first=date(2027, 3, 21), week=sundays, until=date(2027, 4, 4), holidays=Holidays.WORK)
    shown = set_pattern(work, cora, command)
    assert [shift.day for shift in shifts_of(make, placement)] == [date(2027, 3, 21), date(2027, 4, 4)]
    assert ["go forward" in line.msgid for line in shown.left_out] == [True]


def test_nobody_works_in_two_places_at_once(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    placement, other = placed(make, cast), placed(make, cast, "Europe/Paris")
    late = from_spans([Span(0, time(12), time(16))])
    set_pattern(work, cora, wish(other, week=late, until=MONDAY, last=MONDAY))
    shown = set_pattern(work, cora, wish(placement))
    assert [line.params["day"] for line in shown.left_out] == [MONDAY]
    assert MONDAY not in [shift.day for shift in shifts_of(make, placement)]


def test_what_is_shown_and_what_is_refused(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    placement = placed(make, cast)
    make.do(lambda s: setattr(s.get(Participant, cast.kim.id), "weekly_hours_limit", 8.0))
    make.do(lambda s: setattr(s.get(Participant, cast.kim.id), "availability", 0))
    busy = {"source": BusySource.BY_HAND, "created_at": work.clock(), "participant_id": cast.kim.id}
    start = datetime(2026, 12, 3, 9, tzinfo=UTC)
    make.do(
        lambda s: s.add(
            Busy(program_id=placement.program_id, starts_at=start, ends_at=start + timedelta(hours=1), **busy)
        )
    )
    opening = make.one(select(Opening).where(Opening.id == placement.opening_id))
    left = make.placement(cast.a.participant, opening, PlacementState.COMPLETED)
    make.shift(left, MONDAY, time(10), time(12))
    shown = set_pattern(work, cora, wish(placement))
    words = " ".join(line.msgid for line in shown.warnings)
    assert len(shown.warnings) == 3
    assert "more people than places" in words
    assert "can't at that time" in words
    assert "outside the times" in words
    long = from_spans([Span(0, time(8), time(17))])
    with pytest.raises(Refused) as refused:
        set_pattern(work, cora, wish(placement, version=1, week=long))
    assert refused.value.field == "week"
    make.do(lambda s: setattr(s.get(Placement, placement.id), "force_reason", "Agreed with the clinic."))
    shown = set_pattern(work, cora, wish(placement, version=1, week=long))
    assert any("hours" in line.msgid for line in shown.warnings)


@pytest.mark.parametrize(
    "state", [s for s in PlacementState if s not in (PlacementState.ACCEPTED, PlacementState.ACTIVE)]
)
def test_only_an_accepted_or_running_placement(
    cast: Cast, make: Make, work: Work, cora: Actor, state: PlacementState
) -> None:
    with pytest.raises(Refused):
        set_pattern(work, cora, wish(placed(make, cast, state=state)))


def test_only_within_the_placement(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    placement = placed(make, cast, first_day=date(2026, 12, 1), last_day=date(2026, 12, 8))
    for changes, field in (
        ({"first": date(2026, 11, 30)}, "first"),
        ({"first": date(2026, 12, 9)}, "first"),
        ({"first": date(2026, 12, 2), "last": date(2026, 12, 1)}, "last"),
        ({"first": date(2026, 12, 2), "week": 0}, "week"),
        ({"first": date(2026, 12, 2), "every_weeks": 9}, "every_weeks"),
    ):
        with pytest.raises(Refused) as refused:
            set_pattern(work, cora, wish(placement, **changes))
        assert refused.value.field == field
    set_pattern(work, cora, wish(placement, first=date(2026, 12, 1), until=None))
    assert [shift.day for shift in shifts_of(make, placement)] == [date(2026, 12, 3), date(2026, 12, 7)]


def test_who_may_plan(cast: Cast, make: Make, work: Work) -> None:
    command = SetPattern(cast.a.placement.public_id, 0, make.day(7), None, MORNINGS)
    for account in (cast.accounts.therapist, cast.accounts.noa):
        with pytest.raises(Forbidden):
            set_pattern(work, make.actor(account), command)
    for account in (cast.accounts.supervisor, cast.accounts.outsider_coordinator, cast.accounts.kim):
        with pytest.raises(NotFound):
            set_pattern(work, make.actor(account), command)


def test_what_somebody_has_told_about_is_not_touched(
    cast: Cast, make: Make, work: Work, cora: Actor, clock: Clock
) -> None:
    placement = placed(make, cast)
    set_pattern(work, cora, wish(placement))
    excused = shifts_of(make, placement)[2]
    make.do(lambda s: setattr(s.get(Occasion, excused.id), "attendance", Attendance.EXCUSED))
    shown = set_pattern(work, cora, wish(placement, version=1, week=from_spans([Span(2, time(9), time(13))])))
    assert [(row.stored.id, row.why.value) for row in shown.changes.kept] == [(excused.id, "told")]
    assert excused.id in [shift.id for shift in shifts_of(make, placement)]
