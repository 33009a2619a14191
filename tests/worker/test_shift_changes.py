"""A shift that was moved, cancelled or added: who is told, once, what it is now."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from placement.adapters.mail import MemoryMailer, Message
from placement.domain.mails import MailKind
from placement.domain.patterns import Holidays
from placement.domain.shifts import Attendance
from placement.domain.support import RaterKind
from placement.domain.week import Span, from_spans
from placement.models.accounts.account import Account
from placement.models.feedback.link import RaterLink
from placement.models.feedback.rater import Rater
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.models.system.job import Job
from placement.policy.actor import Actor
from placement.usecases.shifts.change import MoveShift, cancel_shift, move_shift, restore_shift
from placement.usecases.shifts.pattern import SetPattern, set_pattern
from placement.usecases.shifts.plan import AddShift, add_shift
from placement.usecases.transaction import Work
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.worker.post_office import PostOffice, check_mail


@pytest.fixture
def office(app: Flask, clock: Clock) -> PostOffice:
    mailer = app.extensions["placement_mailer"] = MemoryMailer()
    found = PostOffice(app, clock, mailer)
    found.again()
    return found


@pytest.fixture
def cora(cast: Cast, make: Make) -> Actor:
    return make.actor(cast.accounts.coordinator)


def key_of(make: Make, shift: Shift) -> str:
    return str(make.one(select(Occasion.public_id).where(Occasion.id == shift.id)))


def version_of(make: Make, shift: Shift) -> int:
    return int(make.one(select(Shift.version).where(Shift.id == shift.id)))


def to_friday(make: Make, work: Work, cora: Actor, shift: Shift, start: time = time(10)) -> None:
    move = MoveShift(key_of(make, shift), version_of(make, shift), make.day(4), start, time(14))
    move_shift(work, cora, move)


def back(make: Make, work: Work, cora: Actor, shift: Shift) -> None:
    move = MoveShift(key_of(make, shift), version_of(make, shift), shift.day, shift.start, shift.end)
    move_shift(work, cora, move)


def told(office: PostOffice, minutes: int = 10) -> dict[str, Message]:
    """Mails about changes that come within some minutes, by address."""
    office.clock.advance(minutes=minutes)
    mails = [mail for mail in office.again() if "changed" in mail.subject]
    for mail in mails:
        check_mail(mail)
    found = {mail.to: mail for mail in mails}
    assert len(found) == len(mails), "one mail each"
    return found


def prefer(make: Make, account: Account, **columns: object) -> None:
    make.do(lambda s: s.execute(update(Account).where(Account.id == account.id).values(**columns)))


def test_a_moved_shift_is_told_to_the_person_and_the_shop_alone(
    office: PostOffice, cast: Cast, make: Make, work: Work, cora: Actor
) -> None:
    to_friday(make, work, cora, cast.a.future)
    assert told(office, 9) == {}
    mails = told(office, 1)
    assert set(mails) == {cast.accounts.noa.email, cast.accounts.supervisor.email}
    own, shop = mails[cast.accounts.noa.email], mails[cast.accounts.supervisor.email]
    line = "Moved to Fri, Nov 27, from 10:00\u202fAM to 2:00\u202fPM; before: Thu, Nov 26, from 9:00\u202fAM to 1:00"
    assert line in own.text
    assert line in shop.text
    assert "Noa" in shop.subject
    assert own.stop
    assert "List-Unsubscribe" in own.headers
    assert told(office, 60) == {}


def test_a_rater_without_account_is_told_too(
    office: PostOffice, cast: Cast, make: Make, work: Work, cora: Actor
) -> None:
    now, program = office.clock.now, cast.a.program.id
    rater = make.add(
        Rater(program_id=program, kind=RaterKind.SUPERVISOR, name="Rita", email="rita@shop.example", created_at=now)
    )
    make.add(
        RaterLink(
            program_id=program, rater_id=rater.id, placement_id=cast.a.placement.id, created_at=now,
            expires_at=now + timedelta(days=14),
        )
    )  # fmt: skip
    cancel_shift(work, cora, key_of(make, cast.a.future), 1)
    mail = told(office)["rita@shop.example"]
    assert "Cancelled: Thu, Nov 26" in mail.text
    assert "/account/mails\n" not in mail.text


def test_several_quick_changes_are_one_mail_with_where_it_ends(
    office: PostOffice, cast: Cast, make: Make, work: Work, cora: Actor
) -> None:
    to_friday(make, work, cora, cast.a.future)
    office.clock.advance(minutes=4)
    office.again()
    to_friday(make, work, cora, cast.a.future, time(11))
    add_shift(work, cora, AddShift(cast.a.placement.public_id, make.day(5), time(9), time(12)))
    mail = told(office, 6)[cast.accounts.noa.email]
    assert "2 of your shifts" in mail.subject
    assert "from 11:00\u202fAM to 2:00\u202fPM; before: Thu, Nov 26, from 9:00" in mail.text
    assert "New: Sat, Nov 28, from 9:00" in mail.text
    assert "10:00" not in mail.text
    assert told(office, 60) == {}


def test_what_was_put_back_in_time_is_never_told(
    office: PostOffice, cast: Cast, make: Make, work: Work, cora: Actor
) -> None:
    to_friday(make, work, cora, cast.a.future)
    back(make, work, cora, cast.a.future)
    cancel_shift(work, cora, key_of(make, cast.a.future), 3)
    restore_shift(work, cora, key_of(make, cast.a.future), 4)
    assert told(office, 30) == {}


def test_after_the_mail_going_back_is_a_change_of_its_own(
    office: PostOffice, cast: Cast, make: Make, work: Work, cora: Actor
) -> None:
    cancel_shift(work, cora, key_of(make, cast.a.future), 1)
    assert "Cancelled" in told(office)[cast.accounts.noa.email].text
    restore_shift(work, cora, key_of(make, cast.a.future), 2)
    assert "New: Thu, Nov 26" in told(office)[cast.accounts.noa.email].text


def test_nobody_hears_of_what_is_over_or_of_a_failed_change(
    office: PostOffice, cast: Cast, make: Make, work: Work, cora: Actor
) -> None:
    cancel_shift(work, cora, key_of(make, cast.a.owed), 1)
    assert told(office) == {}
    before = make.all(select(Job.id))
    with pytest.raises(Exception, match="."):
        move_shift(work, cora, MoveShift(key_of(make, cast.a.future), 9, make.day(4), time(9), time(12)))
    assert make.all(select(Job.id)) == before


def test_kinds_and_quiet_hours_are_kept(office: PostOffice, cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    prefer(make, cast.accounts.supervisor, mails_off=[MailKind.SHIFT_CHANGED])
    local = office.clock.now + timedelta(hours=1)
    prefer(
        make, cast.accounts.noa, zone="Europe/Berlin", quiet_from=time(local.hour), quiet_until=time(local.hour + 2)
    )  # fmt: skip
    to_friday(make, work, cora, cast.a.future)
    assert told(office, 20) == {}
    assert set(told(office, 130)) == {cast.accounts.noa.email}


def test_in_the_language_of_who_reads_it(office: PostOffice, cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    prefer(make, cast.accounts.noa, locale="de")
    cancel_shift(work, cora, key_of(make, cast.a.future), 1)
    office.clock.advance(minutes=10)
    (mail,) = [mail for mail in office.again() if mail.to == cast.accounts.noa.email]
    assert "26. Nov" in mail.text


def test_another_weekly_plan_is_told_and_a_first_one_is_not(
    office: PostOffice, cast: Cast, make: Make, work: Work, cora: Actor
) -> None:
    placement = cast.a.placement.public_id
    days = [make.day(8), make.day(9)]
    masks = [from_spans([Span(day.weekday(), time(9), time(12))]) for day in days]
    set_pattern(work, cora, SetPattern(placement, 0, make.day(7), make.day(20), masks[0], 1, Holidays.OFF))
    assert told(office) == {}
    set_pattern(work, cora, SetPattern(placement, 1, make.day(7), make.day(20), masks[1], 1, Holidays.OFF))
    mail = told(office)[cast.accounts.noa.email]
    assert "Cancelled: Tue, Dec 1" in mail.text
    assert "New: Wed, Dec 2" in mail.text


def test_told_again_by_a_second_worker_it_is_the_same_mail(
    office: PostOffice, cast: Cast, make: Make, work: Work, cora: Actor
) -> None:
    to_friday(make, work, cora, cast.a.future)
    (first,) = [mail for to, mail in told(office).items() if to == cast.accounts.noa.email]
    make.do(lambda s: s.execute(update(Job).values(done_at=None)))
    again = told(office, 11)
    assert again[cast.accounts.noa.email].message_id == first.message_id


def test_an_excused_shift_that_is_moved_is_still_theirs(
    office: PostOffice, cast: Cast, make: Make, work: Work, cora: Actor
) -> None:
    """Who is away needs no new time; cancelling it is told all the same."""
    make.do(lambda s: setattr(s.get_one(Occasion, cast.a.future.id), "attendance", Attendance.EXCUSED))
    cancel_shift(work, cora, key_of(make, cast.a.future), 1)
    assert set(told(office)) == {cast.accounts.noa.email, cast.accounts.supervisor.email}
