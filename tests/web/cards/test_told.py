"""Worry, accidents and colleagues from a phone's queue: once, in the right name, never lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from placement.domain.feedback_links import MOST_COLLEAGUES, HeldReason
from placement.domain.notices import NoticeKind
from placement.models.feedback.link import HeldEntry, RaterLink
from placement.models.feedback.observation import Feedback
from placement.models.feedback.rater import Rater
from placement.models.notices.notice import Incident, Notice
from placement.models.programs.program import HelpContact
from tests.application import ClientFor
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.cards.phones import Phone, entry, link_for, shift_id


@pytest.fixture
def phone(app: Flask, cast: Cast, make: Make) -> Phone:
    return Phone(app, link_for(make, cast.a.placement))


@pytest.fixture
def owed(cast: Cast, make: Make) -> str:
    return shift_id(make, cast.a.owed)


def worry(key: str = "worry-key-1", **values: Any) -> dict[str, Any]:
    return {"kind": "worried", "key": key, "text": "Very tired today", **values}


def accident(key: str = "accident-key-1", **values: Any) -> dict[str, Any]:
    return {"kind": "accident", "key": key, "what": "Cut a finger", "injury": "left hand", **values}


def at(clock: Clock) -> dict[str, str]:
    """A moment ago, as the shop's clock shows it."""
    return {"day": f"{clock.now:%Y-%m-%d}", "time": "06:30"}


def worries(make: Make) -> list[Notice]:
    return make.all(select(Notice).where(Notice.kind == NoticeKind.WORRIED))


def incidents(make: Make) -> list[Incident]:
    return make.all(select(Incident).order_by(Incident.id))


def held(make: Make) -> list[HeldEntry]:
    return make.all(select(HeldEntry).order_by(HeldEntry.id))


def test_worry_is_told_once(phone: Phone, make: Make, clock: Clock, owed: str) -> None:
    for _ in range(3):
        done = phone.deliver(worry(shift=owed))
        assert (done.status_code, done.get_json()) == (200, {"saved": "worry-key-1"})
    # Hours later, when the same words are news again, the same key still is not.
    clock.advance(hours=5)
    assert phone.deliver(worry(shift=owed)).status_code == 200
    (notice,) = worries(make)
    assert (notice.text, notice.rater_id) == ("Very tired today", phone.link.rater.id)
    assert notice.occasion_id is not None


def test_an_accident_is_written_down_once(phone: Phone, make: Make, clock: Clock) -> None:
    body = accident(**at(clock))
    for _ in range(3):
        assert phone.deliver(body).status_code == 200
    (row,) = incidents(make)
    assert (row.what, row.injury, row.rater_id) == ("Cut a finger", "left hand", phone.link.rater.id)
    assert row.report_due_on == clock.now.date() + timedelta(days=3)


def test_the_same_key_with_other_words_is_nothing_of_ours(phone: Phone, make: Make, clock: Clock) -> None:
    assert phone.deliver(worry()).status_code == 200
    assert phone.deliver(worry(text="Something else")).status_code == 400
    assert len(worries(make)) == 1


def test_begun_before_the_link_expired_it_is_taken(phone: Phone, make: Make, clock: Clock) -> None:
    begun, when = clock.now.isoformat(), at(clock)
    clock.advance(days=20)
    assert phone.deliver(worry(began_at=begun)).status_code == 200
    assert phone.deliver(accident(began_at=begun, **when)).status_code == 200
    assert (len(worries(make)), len(incidents(make)), held(make)) == (1, 1, [])


def test_from_an_ended_link_it_waits_until_somebody_takes_it(
    phone: Phone, client_for: ClientFor, cast: Cast, make: Make, clock: Clock
) -> None:
    make.do(lambda session: setattr(session.get_one(RaterLink, phone.link.row.id), "revoked_at", clock.now))
    began = clock.now.isoformat()
    for _ in range(2):
        assert phone.deliver(worry(began_at=began)).status_code == 202
        assert phone.deliver(accident(began_at=began, **at(clock))).status_code == 202
    assert (worries(make), incidents(make)) == ([], [])
    assert [row.reason for row in held(make)] == [HeldReason.LINK_ENDED.value] * 2
    desk = client_for(cast.accounts.coordinator)
    for row, words in zip(held(make), ("Very tired today", "Cut a finger"), strict=True):
        page = desk.get(f"/held-feedback/{row.public_id}")
        assert words in page.words
        desk.submit(page.main_forms[0], 303)
    (notice,), (incident,) = worries(make), incidents(make)
    assert {notice.rater_id, incident.rater_id} == {phone.link.rater.id}
    assert make.all(select(Notice.id).where(Notice.done_at.is_(None), Notice.kind == NoticeKind.HELD_FEEDBACK)) == []


