"""Every reminder: to whom, when, what it says, and that it comes once."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select

from placement.adapters.mail import MemoryMailer, Message
from placement.domain.jobs import JobKind
from placement.domain.mails import MailKind
from placement.domain.notices import NoticeKind
from placement.domain.placements import Answer, PlacementState
from placement.domain.shifts import Attendance
from placement.models.accounts.account import Account
from placement.models.feedback.link import RaterLink
from placement.models.feedback.rater import Rater
from placement.models.notices.notice import Notice
from placement.models.placements.placement import Placement
from placement.models.progress.milestone import Milestone
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.models.system.job import Job
from placement.usecases.effects.log import enqueue
from placement.usecases.transaction import Work
from placement.web.logs import JsonLines
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.worker.post_office import PostOffice, check_mail

BASE = "http://127.0.0.1:8000"


@pytest.fixture
def office(app: Flask, clock: Clock) -> PostOffice:
    mailer = app.extensions["placement_mailer"] = MemoryMailer()
    return PostOffice(app, clock, mailer)


def about(messages: list[Message], words: str, program: str = "Riverside") -> list[Message]:
    """Those with these words in their subject, looked at closely."""
    found = [message for message in messages if words in message.subject and program in message.text]
    for message in found:
        check_mail(message)
    return found


def prefer(make: Make, account: Account, **columns: object) -> None:
    def change(session: object) -> None:
        row = session.get_one(Account, account.id)  # type: ignore[attr-defined]
        for name, value in columns.items():
            setattr(row, name, value)

    make.do(change)


# Shift tomorrow


def test_the_evening_before_a_shift(office: PostOffice, cast: Cast) -> None:
    """Noa works on Thursday, 26 November, from nine to one."""
    assert about(office.at(25, 16, 59), "Your shift") == []
    (mail,) = about(office.at(25, 17), "Your shift")
    assert mail.to == cast.accounts.noa.email
    assert mail.subject == "Your shift on Thu, Nov 26"
    assert "from 9:00\u202fAM to 1:00\u202fPM" in mail.text
    assert "At Corner Grocery" in mail.text
    assert f"{BASE}/shifts/" in mail.text
    assert office.soon() == []


def test_after_an_outage_it_still_comes_until_the_shift_begins(office: PostOffice, cast: Cast) -> None:
    assert len(about(office.at(26, 8, 30), "Your shift")) == 1


def test_it_never_comes_once_the_shift_has_begun(office: PostOffice, cast: Cast) -> None:
    assert about(office.at(26, 9), "Your shift") == []


def test_asked_for_but_sent_too_late_it_is_not_sent(office: PostOffice, cast: Cast, make: Make) -> None:
    make.add(
        Job(
            kind=JobKind.MAIL_SHIFT_TOMORROW, program_id=cast.a.program.id,
            refs={"shift": cast.a.future.id, "account": cast.accounts.noa.id},
            run_after=office.clock.now, created_at=office.clock.now,
        )
    )  # fmt: skip
    assert about(office.at(26, 9, 5), "Your shift") == []


@pytest.mark.parametrize("what", ["cancelled", "excused", "paused", "left", "off"])
def test_nobody_is_told_of_a_shift_that_is_not_theirs_to_go_to(
    office: PostOffice, cast: Cast, make: Make, what: str
) -> None:
    now = office.clock.now
    change = {
        "cancelled": lambda s: setattr(s.get_one(Shift, cast.a.future.id), "cancelled_at", now),
        "excused": lambda s: setattr(s.get_one(Occasion, cast.a.future.id), "attendance", Attendance.EXCUSED),
        "paused": lambda s: setattr(s.get_one(Placement, cast.a.placement.id), "state", PlacementState.PAUSED),
        "left": lambda s: setattr(s.get_one(Account, cast.accounts.noa.id), "archived_at", now),
        "off": lambda s: setattr(s.get_one(Account, cast.accounts.noa.id), "mails_off", [MailKind.SHIFT_TOMORROW]),
    }
    make.do(change[what])
    assert about(office.at(25, 17), "Your shift") == []


def test_a_shift_that_was_moved_is_told_again(office: PostOffice, cast: Cast, make: Make) -> None:
    office.at(25, 17)

    def move(session: object) -> None:
        shift = session.get_one(Shift, cast.a.future.id)  # type: ignore[attr-defined]
        occasion = session.get_one(Occasion, cast.a.future.id)  # type: ignore[attr-defined]
        shift.start = time(11)
        occasion.starts_at = datetime(2026, 11, 26, 11, tzinfo=ZoneInfo("Europe/Berlin"))

    make.do(move)
    (mail,) = about(office.soon(), "Your shift")
    assert "from 11:00" in mail.text


# Quiet hours


def test_quiet_hours_are_waited_for(office: PostOffice, cast: Cast, make: Make) -> None:
    prefer(make, cast.accounts.noa, quiet_from=time(16), quiet_until=time(18, 30))
    assert about(office.at(25, 17), "Your shift") == []
    assert about(office.at(25, 18, 29), "Your shift") == []
    assert len(about(office.at(25, 18, 30), "Your shift")) == 1
    assert office.soon() == []


def test_quiet_hours_that_last_until_the_shift_are_come_before(office: PostOffice, cast: Cast, make: Make) -> None:
    prefer(make, cast.accounts.noa, quiet_from=time(16), quiet_until=time(10))
    assert len(about(office.at(25, 15, 30), "Your shift")) == 1


def test_they_are_those_of_ones_own_zone(office: PostOffice, cast: Cast, make: Make) -> None:
    """In Lisbon it is an hour earlier than in Berlin."""
    prefer(make, cast.accounts.noa, quiet_from=time(16), quiet_until=time(18), zone="Europe/Lisbon")
    assert about(office.at(25, 18, 59), "Your shift") == []
    assert len(about(office.at(25, 19), "Your shift")) == 1


# Feedback owed


def owed_again(make: Make, cast: Cast) -> Shift:
    """One shift today, whose feedback falls due at one; the cast's are out of the way."""
    make.do(lambda s: setattr(s.get_one(Shift, cast.a.owed.id), "feedback_due_at", None))
    return cast.a.current


