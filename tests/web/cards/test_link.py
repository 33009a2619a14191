"""Links for people without an account: one test for each rule."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from placement.app import create_app
from placement.domain.jobs import JobKind
from placement.domain.tokens import link_token, rater_link_token, token_hash
from placement.models.feedback.link import RaterDevice, RaterLink
from placement.models.feedback.rater import Rater
from placement.models.system.job import Job
from placement.models.system.log import Audit
from placement.usecases.cards.raters import end_link, renew_link
from placement.web.cards.phone import forget, remember
from tests.application import ClientFor, settings_for
from tests.client import Visitor
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.cards.phones import COOKIE, HEADERS, Phone, last_end, link_for, shift_id


def test_only_the_hash_of_a_token_is_stored(cast: Cast, make: Make) -> None:
    link = link_for(make, cast.a.placement)
    row = make.one(select(RaterLink).where(RaterLink.id == link.row.id))
    assert row.token_hash == token_hash(link.token)
    assert link.token not in str(vars(row))


def test_a_token_can_be_made_again_and_belongs_to_its_context(make: Make) -> None:
    key = make.work.link_key
    assert rater_link_token(key, 7, 1) == rater_link_token(key, 7, 1)
    assert len({rater_link_token(key, 7, 1), rater_link_token(key, 7, 2), rater_link_token(key, 8, 1)}) == 3
    assert rater_link_token(key, 7, 1) != link_token(key, 7, 1)


def test_looking_at_a_link_uses_nothing_up(app: Flask, cast: Cast, make: Make) -> None:
    """Mail scanners fetch links, again and again, before anybody opens them."""
    link = link_for(make, cast.a.placement)
    scanner = Visitor(app)
    for _ in range(3):
        page = scanner.get(link.path)
        assert "Noa" not in page.text
        scanner.http.head(link.path)
    assert make.one(select(func.count()).select_from(RaterDevice)) == 0
    assert not scanner.http.get_cookie(COOKIE)
    assert "Noa" in Phone(app, link).get("/card").words


def test_the_button_swaps_the_link_for_a_cookie_and_leads_to_an_address_without_it(
    app: Flask, cast: Cast, make: Make, clock: Clock
) -> None:
    link = link_for(make, cast.a.placement)
    visitor = Visitor(app)
    done = visitor.submit(link.path, 303)
    assert done.location == "/card"
    cookie = next(one for one in done.headers.getlist("Set-Cookie") if one.startswith(COOKIE))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert f"Max-Age={30 * 24 * 3600}" in cookie
    assert link.token not in cookie
    device = make.one(select(RaterDevice))
    assert device.expires_at == clock.now + timedelta(days=30)
    stored = visitor.http.get_cookie(COOKIE)
    assert stored is not None
    assert device.token_hash == token_hash(stored.value)


def test_in_production_the_cookie_is_bound_to_our_host() -> None:
    keys = dict.fromkeys(("SECRET_KEY", "LINK_KEY", "SEAL_KEY", "DATA_KEY"), "k" * 40)
    production = {"PLACEMENT_MODE": "production", "BASE_URL": "https://placement.example.org", **keys}
    app = create_app(settings_for("sqlite://", None, **production))
    with app.test_request_context(base_url="https://placement.example.org"):
        for response in (remember(app.make_response(""), "secret"), forget(app.make_response(""))):
            cookie = response.headers["Set-Cookie"]
            assert cookie.startswith("__Host-placement-card=")
            assert "Path=/" in cookie
            assert "Domain" not in cookie
            assert all(flag in cookie for flag in ("Secure", "HttpOnly", "SameSite=Lax"))


@pytest.mark.parametrize("path", ["/card", "/card/sent", "/card/worried", "/card/accident", "/card/colleague"])
def test_without_a_phone_that_was_let_in_nothing_opens(app: Flask, cast: Cast, make: Make, path: str) -> None:
    for cookie in ("", "made-up", link_for(make, cast.a.placement).token):
        visitor = Visitor(app)
        if cookie:
            visitor.http.set_cookie(COOKIE, cookie)
        assert visitor.get(path, 303).location == "/card/closed"
        assert visitor.http.get("/card/data", headers=HEADERS).status_code == 401


def test_a_foreign_link_opens_the_foreign_card_alone(app: Flask, cast: Cast, make: Make) -> None:
    """Whatever shift it asks for: the card shows its own placement."""
    phone = Phone(app, link_for(make, cast.b.placement))
    foreign = shift_id(make, cast.a.owed)
    page = phone.get(f"/card?shift={foreign}")
    assert "Ben" in page.words
    assert "Noa" not in page.text
    assert foreign not in phone.data().get_data(as_text=True)


def test_an_unknown_link_an_expired_one_and_one_that_was_ended_look_the_same(
    app: Flask, cast: Cast, make: Make, clock: Clock
) -> None:
    ended = link_for(make, cast.a.placement, name="Eve", revoked_at=clock.now)
    expired = link_for(make, cast.a.placement, name="Ida", expires_at=clock.now)
    texts = set()
    for path in (ended.path, expired.path, "/card/open/AAAA"):
        visitor = Visitor(app)
        texts.add(visitor.get(path, 404).words)
        assert visitor.post(path, {}, 404).words in texts
    assert len(texts) == 1


def test_a_link_lasts_two_weeks(app: Flask, cast: Cast, make: Make, clock: Clock) -> None:
    link = link_for(make, cast.a.placement)
    phone = Phone(app, link)
    clock.advance(days=9)
    phone.get("/card")
    clock.advance(days=5)
    assert phone.get("/card", 303).location == "/card/closed"
    Visitor(app).get(link.path, 404)


def test_it_ends_a_week_after_the_last_shift_whatever_is_written_down(
    app: Flask, cast: Cast, make: Make, clock: Clock
) -> None:
    link = link_for(make, cast.a.placement, expires_at=clock.now + timedelta(days=100))
    last = last_end(make, cast.a.placement)
    clock.set(last + timedelta(days=7) - timedelta(minutes=1))
    Visitor(app).get(link.path)
    clock.set(last + timedelta(days=7))
    Visitor(app).get(link.path, 404)


def test_a_raised_generation_ends_links_and_phones(app: Flask, cast: Cast, make: Make) -> None:
    link = link_for(make, cast.a.placement)
    phone = Phone(app, link)

    def raise_generation(session: object) -> None:
        row = session.get_one(RaterLink, link.row.id)  # type: ignore[attr-defined]
        row.generation += 1
        row.token_hash = token_hash(rater_link_token(make.work.link_key, row.id, row.generation))

    make.do(raise_generation)
    assert phone.get("/card", 303).location == "/card/closed"
    assert phone.data().status_code == 410
    Visitor(app).get(link.path, 404)


def test_not_my_phone_forgets_it(app: Flask, cast: Cast, make: Make) -> None:
    link = link_for(make, cast.a.placement)
    phone = Phone(app, link)
    stored = phone.http.get_cookie(COOKIE)
    assert stored is not None
    phone.get("/card")
    phone.post("/card/forget", {}, 303)
    assert phone.http.get_cookie(COOKIE) is None
    phone.http.set_cookie(COOKIE, stored.value)
    assert phone.data().status_code == 401
    Visitor(app).get(link.path)


def test_the_card_holds_a_first_name_and_nothing_more_of_the_person(app: Flask, cast: Cast, make: Make) -> None:
    person = cast.a.participant
    make.feedback(cast.a.owed, cast.a.rater, {cast.a.catalog.tasks[0]: 6}, cast.a.catalog, went_well="Old words")
    phone = Phone(app, link_for(make, cast.a.placement))
    for text in (phone.get("/card").text, phone.data().get_data(as_text=True)):
        assert person.preferred_name in text
        for secret in (person.family_name, "Old words", cast.accounts.therapist.name, person.public_id):
            assert secret not in text


def test_nobody_else_hears_of_the_address(app: Flask, cast: Cast, make: Make) -> None:
    link = link_for(make, cast.a.placement)
    for path in (link.path, "/card/open/AAAA", "/card/closed"):
        headers = Visitor(app).get(path, None).headers
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in headers["Cache-Control"]


def test_logs_name_the_page_and_never_the_token(
    app: Flask, cast: Cast, make: Make, caplog: pytest.LogCaptureFixture
) -> None:
    link = link_for(make, cast.a.placement)
    app.testing = False
    app.logger.propagate = True
    with caplog.at_level(logging.DEBUG):
        app.test_client().get(link.path)
        app.test_client().get("/card/open/AAAAtoken")
    lines = [f"{record.getMessage()} {vars(record)}" for record in caplog.records]
    assert any("cards.landing" in line for line in lines)
    assert not any(link.token in line or "AAAAtoken" in line for line in lines)


def test_a_new_one_goes_to_the_known_address_with_the_same_answer_for_everybody(
    app: Flask, cast: Cast, make: Make, clock: Clock
) -> None:
    expired = link_for(make, cast.a.placement, expires_at=clock.now)
    no_address = link_for(make, cast.a.placement, name="Bo", email="", expires_at=clock.now)
    ended = link_for(make, cast.a.placement, name="Cy", revoked_at=clock.now)
    answers = set()
    for path in (expired.path, no_address.path, ended.path, "/card/open/AAAA"):
        visitor = Visitor(app)
        done = visitor.submit(visitor.get(path, 404).main_forms[0], 303)
        answers.add((done.location, visitor.follow(done).words))
    assert len(answers) == 1
    jobs = make.all(select(Job).where(Job.kind == JobKind.MAIL_FEEDBACK_LINK))
    assert [job.refs for job in jobs] == [{"link": expired.row.id}]
    Visitor(app).get(expired.path)


def test_a_replaced_link_says_so_and_brings_the_new_one(app: Flask, cast: Cast, make: Make) -> None:
    """Also to a phone that never opened it; one that was ended for good brings nothing, with the same answer."""
    old, ended = link_for(make, cast.a.placement), link_for(make, cast.a.placement, name="Cy")
    row = select(RaterLink.public_id)
    coordinator = make.actor(cast.accounts.coordinator)
    renew_link(make.work, coordinator, make.one(row.where(RaterLink.id == old.row.id)))
    end_link(make.work, coordinator, make.one(row.where(RaterLink.id == ended.row.id)))
    answers = set()
    for path in (ended.path, old.path):
        visitor = Visitor(app)
        page = visitor.get(path, 404)
        assert "when the program ends them or makes new ones" in page.words
        done = visitor.submit(page.main_forms[0], 303)
        answers.add((page.words, done.location, visitor.follow(done).words))
    assert len(answers) == 1
    jobs = make.all(select(Job).where(Job.kind == JobKind.MAIL_FEEDBACK_LINK))
    assert [job.refs for job in jobs] == [{"link": old.row.id}]


def test_it_floods_nobody(app: Flask, cast: Cast, make: Make, clock: Clock) -> None:
    link = link_for(make, cast.a.placement, expires_at=clock.now)
    count = select(func.count()).select_from(Job).where(Job.kind == JobKind.MAIL_FEEDBACK_LINK)
    visitor = Visitor(app)
    visitor.get(link.path, 404)
    for _ in range(50):
        visitor.post("/card/new-link", {"token": link.token}, 303)
    assert make.one(count) == 1
    clock.advance(minutes=20)
    visitor.post("/card/new-link", {"token": link.token}, 303)
    assert make.one(count) == 2


def test_who_looked_is_written_down(app: Flask, cast: Cast, make: Make) -> None:
    """Once for each answer that says something about the person, also to a phone that fetches it without a page."""
    phone, owed = Phone(app, link_for(make, cast.a.placement)), shift_id(make, cast.a.owed)
    phone.deliver({"shift": owed, "key": "abcdefgh-1", "attendance": "here", "went_well": "Calm"})
    for number, path in enumerate(("/card", "/card/data", f"/card/sent?shift={owed}",
                                   f"/card/did-not-come?shift={owed}"), 1):  # fmt: skip
        assert phone.http.get(path, headers=HEADERS).status_code == 200, path
        rows = make.all(select(Audit).where(Audit.action == "card.read").order_by(Audit.id))
        assert len(rows) == number, path
        assert rows[-1].subject_id == cast.a.participant.id
        assert rows[-1].account_id is None
        assert rows[-1].detail["device_id"] == make.one(select(RaterDevice.id))


def test_a_phone_opens_the_card_and_nothing_else(app: Flask, cast: Cast, make: Make) -> None:
    """To every other page it is somebody who has not signed in, whatever is asked for."""
    phone, stranger = Phone(app, link_for(make, cast.a.placement)), Visitor(app)
    person, place = cast.a.participant.public_id, cast.a.placement.public_id
    shift, feedback = shift_id(make, cast.a.owed), cast.a.feedback.public_id
    for path in (
        "/day", "/shifts", "/participants", f"/participants/{person}", f"/participants/{person}/progress",
        f"/placements/{place}", f"/placements/{place}/raters", f"/shifts/{shift}", f"/words/{feedback}", "/feedback",
        "/notices", "/incidents", "/account",
    ):  # fmt: skip
        answers = [one.http.get(path) for one in (phone, stranger)]
        assert answers[0].status_code == answers[1].status_code, path
        assert answers[0].location == answers[1].location, path
        assert answers[0].status_code in (302, 303, 404, 405), path
        assert "Noa" not in answers[0].get_data(as_text=True)


def test_a_printed_code_in_use_stays_valid(app: Flask, client_for: ClientFor, cast: Cast, make: Make) -> None:
    """Shown again it is the same code, and every answer lets the paper on the wall open for two weeks more."""
    link, begin = link_for(make, cast.a.placement, email=""), make.clock.now
    shifts = [make.shift(cast.a.placement, make.day(12 * turn)) for turn in range(1, 5)]
    desk, code = client_for(cast.accounts.coordinator), f"/rater-links/{link.row.public_id}"
    desk.get(f"/placements/{cast.a.placement.public_id}/raters")
    for _ in range(2):
        desk.post(f"{code}/code", {}, 303)
        row = make.one(select(RaterLink).where(RaterLink.id == link.row.id))
        assert row.token_hash == token_hash(link.token)
    for turn, shift in enumerate(shifts[:3]):
        make.clock.advance(days=12)
        reader = Phone(app, link)
        said = {"shift": shift_id(make, shift), "key": f"abcdefgh-{turn}", "attendance": "here"}
        assert reader.deliver(said).get_json() == {"saved": said["key"]}
    assert make.clock.now - begin == timedelta(days=36)


def test_two_weeks_begin_again_with_each_feedback(app: Flask, cast: Cast, make: Make, clock: Clock) -> None:
    link = link_for(make, cast.a.placement, expires_at=clock.now + timedelta(days=1))
    phone = Phone(app, link)
    sent = phone.deliver({"shift": shift_id(make, cast.a.owed), "key": "abcdefgh-1", "attendance": "here"})
    assert sent.status_code == 200
    until = make.one(select(RaterLink.expires_at).where(RaterLink.id == link.row.id))
    assert until == min(clock.now + timedelta(days=14), last_end(make, cast.a.placement) + timedelta(days=7))


def test_somebody_who_is_signed_in_needs_a_link_all_the_same(client_for: ClientFor, cast: Cast) -> None:
    assert client_for(cast.accounts.coordinator).get("/card", 303).location == "/card/closed"


def test_a_rater_who_left_gets_in_no_more(app: Flask, cast: Cast, make: Make, clock: Clock) -> None:
    link = link_for(make, cast.a.placement)
    phone = Phone(app, link)
    make.do(lambda session: setattr(session.get_one(Rater, link.rater.id), "archived_at", clock.now))
    assert phone.get("/card", 303).location == "/card/closed"
    Visitor(app).get(link.path, 404)
