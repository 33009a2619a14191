"""Being ill: two taps, the shifts of that time excused, those who need it know, and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.jobs import JobKind
from placement.domain.notices import NoticeKind
from placement.domain.roles import Role
from placement.domain.shifts import Attendance
from placement.models.notices.notice import Notice
from placement.models.shifts.absence import Busy
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.models.system.job import Job
from placement.queries.notices.ill import illness_of
from placement.queries.notices.listing import NoticeFilter, notices_page
from placement.usecases.notices.ill import TellIll, end_ill, tell_ill
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make


def state(make: Make, shift: Shift) -> tuple[Any, Any, Any]:
    attendance = make.one(select(Occasion.attendance).where(Occasion.id == shift.id))
    row = make.one(select(Shift).where(Shift.id == shift.id))
    return attendance, row.attendance_by, row.feedback_due_at is None


def busy(make: Make) -> Any:
    return make.one(select(Busy))


def test_today(work: Work, cast: Cast, make: Make, reads: Session) -> None:
    assert tell_ill(work, make.actor(cast.accounts.noa), TellIll()) == 1
    assert state(make, cast.a.current) == (Attendance.EXCUSED, Role.PARTICIPANT, True)
    assert state(make, cast.a.future)[0] is Attendance.UNKNOWN
    # Midnight in Berlin.
    assert busy(make).ends_at == datetime(2026, 11, 23, 23, tzinfo=UTC)
    for name, sees in (("coordinator", 1), ("therapist", 1), ("coach", 1), ("supervisor", 0), ("kim", 0)):
        page = notices_page(reads, make.actor(getattr(cast.accounts, name)), NoticeFilter())
        assert len(page.rows) == sees, name
    jobs = make.all(select(Job.kind).order_by(Job.id))
    assert sorted(jobs) == [JobKind.MAIL_NOT_TODAY, JobKind.MAIL_NOTICE]
    assert make.all(select(Job.refs).where(Job.kind == JobKind.MAIL_NOT_TODAY)) == [{"shift": cast.a.current.id}]


def test_until_a_day_and_longer(work: Work, cast: Cast, make: Make) -> None:
    noa = make.actor(cast.accounts.noa)
    tell_ill(work, noa, TellIll(make.day(1)))
    assert tell_ill(work, noa, TellIll(make.day(3))) == 1
    assert state(make, cast.a.future)[0] is Attendance.EXCUSED
    assert busy(make).ends_at == datetime(2026, 11, 26, 23, tzinfo=UTC)
    assert len(make.all(select(Notice.id).where(Notice.kind == NoticeKind.ILL))) == 1
    for wrong in (make.day(-1), make.day(43)):
        with pytest.raises(Refused) as refused:
            tell_ill(work, noa, TellIll(wrong))
        assert refused.value.field == "until"


def test_what_was_said_stays(work: Work, cast: Cast, make: Make) -> None:
    make.do(lambda s: s.get_one(Occasion, cast.a.current.id).__setattr__("attendance", Attendance.LATE))
    make.do(lambda s: s.get_one(Shift, cast.a.future.id).__setattr__("check_in_at", make.clock.now))
    assert tell_ill(work, make.actor(cast.accounts.noa), TellIll(make.day(5))) == 0
    assert state(make, cast.a.current)[0] is Attendance.LATE


def test_taken_back_the_same_day_nothing_stays(work: Work, cast: Cast, make: Make, reads: Session) -> None:
    noa = make.actor(cast.accounts.noa)
    tell_ill(work, noa, TellIll(make.day(3)))
    make.clock.advance(minutes=10)
    found = illness_of(reads, noa, noa.participant_id, make.clock.now)
    assert found is not None
    assert (found.until, found.told_today) == (make.day(3), True)
    assert end_ill(work, noa, found.public_id) == 2
    assert state(make, cast.a.current) == (Attendance.UNKNOWN, None, False)
    assert make.all(select(Busy.id)) == []
    assert make.one(select(Notice.done_at).where(Notice.kind == NoticeKind.ILL)) == make.clock.now
    # The shop hears of each shift again: they come after all.
    assert len(make.all(select(Job.id).where(Job.kind == JobKind.MAIL_NOT_TODAY))) == 4


def test_well_again_earlier(work: Work, cast: Cast, make: Make) -> None:
    tell_ill(work, make.actor(cast.accounts.noa), TellIll(make.day(5)))
    make.clock.advance(days=1)
    assert end_ill(work, make.actor(cast.accounts.coach), busy(make).public_id) == 1
    assert state(make, cast.a.current)[0] is Attendance.EXCUSED, "that day is over"
    assert state(make, cast.a.future)[0] is Attendance.UNKNOWN
    row = busy(make)
    assert row.ends_at - row.starts_at == timedelta(days=1)


def test_nobody_else_ends_it(work: Work, cast: Cast, make: Make) -> None:
    tell_ill(work, make.actor(cast.accounts.noa), TellIll(make.day(5)))
    for name in ("kim", "supervisor", "admin", "outsider_coordinator", "ben"):
        with pytest.raises(NotFound):
            end_ill(work, make.actor(getattr(cast.accounts, name)), busy(make).public_id)