def test_feedback_is_asked_for_in_the_evening_and_once_more(office: PostOffice, cast: Cast, make: Make) -> None:
    owed_again(make, cast)
    mails = [(day, hour, about(office.at(day, hour), "How was it")) for day in range(23, 29) for hour in (12, 18, 21)]
    assert [(day, hour) for day, hour, found in mails if found] == [(23, 18), (25, 18), (26, 18), (28, 18)]
    first = mails[1][2][0]
    assert first.to == cast.accounts.supervisor.email
    assert "Noa on Mon, Nov 23, from 9:00\u202fAM to 1:00\u202fPM" in first.text
    assert f"{BASE}/feedback/" in first.text
    assert "Lind" not in first.text, "first names only"
    assert "2 shifts" in mails[10][2][0].subject, "Thursday's evening asks for both"


def test_who_answered_is_not_asked(office: PostOffice, cast: Cast, make: Make) -> None:
    shift = owed_again(make, cast)
    make.feedback(shift, cast.a.rater, {cast.a.catalog.tasks[0]: 5}, cast.a.catalog)
    assert about(office.at(23, 18), "How was it") == []


def test_after_two_mails_it_is_the_coordinators_turn(office: PostOffice, cast: Cast, make: Make) -> None:
    shift = owed_again(make, cast)
    missing = select(Notice).where(Notice.kind == NoticeKind.FEEDBACK_MISSING, Notice.program_id == shift.program_id)
    office.at(25, 18)
    assert make.all(missing) == []
    office.at(26, 9)
    (notice,) = make.all(missing)
    assert (notice.occasion_id, notice.participant_id) == (shift.id, cast.a.participant.id)
    office.soon()
    assert len(make.all(missing)) == 1