def test_what_no_report_can_say_waits(phone: Phone, make: Make, clock: Clock) -> None:
    tomorrow = f"{clock.now + timedelta(days=1):%Y-%m-%d}"
    assert phone.deliver(accident("accident-key-2", day=tomorrow, time="09:00")).status_code == 202
    assert phone.deliver(accident("accident-key-3", **at(clock), told="x" * 5000)).status_code == 202
    assert phone.deliver(worry("worry-key-2", text="x" * 5000)).status_code == 202
    assert [row.reason for row in held(make)] == [HeldReason.REFUSED.value] * 3


@pytest.mark.parametrize(
    "body",
    [
        accident(), accident(day="2026-02-30", time="09:00"), accident(day="2026-02-03", time="25:00"),
        accident(day="0001-01-01", time="00:00"), accident(day="2026-02-03", time="09:00+09:00"),
        accident(day=[], time={}), worry(text=3), worry(key="short"), worry(shift="x" * 99), worry(key=None),
    ],
)  # fmt: skip
def test_odd_reports_get_a_clear_answer(phone: Phone, body: dict[str, Any]) -> None:
    assert phone.deliver(body).status_code == 400


def test_a_colleague_by_name_answers_in_their_own_name(
    phone: Phone, cast: Cast, make: Make, clock: Clock, owed: str
) -> None:
    assert phone.deliver(entry(owed, "own-answer-1", attendance="here", went_well="Mine")).status_code == 200
    body = entry(owed, "colleague-1", seen=0, went_well="Theirs", by_name="  Kim   Lee ")
    for _ in range(2):
        assert phone.deliver(body).status_code == 200
    said = (
        select(Rater.name + ": " + Feedback.went_well).select_from(Feedback).join(Rater, Rater.id == Feedback.rater_id)
    )
    rows = make.all(said.where(Feedback.occasion_id == cast.a.owed.id).order_by(Feedback.id))
    assert rows == ["Ana: Mine", "Kim Lee: Theirs"]
    assert len(make.all(select(Notice.id).where(Notice.kind == NoticeKind.COLLEAGUE))) == 1


def test_two_answers_of_a_colleague_show_the_colleagues(phone: Phone, make: Make, owed: str) -> None:
    """Not the one of the link's own rater."""
    phone.deliver(entry(owed, "own-answer-1", went_well="Mine"))
    phone.deliver(entry(owed, "colleague-1", seen=0, went_well="Theirs", by_name="Kim Lee"))
    public_id = make.one(select(Rater.public_id).where(Rater.name == "Kim Lee"))
    for key, who in (("colleague-2", {"by_name": "Kim Lee"}), ("colleague-3", {"by": public_id})):
        done = phone.deliver(entry(owed, key, seen=0, went_well="Again", **who))
        assert done.status_code == 409
        said = done.get_json()
        assert (said["mine"]["went_well"], said["stored"]["went_well"]) == ("Again", "Theirs")
        again = {**said["mine"], "key": f"{key}-again", "seen": said["stored"]["seen"], "went_well": "Theirs"}
        assert phone.deliver(again).status_code == 200
    assert make.all(select(Feedback.went_well).order_by(Feedback.id))[-2:] == ["Mine", "Theirs"]


def test_more_colleagues_than_a_card_has_room_for_wait(phone: Phone, make: Make, owed: str) -> None:
    for count in range(MOST_COLLEAGUES + 1):
        done = phone.deliver(entry(owed, f"colleague-{count}", seen=0, went_well="Good", by_name=f"Nr {count}"))
        assert done.status_code == (200 if count < MOST_COLLEAGUES else 202)
    (row,) = held(make)
    assert (row.reason, row.body["by_name"]) == (HeldReason.REFUSED.value, f"Nr {MOST_COLLEAGUES}")


def test_an_entry_of_another_card_is_not_taken_in_this_raters_name(
    app: Flask, phone: Phone, cast: Cast, make: Make, owed: str
) -> None:
    """Somebody opened their own link on a phone on which a colleague's answer still waited."""
    other = Phone(app, link_for(make, cast.a.placement, name="Pia", email=""))
    body = entry(owed, "waiting-key-1", seen=0, went_well="By Ana", card=phone.data().get_json()["card"])
    done = other.deliver(body)
    assert (done.status_code, done.get_json()) == (401, {"error": "another card"})
    assert make.one(select(func.count()).select_from(Feedback).where(Feedback.went_well == "By Ana")) == 0
    assert phone.deliver(body).status_code == 200


def test_help_from_the_card_names_the_program_and_nobody_else(phone: Phone, cast: Cast, make: Make) -> None:
    make.add(
        HelpContact(program_id=cast.a.program.id, position=1, label={"en": "Our clinic"}, phone="030 5550 77", hours="")
    )
    page = phone.get("/card")
    assert 'href="/card/help-now"' in page.text
    words = phone.get("/card/help-now").words
    assert "112" in words
    assert "030 5550 77" in words
    for secret in ("Noa", "Our clinic", "therap"):
        assert secret not in words


def test_help_without_a_card_is_the_general_page(client_for: ClientFor) -> None:
    assert client_for().get("/card/help-now", 302).headers["Location"] == "/help-now"
