"""What a phone delivers: taken once, kept for somebody to look at, or refused; never lost, never twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from placement.domain.feedback_links import HeldReason
from placement.domain.notices import NoticeKind
from placement.domain.shifts import Attendance
from placement.models.feedback.link import HeldEntry, RaterLink
from placement.models.feedback.observation import Feedback, Observation
from placement.models.notices.notice import Notice
from placement.models.shifts.occasion import Occasion
from tests.application import ClientFor
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.cards.phones import HEADERS, Phone, entry, link_for, shift_id


@pytest.fixture
def phone(app: Flask, cast: Cast, make: Make) -> Phone:
    return Phone(app, link_for(make, cast.a.placement))


@pytest.fixture
def owed(cast: Cast, make: Make) -> str:
    return shift_id(make, cast.a.owed)


def answers(cast: Cast, *ranks: int) -> list[dict[str, str]]:
    catalog = cast.a.catalog
    return [
        {"task": task.public_id, "level": catalog.levels[rank].public_id}
        for task, rank in zip(catalog.tasks, ranks, strict=False)
    ]


def sent(make: Make) -> int:
    return int(make.one(select(func.count()).select_from(Feedback)))


def held(make: Make) -> list[HeldEntry]:
    return make.all(select(HeldEntry).order_by(HeldEntry.id))


def test_the_card_as_a_phone_keeps_it(phone: Phone, cast: Cast, owed: str) -> None:
    data = phone.data().get_json()
    assert data["person"] == "Noa"
    assert [level["name"] for level in data["levels"]]
    states = {shift["id"]: shift["state"] for shift in data["shifts"]}
    assert states[owed] == "owed"
    assert "today" in states.values()
    assert "coming" in states.values()
    shift = next(shift for shift in data["shifts"] if shift["id"] == owed)
    assert shift["start"] == "09:00"
    assert shift["tasks"]
    kept = {"card", "person", "until", "call", "help", "lines", "levels", "reasons", "shifts", "more_tasks"}
    assert set(data) == kept


def test_an_entry_is_taken_once(phone: Phone, cast: Cast, make: Make, owed: str) -> None:
    before = sent(make)
    body = entry(owed, answers=answers(cast, 6, 4), went_well="Calm and friendly 🙂", attendance="here")
    for _ in range(3):
        done = phone.deliver(body)
        assert (done.status_code, done.get_json()) == (200, {"saved": body["key"]})
    assert sent(make) == before + 1
    ranks = select(Observation.rank).where(Observation.occasion_id == cast.a.owed.id).order_by(Observation.task_id)
    assert make.all(ranks) == [6, 4]
    assert make.one(select(Occasion.attendance).where(Occasion.id == cast.a.owed.id)) is Attendance.HERE


def test_the_same_key_with_another_body_is_a_choice(phone: Phone, cast: Cast, make: Make, owed: str) -> None:
    phone.deliver(entry(owed, answers=answers(cast, 6), went_well="First"))
    done = phone.deliver(entry(owed, answers=answers(cast, 2), went_well="Second"))
    assert done.status_code == 409
    said = done.get_json()
    assert said["mine"]["went_well"] == "Second"
    assert said["stored"]["went_well"] == "First"
    assert said["stored"]["answers"] == answers(cast, 6)
    again = phone.deliver({**said["mine"], "key": "another-key-1", "seen": said["stored"]["seen"]})
    assert again.status_code == 200
    assert make.one(select(Feedback.went_well).where(Feedback.occasion_id == cast.a.owed.id)) == "Second"


def test_two_phones_of_one_rater_do_not_replace_each_other_unseen(
    app: Flask, phone: Phone, cast: Cast, owed: str
) -> None:
    other = Phone(app, phone.link)
    assert phone.deliver(entry(owed, "key-phone-1", seen=0, attendance="here")).status_code == 200
    done = other.deliver(entry(owed, "key-phone-2", seen=0, attendance="late"))
    assert done.status_code == 409
    assert done.get_json()["stored"]["attendance"] == "here"


def test_begun_before_expiry_it_is_delivered_after(
    phone: Phone, cast: Cast, make: Make, clock: Clock, owed: str
) -> None:
    """The link expired while there was no signal: thirty days long the phone delivers what was begun before."""
    begun = clock.now
    clock.advance(days=20)
    assert phone.data().status_code == 410
    done = phone.deliver(entry(owed, began_at=begun, answers=answers(cast, 6)))
    assert done.status_code == 200
    assert make.one(select(RaterLink.expires_at).where(RaterLink.id == phone.link.row.id)) < clock.now
    assert phone.data().status_code == 410


@pytest.mark.parametrize("days", [None, 19, 400])
def test_begun_after_expiry_it_waits(phone: Phone, make: Make, clock: Clock, owed: str, days: int | None) -> None:
    begun = None if days is None else clock.now + timedelta(days=days)
    clock.advance(days=20)
    body = entry(owed, began_at=begun, attendance="here", note="Late, sorry")
    before = sent(make)
    for _ in range(2):
        done = phone.deliver(body)
        assert (done.status_code, done.get_json()) == (202, {"held": body["key"]})
    assert sent(make) == before
    row = held(make)[0]
    assert len(held(make)) == 1
    assert row.reason == HeldReason.AFTER_EXPIRY.value
    assert row.body["note"] == "Late, sorry"
    assert make.one(select(Notice.kind)) is NoticeKind.HELD_FEEDBACK


def test_what_a_phone_of_an_ended_link_still_has_waits(phone: Phone, make: Make, clock: Clock, owed: str) -> None:
    make.do(lambda session: setattr(session.get_one(RaterLink, phone.link.row.id), "revoked_at", clock.now))
    assert phone.deliver(entry(owed, began_at=clock.now, attendance="here")).status_code == 202
    assert [row.reason for row in held(make)] == [HeldReason.LINK_ENDED.value]


def test_after_thirty_days_the_phone_is_forgotten(phone: Phone, clock: Clock, owed: str) -> None:
    clock.advance(days=31)
    assert phone.deliver(entry(owed, attendance="here")).status_code == 401
    assert phone.data().status_code == 401


def test_what_a_rule_refuses_waits(phone: Phone, cast: Cast, make: Make, owed: str) -> None:
    future, foreign = shift_id(make, cast.a.future), shift_id(make, cast.b.owed)
    for key, body in enumerate(
        (
            entry(future, attendance="here"),
            entry(foreign, attendance="here"),
            entry(owed),
            entry(owed, went_well="x" * 1_000_000),
            entry(owed, answers=[{"task": "gone", "level": "gone"}]),
        )
    ):
        assert phone.deliver({**body, "key": f"refused-{key}"}).status_code == 202
    assert [row.reason for row in held(make)] == ["refused", "shift_gone", "refused", "refused", "unknown_task"]
    assert len(held(make)[3].body["went_well"]) == 1_000_000
    foreigners = select(Feedback.id).where(Feedback.occasion_id == cast.b.owed.id)
    assert make.all(foreigners) == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("text", 400), ([], 400), ({}, 400), ({"key": 3}, 400), ({"key": "x"}, 400),
        ({"key": "abcdefgh", "answers": "no"}, 400), ({"key": "abcdefgh", "answers": [[]]}, 400),
        ({"key": "abcdefgh", "attendance": "dancing"}, 400), ({"key": "abcdefgh", "went_well": {}}, 400),
        ({"key": "abcdefgh", "answers": [{"task": "x"}] * 1000}, 400), ({"key": "abcdefgh\x00"}, 400),
        ({"key": "abcdefgh", "note": "a\x00b"}, 400), ({"key": "abcdefgh", "note": "\ud800"}, 400),
        ({"key": "abcdefgh", "shift": "x" * 99}, 400), ({"key": "abcdefgh", "began_at": "yesterday"}, 202),
        ({"key": "abcdefgh", "note": "‏שלום ‮evil"}, 202), ({"key": "abcdefgh", "seen": 10**30}, 202),
    ],
)  # fmt: skip
def test_odd_bodies_get_a_clear_answer(phone: Phone, body: Any, status: int) -> None:
    assert phone.deliver(body).status_code == status


def test_ten_megabytes_and_endless_nesting(phone: Phone) -> None:
    assert phone.deliver({"key": "abcdefgh", "note": "x" * 10_000_000}).status_code == 413
    deep = phone.http.post("/card/entries", data="[" * 100_000, headers={**HEADERS, "Content-Type": "application/json"})
    assert deep.status_code == 400


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403), ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403), ({"X-Card": ""}, 403), ({"Content-Type": "text/plain"}, 403),
    ],
)  # fmt: skip
def test_only_our_own_page_delivers(phone: Phone, owed: str, headers: dict[str, str], status: int) -> None:
    assert phone.deliver(entry(owed, attendance="here"), **headers).status_code == status


def test_an_old_browser_names_its_origin(phone: Phone, owed: str) -> None:
    body = entry(owed, attendance="here")
    for origin, status in (("https://evil.example", 403), (None, 403), ("http://localhost", 200)):
        headers = {"X-Card": "1", **({"Origin": origin} if origin else {})}
        assert phone.http.post("/card/entries", json=body, headers=headers).status_code == status


def test_rtl_emoji_and_long_words_come_back_as_they_were(phone: Phone, cast: Cast, make: Make, owed: str) -> None:
    text = "‏שלום 🙂 " + "x" * 1500
    assert phone.deliver(entry(owed, went_well=text)).status_code == 200
    assert make.one(select(Feedback.went_well).where(Feedback.occasion_id == cast.a.owed.id)) == text


def test_a_correction_within_seven_days_and_none_after(
    phone: Phone, cast: Cast, make: Make, clock: Clock, owed: str
) -> None:
    phone.deliver(entry(owed, "first-key", went_well="One"))
    clock.advance(days=6)
    assert phone.deliver(entry(owed, "second-key", went_well="Two")).status_code == 200
    clock.advance(days=2)
    assert phone.deliver(entry(owed, "third-key", went_well="Three")).status_code == 202
    assert make.one(select(Feedback.went_well).where(Feedback.occasion_id == cast.a.owed.id)) == "Two"


def test_a_coordinator_takes_or_leaves_what_waits(
    phone: Phone, client_for: ClientFor, cast: Cast, make: Make, clock: Clock, owed: str
) -> None:
    clock.advance(days=20)
    phone.deliver(entry(owed, "waiting-1", answers=answers(cast, 6), went_well="Steady"))
    phone.deliver(entry(owed, "waiting-2", note="Twice"))
    desk = client_for(cast.accounts.coordinator)
    assert "Noa" in desk.get("/held-feedback").words
    first, second = held(make)
    page = desk.get(f"/held-feedback/{first.public_id}")
    assert "Steady" in page.words
    taken = desk.submit(page.main_forms[0], 303)
    assert "Taken" in desk.follow(taken).words
    row = make.one(select(Feedback).where(Feedback.occasion_id == cast.a.owed.id))
    assert (row.went_well, row.rater_id) == ("Steady", phone.link.rater.id)
    page = desk.get(f"/held-feedback/{second.public_id}")
    desk.submit(page.main_forms[1], 303)
    assert make.all(select(Notice.id).where(Notice.done_at.is_(None), Notice.kind == NoticeKind.HELD_FEEDBACK)) == []
    desk.post(f"/held-feedback/{second.public_id}/take", {}, 303)
    assert make.one(select(Feedback.note).where(Feedback.occasion_id == cast.a.owed.id)) == ""
