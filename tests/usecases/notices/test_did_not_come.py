"""A missed shift asks for a call at once, and no longer once somebody says otherwise."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from placement.domain.jobs import JobKind
from placement.domain.notices import Found, NoticeKind
from placement.domain.shifts import Attendance
from placement.models.accounts.account import Account
from placement.models.notices.notice import Notice
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.models.system.job import Job
from placement.usecases.feedback.submit import SubmitFeedback, submit_feedback
from placement.usecases.feedback.withdraw import withdraw_feedback
from placement.usecases.shifts.attendance import SetAttendance, set_attendance
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make


def say_so(work: Work, make: Make, by: Account, shift: Shift, attendance: Attendance) -> None:
    public_id = make.one(select(Occasion.public_id).where(Occasion.id == shift.id))
    version = make.one(select(Shift.version).where(Shift.id == shift.id))
    set_attendance(work, make.actor(by), SetAttendance(public_id, version, attendance))


def send(work: Work, make: Make, by: Account, shift: Shift, attendance: Attendance) -> str:
    public_id = make.one(select(Occasion.public_id).where(Occasion.id == shift.id))
    return submit_feedback(work, make.actor(by), SubmitFeedback(public_id, str(uuid4()), attendance)).feedback


def items(make: Make) -> list[Any]:
    return make.all(select(Notice).where(Notice.kind == NoticeKind.DID_NOT_COME).order_by(Notice.id))


def mails(make: Make, kind: JobKind) -> int:
    return len(make.all(select(Job.id).where(Job.kind == kind)))


def test_the_shop_says_so(work: Work, cast: Cast, make: Make) -> None:
    send(work, make, cast.accounts.supervisor, cast.a.current, Attendance.ABSENT)
    (item,) = items(make)
    about = (item.participant_id, item.occasion_id, item.placement_id)
    assert about == (cast.a.participant.id, cast.a.current.id, cast.a.placement.id)
    assert (item.rater_id, item.to_account_id, item.due_at) == (cast.a.rater.id, None, make.clock.now)
    assert item.done_at is None
    assert mails(make, JobKind.MAIL_NOTICE) == 1
    assert mails(make, JobKind.MAIL_NOT_TODAY) == 0, "the shop knows"


def test_staff_say_so_and_the_shop_learns_only_while_it_matters(work: Work, cast: Cast, make: Make) -> None:
    say_so(work, make, cast.accounts.coach, cast.a.owed, Attendance.ABSENT)
    assert mails(make, JobKind.MAIL_NOT_TODAY) == 0
    say_so(work, make, cast.accounts.coach, cast.a.current, Attendance.ABSENT)
    jobs = make.all(select(Job.refs).where(Job.kind == JobKind.MAIL_NOT_TODAY))
    assert jobs == [{"shift": cast.a.current.id}]
    assert len(items(make)) == 2


@pytest.mark.parametrize("better", [Attendance.HERE, Attendance.LATE, Attendance.EXCUSED, Attendance.UNKNOWN])
def test_a_correction_closes_the_item_and_another_opens_it_again(
    work: Work, cast: Cast, make: Make, better: Attendance
) -> None:
    cora = cast.accounts.coordinator
    say_so(work, make, cora, cast.a.current, Attendance.ABSENT)
    say_so(work, make, cora, cast.a.current, better)
    (item,) = items(make)
    assert (item.done_at, item.done_by_id, item.found) == (make.clock.now, None, None)
    make.clock.advance(hours=1)
    say_so(work, make, cora, cast.a.current, Attendance.ABSENT)
    (item,) = items(make)
    assert (item.done_at, item.due_at) == (None, make.clock.now)
    assert mails(make, JobKind.MAIL_NOTICE) == 2


def test_what_somebody_found_out_stays(work: Work, cast: Cast, make: Make) -> None:
    cora = cast.accounts.coordinator
    say_so(work, make, cora, cast.a.current, Attendance.ABSENT)
    (item,) = items(make)

    def close(session: Any) -> None:
        row = session.get_one(Notice, item.id)
        row.found, row.done_at, row.done_by_id = Found.WELL, make.clock.now, cora.id

    make.do(close)
    say_so(work, make, cora, cast.a.current, Attendance.HERE)
    say_so(work, make, cora, cast.a.current, Attendance.ABSENT)
    (item,) = items(make)
    assert (item.found, item.done_by_id) == (Found.WELL, cora.id)
    assert mails(make, JobKind.MAIL_NOTICE) == 1


def test_withdrawn_feedback_takes_its_item_along(work: Work, cast: Cast, make: Make) -> None:
    sent = send(work, make, cast.accounts.supervisor, cast.a.current, Attendance.ABSENT)
    withdraw_feedback(work, make.actor(cast.accounts.coordinator), sent, "Another person.")
    (item,) = items(make)
    assert item.done_at is not None


def test_excused_is_no_reason_to_call(work: Work, cast: Cast, make: Make) -> None:
    say_so(work, make, cast.accounts.coordinator, cast.a.future, Attendance.EXCUSED)
    assert items(make) == []
    assert mails(make, JobKind.MAIL_NOT_TODAY) == 1