def test_after_an_outage_of_days_a_shop_gets_one_mail(office: PostOffice, cast: Cast, make: Make) -> None:
    """Everything owed stands in it, and it is the latest evening's."""
    assert len(about(office.at(24, 9), "How was it")) == 1
    assert office.soon() == []


def link(make: Make, cast: Cast, **columns: object) -> tuple[Rater, RaterLink]:
    rater = make.add(
        Rater(
            program_id=cast.a.program.id, kind="supervisor", name="Ria Shop", created_at=make.clock.now,
            **({"email": "ria@shop.example", "locale": "de"} | columns),
        )
    )  # fmt: skip
    row = RaterLink(
        program_id=cast.a.program.id, rater_id=rater.id, placement_id=cast.a.placement.id,
        expires_at=make.clock.now, created_at=make.clock.now,
    )  # fmt: skip
    return rater, make.add(row)


def test_a_rater_without_account_gets_the_form_and_a_link_that_works(
    office: PostOffice, cast: Cast, make: Make
) -> None:
    owed_again(make, cast)
    _, row = link(make, cast)
    found = [mail for mail in office.at(23, 18) if mail.to == "ria@shop.example"]
    assert len(found) == 1
    check_mail(found[0])
    assert '<html lang="de">' in found[0].html
    assert f"{BASE}/card/open/" in found[0].text
    renewed = make.one(select(RaterLink).where(RaterLink.id == row.id))
    ends = select(func.max(Occasion.ends_at)).join(Shift, Shift.id == Occasion.id)
    last = make.one(ends.where(Shift.placement_id == cast.a.placement.id, Shift.cancelled_at.is_(None)))
    # Two weeks from the mail, at the latest a week after the last shift.
    assert renewed.expires_at == min(office.clock.now + timedelta(days=14), last + timedelta(days=7))
    assert renewed.token_hash is not None


@pytest.mark.parametrize("columns", [{"email": ""}, {"mails_off_at": datetime(2026, 11, 1, tzinfo=ZoneInfo("UTC"))}])
def test_nobody_is_written_to_who_has_no_address_or_wants_no_mails(
    office: PostOffice, cast: Cast, make: Make, columns: dict[str, object]
) -> None:
    owed_again(make, cast)
    link(make, cast, **columns)
    assert {mail.to for mail in office.at(23, 18)} & {"", "ria@shop.example"} == set()


def test_the_link_by_mail(office: PostOffice, cast: Cast, make: Make, work: Work) -> None:
    """Also to somebody who wants no reminders: this one was asked for."""
    _, row = link(make, cast, mails_off_at=make.clock.now, locale="en")
    with work.transaction() as session:
        enqueue(session, work, JobKind.MAIL_FEEDBACK_LINK, cast.a.program.id, {"link": row.id})
    (mail,) = about(office.again(), "your link for Noa")
    assert mail.to == "ria@shop.example"
    assert mail.stop == ""


# Milestones


def test_what_was_reached_is_told_in_the_evening_and_counts_as_seen(office: PostOffice, cast: Cast, make: Make) -> None:
    make.do(lambda s: setattr(s.get_one(Milestone, cast.a.milestone.id), "created_at", office.clock.now))
    assert about(office.at(23, 17, 29), "milestone") == []
    (mail,) = about(office.at(23, 17, 30), "milestone")
    assert mail.to == cast.accounts.noa.email
    assert mail.subject == "You have reached a milestone"
    assert f"{BASE}/progress" in mail.text
    assert make.one(select(Milestone.seen_at).where(Milestone.id == cast.a.milestone.id)) == office.clock.now
    assert about(office.soon(), "milestone") == []


