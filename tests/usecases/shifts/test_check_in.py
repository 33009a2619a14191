"""I'm here, I'm leaving: hours only with both, and everybody else's word counts more."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from placement.domain.errors import Forbidden, NotFound, Refused
from placement.domain.notices import NoticeKind
from placement.domain.roles import Role
from placement.domain.shifts import Attendance
from placement.models.notices.notice import Notice
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.usecases.notices.ill import TellIll, tell_ill
from placement.usecases.shifts.attendance import SetAttendance, set_attendance
from placement.usecases.shifts.check_in import check_in, check_out, undo_tap
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make


class Day:
    """Noa's shift that goes on now."""

    def __init__(self, work: Work, cast: Cast, make: Make) -> None:
        self.work, self.make, self.shift = work, make, cast.a.current
        self.noa = make.actor(cast.accounts.noa)
        row = make.one(select(Occasion).where(Occasion.id == self.shift.id))
        self.key, self.starts_at, self.ends_at = row.public_id, row.starts_at, row.ends_at

    def at(self, moment: datetime) -> None:
        self.make.clock.set(moment)

    @property
    def known(self) -> tuple[Attendance, Role | None, int | None]:
        row = self.make.one(select(Shift).where(Shift.id == self.shift.id))
        return self.attendance, row.attendance_by, row.minutes

    @property
    def attendance(self) -> Attendance:
        return self.make.one(select(Occasion.attendance).where(Occasion.id == self.shift.id))

    @property
    def taps(self) -> tuple[datetime | None, datetime | None]:
        row = self.make.one(select(Shift).where(Shift.id == self.shift.id))
        return row.check_in_at, row.check_out_at

    def staff_say(self, actor: object, attendance: Attendance) -> None:
        version = self.make.one(select(Shift.version).where(Shift.id == self.shift.id))
        set_attendance(self.work, actor, SetAttendance(self.key, version, attendance))  # type: ignore[arg-type]


@pytest.fixture
def day(work: Work, cast: Cast, make: Make) -> Day:
    return Day(work, cast, make)


def test_here_alone_is_present_without_hours(day: Day) -> None:
    day.at(day.starts_at + timedelta(minutes=3))
    check_in(day.work, day.noa, day.key)
    assert day.known == (Attendance.HERE, Role.PARTICIPANT, None)
    # A second tap changes nothing.
    first = day.taps
    day.make.clock.advance(minutes=9)
    check_in(day.work, day.noa, day.key)
    assert day.taps == first


def test_both_give_hours_within_the_plan(day: Day) -> None:
    planned = int((day.ends_at - day.starts_at).total_seconds() // 60)
    day.at(day.starts_at - timedelta(minutes=30))
    check_in(day.work, day.noa, day.key)
    day.at(day.ends_at + timedelta(minutes=90))
    check_out(day.work, day.noa, day.key)
    assert day.known == (Attendance.HERE, Role.PARTICIPANT, planned)
    undo_tap(day.work, day.noa, day.key)
    assert day.known == (Attendance.HERE, Role.PARTICIPANT, None)
    undo_tap(day.work, day.noa, day.key)
    assert day.known == (Attendance.UNKNOWN, None, None)
    assert day.taps == (None, None)


def test_left_early(day: Day) -> None:
    day.at(day.starts_at + timedelta(minutes=10))
    check_in(day.work, day.noa, day.key)
    day.at(day.starts_at + timedelta(minutes=70))
    check_out(day.work, day.noa, day.key)
    assert day.known[2] == 60


@pytest.mark.parametrize("entry", [Attendance.LATE, Attendance.ABSENT, Attendance.UNKNOWN])
def test_what_staff_enter_counts_and_the_tap_stays(entry: Attendance, day: Day, cast: Cast, make: Make) -> None:
    day.at(day.starts_at + timedelta(minutes=3))
    check_in(day.work, day.noa, day.key)
    taps = day.taps
    day.staff_say(make.actor(cast.accounts.coordinator), entry)
    assert day.attendance is entry
    assert day.taps == taps


def test_a_tap_after_staff_is_kept_beside_their_entry(day: Day, cast: Cast, make: Make) -> None:
    day.at(day.starts_at + timedelta(minutes=3))
    day.staff_say(make.actor(cast.accounts.coordinator), Attendance.LATE)
    check_in(day.work, day.noa, day.key)
    assert day.known == (Attendance.LATE, Role.COORDINATOR, None)
    assert day.taps[0] == make.clock.now
    undo_tap(day.work, day.noa, day.key)
    assert day.known == (Attendance.LATE, Role.COORDINATOR, None)


def test_did_not_come_outranks_and_asks_for_a_call(day: Day, cast: Cast, make: Make) -> None:
    day.at(day.starts_at + timedelta(minutes=3))
    check_in(day.work, day.noa, day.key)
    day.staff_say(make.actor(cast.accounts.coach), Attendance.ABSENT)
    assert len(make.all(select(Notice.id).where(Notice.kind == NoticeKind.DID_NOT_COME))) == 1
    with pytest.raises(Refused):
        check_out(day.work, day.noa, day.key)


def test_only_around_the_shift(day: Day) -> None:
    day.at(day.starts_at - timedelta(minutes=61))
    with pytest.raises(Refused):
        check_in(day.work, day.noa, day.key)
    day.at(day.starts_at)
    with pytest.raises(Refused):
        check_out(day.work, day.noa, day.key)
    day.at(day.ends_at)
    with pytest.raises(Refused):
        check_in(day.work, day.noa, day.key)
    day.at(day.ends_at - timedelta(minutes=1))
    check_in(day.work, day.noa, day.key)
    day.at(day.ends_at + timedelta(hours=2, minutes=1))
    for step in (check_out, undo_tap):
        with pytest.raises(Refused):
            step(day.work, day.noa, day.key)


def test_who_is_ill_or_was_cancelled_has_nothing_to_tap(day: Day, make: Make) -> None:
    tell_ill(day.work, day.noa, TellIll())
    with pytest.raises(Refused):
        check_in(day.work, day.noa, day.key)
    assert day.attendance is Attendance.EXCUSED
    make.do(lambda s: s.get_one(Shift, day.shift.id).__setattr__("cancelled_at", make.clock.now))
    with pytest.raises(Refused):
        check_in(day.work, day.noa, day.key)


@pytest.mark.parametrize("name", ["coordinator", "coach", "supervisor", "kim", "ben"])
def test_nobody_taps_for_somebody_else(name: str, day: Day, cast: Cast, make: Make) -> None:
    error = NotFound if name in ("kim", "ben") else Forbidden
    for step in (check_in, check_out, undo_tap):
        with pytest.raises(error):
            step(day.work, make.actor(getattr(cast.accounts, name)), day.key)
