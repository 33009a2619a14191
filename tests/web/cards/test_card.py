"""Today's card in the hand of somebody without an account."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from placement.domain.notices import NoticeKind
from placement.domain.shifts import Attendance
from placement.models.accounts.account import Account
from placement.models.feedback.link import RaterLink
from placement.models.feedback.observation import Feedback, Observation
from placement.models.feedback.rater import Rater
from placement.models.notices.notice import Incident, Notice
from placement.models.shifts.occasion import Occasion
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.cards.phones import Phone, entry, link_for, shift_id
from tests.web.test_hostile import spoilt, status


@pytest.fixture
def phone(app: Flask, cast: Cast, make: Make) -> Phone:
    return Phone(app, link_for(make, cast.a.placement))


def answers(cast: Cast, *ranks: int) -> dict[str, Any]:
    catalog = cast.a.catalog
    return {
        f"task-{task.public_id}": catalog.levels[rank].public_id
        for task, rank in zip(catalog.tasks, ranks, strict=False)
    }


def kinds(make: Make) -> list[NoticeKind]:
    return make.all(select(Notice.kind).order_by(Notice.id))


def test_four_taps_for_three_tasks(phone: Phone, cast: Cast, make: Make) -> None:
    """The page opens on today's shift with nothing filled in; three answers and *send*."""
    page = phone.get("/card")
    assert page.h1 == "How did it go?"
    assert not [e for e in page.find("input", type="radio") if e.get("checked") is not None]
    thanks = phone.follow(phone.submit("/card", 303, **answers(cast, 6, 4, 2)))
    assert "Thank you" in thanks.h1
    ranks = select(Observation.rank).where(Observation.occasion_id == cast.a.current.id).order_by(Observation.task_id)
    assert make.all(ranks) == [6, 4, 2]
    assert make.one(select(Occasion.attendance).where(Occasion.id == cast.a.current.id)) is Attendance.HERE
    assert make.one(select(Feedback.rater_id).where(Feedback.occasion_id == cast.a.current.id)) == phone.link.rater.id


def test_thanks_says_what_was_just_sent_and_nothing_else(phone: Phone, cast: Cast, make: Make) -> None:
    make.feedback(cast.a.owed, cast.a.rater, {}, cast.a.catalog, went_well="Somebody else's words")
    thanks = phone.follow(phone.submit("/card", 303, went_well="Mine", **answers(cast, 6)))
    assert "Mine" in thanks.words
    assert "Was here" in thanks.words
    assert "Somebody else" not in thanks.words
    assert "milestone" not in thanks.words.lower()


def test_did_not_come_is_one_tap_and_asks_for_a_call(phone: Phone, cast: Cast, make: Make) -> None:
    form = next(form for form in phone.get("/card").main_forms if form.fields.get("attendance") == ["absent"])
    assert "Did not come" in phone.follow(phone.submit(form, 303)).words
    assert make.one(select(Occasion.attendance).where(Occasion.id == cast.a.current.id)) is Attendance.ABSENT
    assert kinds(make) == [NoticeKind.DID_NOT_COME]


def test_did_not_come_asks_before_it_replaces_what_was_sent(phone: Phone, cast: Cast, make: Make) -> None:
    shift = shift_id(make, cast.a.current)
    phone.submit("/card", 303, went_well="Calm", **answers(cast, 6))
    page = phone.get(f"/card?shift={shift}")
    assert not [form for form in page.main_forms if form.fields.get("attendance") == ["absent"]]
    asked = phone.get(f"/card/did-not-come?shift={shift}")
    assert f"/card/did-not-come?shift={shift}" in page.links
    assert "Calm" in asked.words
    assert make.one(select(Occasion.attendance).where(Occasion.id == cast.a.current.id)) is Attendance.HERE
    phone.submit(asked.main_forms[0], 303)
    assert make.one(select(Occasion.attendance).where(Occasion.id == cast.a.current.id)) is Attendance.ABSENT


def test_did_not_come_asks_nothing_where_nothing_is_lost(phone: Phone, cast: Cast, make: Make) -> None:
    shift = shift_id(make, cast.a.current)
    assert phone.get(f"/card/did-not-come?shift={shift}", 303).location == f"/card?shift={shift}"


@pytest.mark.parametrize("said", [Attendance.HERE, Attendance.LATE])
def test_here_and_later_are_one_tap_each(phone: Phone, cast: Cast, make: Make, said: Attendance) -> None:
    phone.submit("/card", 303, attendance=said.value)
    assert make.one(select(Occasion.attendance).where(Occasion.id == cast.a.current.id)) is said


