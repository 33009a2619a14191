"""Moving, cancelling and restoring shifts; attendance and real times."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from placement.domain.errors import Forbidden, NotFound, Refused, Stale
from placement.domain.roles import Role
from placement.domain.shifts import Attendance
from placement.models.progress.summary import PlacementSummary
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.usecases.shifts.attendance import SetAttendance, set_attendance
from placement.usecases.shifts.change import MoveShift, cancel_shift, move_shift, restore_shift
from placement.usecases.transaction import Work
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make


@pytest.fixture
def cora(cast: Cast, make: Make) -> Actor:
    return make.actor(cast.accounts.coordinator)


def public_id(make: Make, shift: Shift) -> str:
    return str(make.one(select(Occasion.public_id).where(Occasion.id == shift.id)))


def now_of(make: Make, shift: Shift) -> Any:
    return make.one(select(Shift).where(Shift.id == shift.id))


def said(make: Make, shift: Shift) -> Attendance:
    found: Attendance = make.one(select(Occasion.attendance).where(Occasion.id == shift.id))
    return found


def test_a_moved_shift_keeps_the_agreed_day(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    shift = cast.a.future
    to = make.day(4)
    move_shift(work, cora, MoveShift(public_id(make, shift), 1, to, time(14), time(17, 30)))
    moved = now_of(make, shift)
    assert (moved.day, moved.agreed_day, moved.moved, moved.version) == (to, shift.day, True, 2)
    occasion = make.one(select(Occasion).where(Occasion.id == shift.id))
    assert occasion.local_day == to
    assert occasion.ends_at - occasion.starts_at == timedelta(hours=3, minutes=30)
    assert moved.feedback_due_at == occasion.ends_at


def test_moving_asks_which_of_two_and_refuses_none(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    key = public_id(make, cast.a.future)
    with pytest.raises(Refused) as asked:
        move_shift(work, cora, MoveShift(key, 1, date(2027, 10, 31), time(1), time(2, 30)))
    assert asked.value.field == "end_fold"
    with pytest.raises(Refused) as refused:
        move_shift(work, cora, MoveShift(key, 1, date(2027, 3, 28), time(2, 30), time(9)))
    assert refused.value.field == "start"
    move_shift(work, cora, MoveShift(key, 1, date(2027, 10, 31), time(1), time(2, 30), end_fold=1))
    occasion = make.one(select(Occasion).where(Occasion.id == cast.a.future.id))
    assert occasion.ends_at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


def test_who_was_slower_sees_what_is_saved(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    key = public_id(make, cast.a.future)
    move_shift(work, cora, MoveShift(key, 1, make.day(4), time(14), time(17)))
    with pytest.raises(Stale) as stale:
        move_shift(work, cora, MoveShift(key, 1, make.day(5), time(8), time(9)))
    assert stale.value.current["day"] == make.day(4)
    assert stale.value.version == 2


def test_what_took_place_is_not_moved_or_cancelled(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    key = public_id(make, cast.a.rated)
    with pytest.raises(Refused):
        move_shift(work, cora, MoveShift(key, 1, make.day(4), time(14), time(17)))
    with pytest.raises(Refused):
        cancel_shift(work, cora, key, 1)
    assert now_of(make, cast.a.rated).version == 1


def test_a_cancelled_shift_counts_nowhere_until_it_is_restored(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    key = public_id(make, cast.a.owed)
    planned = select(PlacementSummary.shifts_planned).where(PlacementSummary.placement_id == cast.a.placement.id)
    cancel_shift(work, cora, key, 1)
    assert now_of(make, cast.a.owed).feedback_due_at is None
    assert make.one(planned) == 3
    restore_shift(work, cora, key, 2)
    assert now_of(make, cast.a.owed).feedback_due_at is not None
    assert make.one(planned) == 4


def test_a_restored_shift_must_find_its_time_free(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    key = public_id(make, cast.a.future)
    cancel_shift(work, cora, key, 1)
    make.shift(cast.a.placement, make.day(3), start=time(8), end=time(10))
    with pytest.raises(Refused):
        restore_shift(work, cora, key, 2)


def test_planning_and_attendance_have_their_people(cast: Cast, make: Make, work: Work) -> None:
    key = public_id(make, cast.a.owed)
    move = MoveShift(key, 1, make.day(-3), time(9), time(12))
    present = SetAttendance(key, 1, Attendance.HERE)
    for account in (cast.accounts.noa, cast.accounts.supervisor):
        with pytest.raises(Forbidden):
            move_shift(work, make.actor(account), move)
        with pytest.raises(Forbidden):
            set_attendance(work, make.actor(account), present)
    for account in (cast.accounts.kim, cast.accounts.outsider_coordinator, cast.accounts.other_supervisor):
        with pytest.raises(NotFound):
            set_attendance(work, make.actor(account), present)
    with pytest.raises(Forbidden):
        move_shift(work, make.actor(cast.accounts.coach), move)
    set_attendance(work, make.actor(cast.accounts.coach), present)
    assert now_of(make, cast.a.owed).attendance_by is Role.COACH


def test_here_confirms_the_plan_and_feedback_stays_owed(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    set_attendance(work, cora, SetAttendance(public_id(make, cast.a.owed), 1, Attendance.HERE))
    found = now_of(make, cast.a.owed)
    assert (found.minutes, found.attendance_by, found.version) == (240, Role.COORDINATOR, 2)
    assert found.feedback_due_at is not None


def test_real_times_count(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    command = SetAttendance(public_id(make, cast.a.owed), 1, Attendance.LATE, time(9, 45), time(13, 15))
    set_attendance(work, cora, command)
    found = now_of(make, cast.a.owed)
    assert found.minutes == 210
    assert found.actual_start == datetime(2026, 11, 19, 8, 45, tzinfo=UTC)


def test_taking_an_entry_back_makes_it_unknown(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    key = public_id(make, cast.a.owed)
    set_attendance(work, cora, SetAttendance(key, 1, Attendance.ABSENT))
    assert (now_of(make, cast.a.owed).minutes, now_of(make, cast.a.owed).feedback_due_at) == (0, None)
    set_attendance(work, cora, SetAttendance(key, 2, Attendance.UNKNOWN))
    found = now_of(make, cast.a.owed)
    assert (found.minutes, found.attendance_by) == (None, None)
    assert found.feedback_due_at is not None
    assert said(make, cast.a.owed) is Attendance.UNKNOWN


@pytest.mark.parametrize(
    ("attendance", "start", "end", "field"),
    [
        (Attendance.HERE, time(9), None, "actual_end"),
        (Attendance.HERE, None, time(9), "actual_start"),
        (Attendance.ABSENT, time(9), time(12), "actual_start"),
        (Attendance.HERE, time(13), time(12), "actual_end"),
    ],
)
def test_times_that_make_no_sense(
    cast: Cast, make: Make, work: Work, cora: Actor, attendance: Attendance, start: time | None, end: time | None,
    field: str,
) -> None:  # fmt: skip
    with pytest.raises(Refused) as refused:
        set_attendance(work, cora, SetAttendance(public_id(make, cast.a.owed), 1, attendance, start, end))
    assert refused.value.field == field
    assert said(make, cast.a.owed) is Attendance.UNKNOWN


def test_late_for_a_night_shift_is_the_next_day(cast: Cast, make: Make, work: Work, cora: Actor, clock: Clock) -> None:
    night = make.shift(cast.a.placement, make.day(-10), start=time(22), end=time(6))
    command = SetAttendance(public_id(make, night), 1, Attendance.LATE, time(0, 30), time(6))
    set_attendance(work, cora, command)
    found = now_of(make, night)
    assert found.minutes == 330
    assert found.actual_start == datetime(2026, 11, 13, 23, 30, tzinfo=UTC)


def test_nobody_was_there_tomorrow(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    key = public_id(make, cast.a.future)
    for attendance in (Attendance.HERE, Attendance.LATE, Attendance.ABSENT):
        with pytest.raises(Refused):
            set_attendance(work, cora, SetAttendance(key, 1, attendance))
    set_attendance(work, cora, SetAttendance(key, 1, Attendance.EXCUSED))
    assert said(make, cast.a.future) is Attendance.EXCUSED


def test_whoever_was_seen_working_was_there(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    for attendance in (Attendance.ABSENT, Attendance.EXCUSED, Attendance.UNKNOWN):
        with pytest.raises(Refused) as refused:
            set_attendance(work, cora, SetAttendance(public_id(make, cast.a.rated), 1, attendance))
        assert refused.value.field == "attendance"
    assert said(make, cast.a.rated) is Attendance.HERE