def test_what_was_taken_back_by_then_is_not_told(office: PostOffice, cast: Cast, make: Make) -> None:
    def take_back(session: object) -> None:
        row = session.get_one(Milestone, cast.a.milestone.id)  # type: ignore[attr-defined]
        row.created_at = row.withdrawn_at = office.clock.now

    make.do(take_back)
    assert about(office.at(23, 17, 30), "milestone") == []


# Proposals and ends


def test_a_proposal_waits_for_the_participant(office: PostOffice, cast: Cast) -> None:
    (mail,) = about(office.at(23, 11), "proposed")
    assert mail.to == cast.accounts.kim.email
    assert "Bakery helper at Corner Grocery" in mail.text
    assert f"{BASE}/placements/{cast.proposed.public_id}/answer" in mail.text
    assert office.soon() == []


def test_a_first_day_that_has_passed_is_not_named(office: PostOffice, cast: Cast, make: Make) -> None:
    make.do(lambda s: setattr(s.get_one(Placement, cast.proposed.id), "first_day", make.day(-1)))
    (mail,) = about(office.at(23, 11), "proposed")
    assert "would begin" not in mail.text


def test_after_their_yes_for_the_shop_without_a_name(office: PostOffice, cast: Cast, make: Make) -> None:
    def yes(session: object) -> None:
        row = session.get_one(Placement, cast.proposed.id)  # type: ignore[attr-defined]
        row.state, row.answer = PlacementState.OFFERED, Answer.YES

    make.do(yes)
    (mail,) = about(office.at(23, 11), "would like to start")
    assert mail.to == cast.accounts.other_supervisor.email
    assert "Kim" not in mail.text
    assert f"{BASE}/proposals/{cast.proposed.public_id}" in mail.text


def test_an_end_is_told_to_the_participant_and_who_looks_after_them(office: PostOffice, cast: Cast, make: Make) -> None:
    make.do(lambda s: setattr(s.get_one(Placement, cast.a.placement.id), "last_day", make.day(10)))
    mails = about(office.at(23, 11), "nds on Thu, Dec 3")
    assert {mail.to for mail in mails} == {
        cast.accounts.noa.email, cast.accounts.therapist.email, cast.accounts.coach.email,
    }  # fmt: skip
    assert about(office.soon(), "nds on") == []


# The week, notices, not today


def test_the_week_begins_for_coordinators(office: PostOffice, cast: Cast) -> None:
    office.at(29, 22)
    assert about(office.at(30, 6, 59), "Your week", "") == []
    mails = about(office.at(30, 7), "Your week", "")
    assert {mail.to for mail in mails} == {cast.accounts.coordinator.email, cast.accounts.outsider_coordinator.email}
    assert mails[0].subject == "Your week from Mon, Nov 30"
    assert "without feedback" in mails[0].text
    for name in ("Noa", "Kim", "Lee"):
        assert name not in mails[0].text
    assert about(office.soon(), "Your week") == []


def tell(work: Work, kind: JobKind, program_id: int, refs: dict[str, int]) -> None:
    with work.transaction() as session:
        enqueue(session, work, kind, program_id, refs)


@pytest.mark.parametrize("kind", [NoticeKind.DID_NOT_COME, NoticeKind.ILL, NoticeKind.FOR_COORDINATOR])
def test_a_notice_reaches_who_takes_care_without_saying_what(
    office: PostOffice, cast: Cast, make: Make, work: Work, kind: NoticeKind
) -> None:
    notice = make.notice(cast.a.participant, kind, text="Noa is ill and was at the doctor")
    tell(work, JobKind.MAIL_NOTICE, cast.a.program.id, {"notice": notice.id})
    mails = [mail for mail in office.again() if notice.public_id in mail.text]
    team = (
        {cast.accounts.therapist.email, cast.accounts.coach.email} if kind is not NoticeKind.FOR_COORDINATOR else set()
    )
    assert {mail.to for mail in mails} == {cast.accounts.coordinator.email} | team
    for mail in mails:
        check_mail(mail)
        assert "Noa" not in mail.text
    assert [mail for mail in office.soon() if notice.public_id in mail.text] == []