def test_others_that_are_owed_are_one_tap_away(phone: Phone, cast: Cast, make: Make) -> None:
    owed = shift_id(make, cast.a.owed)
    assert f"/card?shift={owed}" in phone.get("/card").links
    phone.submit(f"/card?shift={owed}", 303, **answers(cast, 6))
    assert make.one(select(Feedback.rater_id).where(Feedback.occasion_id == cast.a.owed.id)) == phone.link.rater.id


def test_a_rater_added_today_is_not_asked_about_days_before(app: Flask, cast: Cast, make: Make, clock: Clock) -> None:
    """Owed from the day the link was made."""
    owed, today = shift_id(make, cast.a.owed), shift_id(make, cast.a.current)
    new = Phone(app, link_for(make, cast.a.placement, name="Neu", created_at=clock.now))
    assert owed not in new.get("/card").text
    assert owed not in new.data().get_data(as_text=True)
    assert today in new.data().get_data(as_text=True)
    same_day = clock.now - timedelta(days=4)
    then = Phone(app, link_for(make, cast.a.placement, name="Ina", created_at=same_day))
    assert f"/card?shift={owed}" in then.get("/card").links


def test_what_was_sent_opens_again_for_seven_days(phone: Phone, cast: Cast, make: Make, clock: Clock) -> None:
    shift = shift_id(make, cast.a.current)
    phone.submit("/card", 303, went_well="Calm", **answers(cast, 6))
    clock.advance(days=6)
    assert phone.get(f"/card?shift={shift}").main_forms[0].fields["went_well"] == ["Calm"]
    phone.submit(f"/card?shift={shift}", 303, went_well="Calm and quick")
    clock.advance(days=2)
    assert "Calm" not in phone.get(f"/card?shift={shift}").text


def test_a_form_in_two_windows_replaces_nothing_unseen(phone: Phone, cast: Cast, make: Make) -> None:
    first, second = (phone.get("/card").main_forms[0] for _ in range(2))
    phone.submit(first, 303, went_well="First")
    page = phone.submit(second, 409, went_well="Second")
    assert "Second" in page.text
    words = select(Feedback.went_well).where(Feedback.occasion_id == cast.a.current.id)
    assert make.all(words) == ["First"]
    phone.submit(page.main_forms[0], 303)
    assert make.all(words) == ["Second"]


def test_eight_double_taps_at_once_are_one_feedback(app: Flask, phone: Phone, cast: Cast, make: Make) -> None:
    shift = shift_id(make, cast.a.owed)
    body = entry(shift, "one-key-for-all", attendance="here", went_well="Once")
    phones = [Phone(app, phone.link) for _ in range(8)]
    answered: list[int] = []
    start = threading.Barrier(len(phones))

    def tap(one: Phone) -> None:
        start.wait()
        answered.append(one.deliver(body).status_code)

    threads = [threading.Thread(target=tap, args=(one,)) for one in phones]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answered == [200] * 8
    assert make.one(select(func.count()).select_from(Feedback).where(Feedback.occasion_id == cast.a.owed.id)) == 1


@pytest.mark.parametrize("text", ["x" * 2001, "🙂" * 2001, "‏" * 3000])
def test_too_long_a_text_is_said_and_kept(phone: Phone, text: str) -> None:
    page = phone.submit("/card", 422, went_well=text)
    assert page.errors
    assert text[:50] in page.text


def test_nul_and_a_megabyte_get_a_clear_answer(phone: Phone) -> None:
    form = phone.get("/card").main_forms[0]
    phone.submit(form, 400, note="a\x00b")
    phone.submit(form, 422, note="x" * 1_000_000)


def test_a_colleague_answers_in_their_own_name(phone: Phone, cast: Cast, make: Make) -> None:
    page = phone.follow(phone.submit("/card/colleague", 303, name="Bo  Ray"))
    assert "Bo Ray answers this time" in page.words
    phone.submit(page.main_forms[0], 303, went_well="From Bo")
    rater = select(Rater.name).join(Feedback, Feedback.rater_id == Rater.id)
    assert make.one(rater.where(Feedback.occasion_id == cast.a.current.id)) == "Bo Ray"
    assert kinds(make) == [NoticeKind.COLLEAGUE]
    assert "From Bo" not in phone.get("/card").text
    phone.submit("/card/colleague", 303, name="Bo Ray")
    assert make.one(select(func.count()).select_from(Rater).where(Rater.name == "Bo Ray")) == 1