def test_an_old_notice_is_no_matter_for_today(office: PostOffice, cast: Cast, make: Make, work: Work) -> None:
    """After a long outage: the pages have it, and its mail would be wrong."""
    notice = make.notice(cast.a.participant, NoticeKind.DID_NOT_COME, created_at=make.clock.now - timedelta(days=3))
    tell(work, JobKind.MAIL_NOTICE, cast.a.program.id, {"notice": notice.id})
    assert [mail for mail in office.again() if notice.public_id in mail.text] == []


def test_what_was_told_to_one_reaches_that_one_alone(office: PostOffice, cast: Cast, make: Make, work: Work) -> None:
    notice = make.notice(cast.a.participant, NoticeKind.SOMETHING_WRONG, to_account_id=cast.accounts.therapist.id)
    tell(work, JobKind.MAIL_NOTICE, cast.a.program.id, {"notice": notice.id})
    mails = [mail for mail in office.again() if notice.public_id in mail.text]
    assert [mail.to for mail in mails] == [cast.accounts.therapist.email]
    check_mail(mails[0])


def test_the_shop_learns_not_today_and_never_why(office: PostOffice, cast: Cast, make: Make, work: Work) -> None:
    make.do(lambda s: setattr(s.get_one(Occasion, cast.a.current.id), "attendance", Attendance.EXCUSED))
    tell(work, JobKind.MAIL_NOT_TODAY, cast.a.program.id, {"shift": cast.a.current.id})
    (mail,) = about(office.again(), "not coming today")
    assert mail.to == cast.accounts.supervisor.email
    assert mail.subject == "Noa is not coming today"
    make.do(lambda s: setattr(s.get_one(Occasion, cast.a.current.id), "attendance", Attendance.UNKNOWN))
    tell(work, JobKind.MAIL_NOT_TODAY, cast.a.program.id, {"shift": cast.a.current.id})
    (mail,) = about(office.again(), "coming after all")


# What they all have


def test_every_mail_has_a_stable_id_and_an_address_that_ends_its_kind(office: PostOffice, cast: Cast) -> None:
    mails = office.at(25, 18)
    assert len(mails) > 3
    assert len({mail.message_id for mail in mails}) == len(mails)
    for mail in mails:
        check_mail(mail)
        assert mail.stop.startswith(f"{BASE}/account/mails/stop/account.")
        assert mail.stop in mail.text
        assert mail.headers["List-Unsubscribe"] == f"<{mail.stop}>"
        assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert mail.headers["Auto-Submitted"] == "auto-generated"


def test_what_goes_wrong_is_logged_without_addresses_and_tokens(
    office: PostOffice, cast: Cast, make: Make, app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    class Refusing:
        def send(self, message: Message) -> None:
            raise OSError(f"550 no such user {message.to}, see {message.stop}")

    app.extensions["placement_mailer"] = Refusing()
    caplog.set_level("DEBUG")
    app.logger.propagate = True
    try:
        office.at(25, 18)
    finally:
        app.logger.propagate = False
    lines = [JsonLines().format(record) for record in caplog.records]
    assert any("OSError" in line for line in lines)
    assert not any("@" in line or "stop" in line or "://" in line for line in lines)
    assert set(make.all(select(Job.last_error))) == {"OSError"}


def test_a_restart_asks_for_nothing_twice(office: PostOffice, cast: Cast, app: Flask) -> None:
    first = office.at(25, 18)
    again = PostOffice(app, office.clock, office.mailer)
    assert first
    assert again.again() == []


def test_asking_what_is_due_costs_the_same_however_many_there_are(office: PostOffice, cast: Cast, make: Make) -> None:
    """Nobody waits for the worker, but it asks every three minutes."""
    for number in range(6):
        make.shift(cast.a.placement, make.day(4), start=time(14 + number), end=time(15 + number))
    assert len(about(office.at(26, 17), "Your shift")) == 6