def test_a_colleagues_form_begins_empty(phone: Phone, cast: Cast, make: Make) -> None:
    shift = shift_id(make, cast.a.current)
    phone.submit("/card", 303, attendance="late", went_well="From Ana", **answers(cast, 6))
    done = phone.submit(f"/card/colleague?shift={shift}", 303, name="Bo Ray")
    page = phone.get(done.location)
    assert "From Ana" not in page.text
    assert "You have sent this already" not in page.words
    assert not [e for e in page.find("input", type="radio") if e.get("checked") is not None]
    phone.submit(page.main_forms[0], 303, went_well="From Bo")
    words = select(Feedback.went_well).where(Feedback.occasion_id == cast.a.current.id).order_by(Feedback.id)
    assert make.all(words) == ["From Ana", "From Bo"]


def test_nobody_answers_in_the_name_of_another_placements_rater(phone: Phone, cast: Cast, make: Make) -> None:
    foreign = link_for(make, cast.b.placement, name="Zed").rater.public_id
    form = phone.get("/card").main_forms[0]
    done = phone.post("/card", {**{k: v[0] for k, v in form.fields.items() if v}, "by": foreign, "note": "x"}, 303)
    assert "shift=" in done.location
    assert make.all(select(Feedback.id).where(Feedback.occasion_id == cast.a.current.id)) == []


def test_worry_reaches_the_program(phone: Phone, make: Make) -> None:
    phone.submit("/card/worried", 303, text="Very quiet today")
    phone.submit("/card/worried", 303, text="Very quiet today")
    row = make.one(select(Notice))
    assert (row.kind, row.text, row.rater_id) == (NoticeKind.WORRIED, "Very quiet today", phone.link.rater.id)


def test_an_accident_is_written_down_with_the_insurers_day(phone: Phone, cast: Cast, make: Make) -> None:
    assert phone.submit("/card/accident", 422, what="").errors
    phone.submit("/card/accident", 303, what="Cut a finger", injury="Left hand", told="The manager")
    row = make.one(select(Incident))
    assert (row.what, row.injury, row.told, row.witness) == ("Cut a finger", "Left hand", "The manager", "")
    assert row.occasion_id == cast.a.current.id
    assert row.report_due_on == make.day(3)


def test_no_accident_in_the_future(phone: Phone, make: Make) -> None:
    assert phone.submit("/card/accident", 422, what="Not yet", day=make.day(1).isoformat()).errors


def test_not_my_intern_any_more_ends_the_link_and_can_be_taken_back(phone: Phone, make: Make, clock: Clock) -> None:
    phone.get("/card")
    page = phone.follow(phone.post("/card/not-mine", {}, 303))
    assert kinds(make) == [NoticeKind.NOT_MINE]
    assert phone.get("/card", 303).location == "/card/closed"
    phone.submit(page.main_forms[0], 303)
    phone.get("/card")
    assert make.one(select(Notice.done_at)) == clock.now
    clock.advance(minutes=5)
    phone.post("/card/not-mine", {}, 303)
    clock.advance(hours=2)
    phone.post("/card/mine-after-all", {}, 303)
    assert make.one(select(RaterLink.revoked_at)) is not None


def test_no_more_mails_and_mails_again(phone: Phone, make: Make) -> None:
    phone.get("/card")
    phone.post("/card/mails", {"wanted": 0}, 303)
    assert make.one(select(Rater.mails_off_at).where(Rater.id == phone.link.rater.id)) is not None
    assert kinds(make) == [NoticeKind.NO_MAILS]
    phone.post("/card/mails", {"wanted": 1}, 303)
    assert make.one(select(Rater.mails_off_at).where(Rater.id == phone.link.rater.id)) is None


def test_a_therapist_is_never_named(phone: Phone, cast: Cast, make: Make) -> None:
    for account in (cast.accounts.therapist, cast.accounts.coach, cast.accounts.coordinator):
        make.do(lambda session, key=account.id: setattr(session.get_one(Account, key), "phone", f"+49 {key}"))
    lines = phone.data().get_json()["call"]
    assert [line["name"] for line in lines] == [cast.accounts.coach.name, cast.accounts.coordinator.name]


@pytest.mark.parametrize("path", ["/card", "/card/worried", "/card/accident", "/card/colleague"])
def test_what_nobody_means_gets_an_answer(phone: Phone, path: str) -> None:
    """Every field of a phone's forms with digits that are no numbers, both ends of the calendar, odd letters."""
    wrong = []
    for values in spoilt(dict.fromkeys(phone.get(path).main_forms[0].names - {"csrf_token"}, [""])):
        answer = status(phone, "POST", path, data={**values, "csrf_token": phone.csrf_token()})
        if answer >= "5":
            wrong.append(f"{[(name, given[0][:30]) for name, given in values.items() if given[0]]}: {answer}")
        phone.get("/card", None)
    assert not wrong, "\n".join(wrong)
