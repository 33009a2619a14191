"""What else is told without signal, and what never takes the place of something else unasked."""

from __future__ import annotations

from datetime import timedelta
from functools import wraps

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from placement.domain.notices import NoticeKind
from placement.domain.shifts import Attendance
from placement.models.feedback.link import RaterLink
from placement.models.feedback.observation import Feedback
from placement.models.feedback.rater import Rater
from placement.models.notices.notice import Incident, Notice
from placement.models.shifts.occasion import Occasion
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.journeys.offline import answer, enter, is_sound, nothing_waits, ready, send, sent, waits, without_signal
from tests.journeys.phone import Start, link, start
from tests.journeys.steps import go, h1, press
from tests.web.cards.phones import Link, link_for

__all__ = ["link", "start"]

KEPT = "Kept on this phone until you send it."


def attendance(make: Make, cast: Cast) -> Attendance:
    found: Attendance = make.one(select(Occasion.attendance).where(Occasion.id == cast.a.current.id))
    return found


def did_not_come(page: Page) -> None:
    page.get_by_role("button", name="Did not come", exact=True).tap()


def test_worry_without_signal_arrives_once(start: Start, link: Link, make: Make) -> None:
    context = start()
    enter(context, link).close()
    page = without_signal(context)
    go(page.get_by_role("main"), "I’m worried")
    h1(page, "What worries you")
    ready(page)
    page.get_by_label("What worries you?").fill("Very quiet today")
    is_sound(page)
    press(page, "Tell the program")
    expect(page.get_by_text("If it can’t wait, please call.")).to_be_visible()
    is_sound(page)
    context.set_offline(False)
    nothing_waits(page)
    for again in range(2):
        page = start().new_page()
        page.goto("/card")
        ready(page)
        nothing_waits(page)
        assert make.all(select(Notice.text).where(Notice.kind == NoticeKind.WORRIED)) == ["Very quiet today"], again


def test_an_accident_without_signal_after_a_restart(start: Start, link: Link, make: Make) -> None:
    context = start()
    enter(context, link).close()
    page = without_signal(context)
    go(page.get_by_role("main"), "Accident")
    h1(page, "An accident")
    ready(page)
    expect(page.get_by_role("main")).to_contain_text("First help")
    expect(page.get_by_role("link", name="Emergency call: 112")).to_be_attached()
    press(page, "Write it down")
    expect(page.get_by_text("Please say in a few words what happened.")).to_be_visible()
    page.get_by_label("What happened?").fill("Slipped on the stairs")
    expect(page.get_by_text(KEPT)).to_be_visible()

    context = start()
    context.set_offline(True)
    page = context.new_page()
    page.goto("/card/accident")
    ready(page)
    expect(page.get_by_label("What happened?")).to_have_value("Slipped on the stairs")
    is_sound(page)
    press(page, "Write it down")
    waits(page)

    page = start().new_page()
    page.goto("/card")
    ready(page)
    nothing_waits(page)
    assert make.all(select(Incident.what)) == ["Slipped on the stairs"]


def test_the_pages_with_signal_use_the_same_queue(
    start: Start, link: Link, make: Make, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The signal goes, or the server does, while somebody is writing."""
    context = start()
    page = enter(context, link)
    go(page.get_by_role("main"), "I’m worried")
    ready(page)
    page.get_by_label("What worries you?").fill("Cried in the break")
    view = app.view_functions["cards.entries"]

    @wraps(view)
    def away() -> tuple[str, int, dict[str, str]]:
        return "away", 503, {"Retry-After": "60"}

    monkeypatch.setitem(app.view_functions, "cards.entries", away)
    press(page, "Tell the program")
    waits(page)
    monkeypatch.undo()
    context.clock.fast_forward(61_000)
    nothing_waits(page)
    go(page.get_by_role("main"), "Noa")
    ready(page)
    go(page.get_by_role("main"), "Accident")
    ready(page)
    page.get_by_label("What happened?").fill("Cut a finger")
    press(page, "Write it down")
    expect(page.get_by_text("It is written down. The program takes care of the rest.")).to_be_visible()
    assert make.all(select(Notice.text).where(Notice.kind == NoticeKind.WORRIED)) == ["Cried in the break"]
    assert make.all(select(Incident.what)) == ["Cut a finger"]


def test_a_colleague_without_signal_answers_in_their_own_name(start: Start, link: Link, cast: Cast, make: Make) -> None:
    context = start()
    enter(context, link).close()
    page = without_signal(context)
    answer(page, cast, "After a hint")
    expect(page.get_by_text(KEPT)).to_be_visible()
    page.get_by_text("Something else").tap()
    go(page.get_by_role("main"), "A colleague answers today")
    h1(page, "Who answers today")
    ready(page)
    is_sound(page)
    page.get_by_label("Your colleague’s name").fill("Kim Lee")
    press(page, "Go on")
    expect(page.get_by_text("Kim Lee answers this time.")).to_be_visible()
    ready(page)
    # Nothing of what Ana was writing.
    expect(page.locator("input[type=radio]:checked")).to_have_count(0)
    answer(page, cast)
    is_sound(page)
    send(page)
    waits(page)
    expect(page.get_by_role("status", name="On this phone")).to_contain_text("Kim Lee")
    context.set_offline(False)
    nothing_waits(page)
    name = select(Rater.name).join(Feedback, Feedback.rater_id == Rater.id)
    assert make.all(name.where(Feedback.occasion_id == cast.a.current.id)) == ["Kim Lee"]
    # What Ana was writing is still hers.
    page.goto(f"/card?shift={make.one(select(Occasion.public_id).where(Occasion.id == cast.a.current.id))}")
    ready(page)
    expect(page.get_by_label("After a hint").first).to_be_checked()


def test_did_not_come_asks_before_it_replaces_answers_that_wait(
    start: Start, link: Link, cast: Cast, make: Make
) -> None:
    context = start()
    enter(context, link).close()
    page = without_signal(context)
    answer(page, cast)
    send(page)
    waits(page)
    press(page, "Look or change")
    ready(page)
    did_not_come(page)
    asked = page.get_by_role("alertdialog")
    expect(asked).to_contain_text("alone")
    is_sound(page)
    press(asked, "No, go back")
    expect(asked).to_have_count(0)
    did_not_come(page)
    press(asked, "Yes, replace it")
    waits(page)
    # And back: answers ask before they replace it.
    press(page, "Look or change")
    ready(page)
    answer(page, cast, "After a hint")
    send(page)
    expect(asked).to_contain_text("“Did not come” waits here to be sent")
    press(asked, "Yes, replace it")
    waits(page)
    context.set_offline(False)
    nothing_waits(page)
    assert sent(make, cast) == 1
    assert attendance(make, cast) is not Attendance.ABSENT


def test_did_not_come_asks_before_it_drops_what_is_written(start: Start, link: Link, cast: Cast, make: Make) -> None:
    page = enter(start(), link)
    answer(page, cast)
    did_not_come(page)
    press(page.get_by_role("alertdialog"), "Yes, replace it")
    h1(page, "Thank you")
    assert attendance(make, cast) is Attendance.ABSENT


def test_without_signal_nothing_replaces_unasked_what_was_sent(
    start: Start, link: Link, cast: Cast, make: Make
) -> None:
    context = start()
    page = enter(context, link)
    answer(page, cast)
    send(page)
    h1(page, "Thank you")
    go(page, "Change it")
    ready(page)
    context.set_offline(True)
    page.get_by_role("link", name="Did not come", exact=True).tap()
    ready(page)
    did_not_come(page)
    asked = page.get_by_role("alertdialog")
    expect(asked).to_contain_text("You have sent something about this shift before")
    press(asked, "No, go back")
    context.set_offline(False)
    page.goto("/card")
    nothing_waits(page)
    assert attendance(make, cast) is not Attendance.ABSENT


def test_what_one_card_wrote_is_not_filled_into_another(start: Start, link: Link, cast: Cast, make: Make) -> None:
    context = start()
    page = enter(context, link)
    answer(page, cast)
    expect(page.get_by_text(KEPT)).to_be_visible()
    page = enter(context, link_for(make, cast.a.placement, name="Pia", email=""))
    expect(page.locator("input[type=radio]:checked")).to_have_count(0)
    expect(page.get_by_text(KEPT)).to_have_count(0)
    page = enter(context, link)
    expect(page.get_by_label("Alone").first).to_be_checked()


def test_expired_and_renewed_meanwhile_the_entry_is_sent_once(
    start: Start, link: Link, cast: Cast, make: Make, clock: Clock
) -> None:
    soon = clock.now + timedelta(hours=1)
    make.do(lambda session: setattr(session.get_one(RaterLink, link.row.id), "expires_at", soon))
    context = start()
    enter(context, link).close()
    page = without_signal(context)
    answer(page, cast)
    send(page)
    waits(page)
    clock.advance(hours=2)
    context = start()
    page = context.new_page()
    page.goto("/card")
    h1(page, "This link no longer works")
    nothing_waits(page)
    assert sent(make, cast) == 1
    press(page, "Send me a new one")
    expect(page.get_by_role("status").first).to_contain_text("a link is on its way")
    page.goto(link.path)
    press(page, "Open the card on this phone")
    nothing_waits(page)
    assert sent(make, cast) == 1


@pytest.mark.parametrize("path", ["/card/worried", "/card/accident", "/card/colleague"])
def test_a_server_that_is_away_leads_to_what_the_phone_keeps(
    start: Start, link: Link, app: Flask, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    context = start()
    page = enter(context, link)
    name = f"cards.{path.rsplit('/', 1)[1]}"

    @wraps(app.view_functions[name])
    def away() -> tuple[str, int]:
        return "away", 503

    monkeypatch.setitem(app.view_functions, name, away)
    page.goto(path)
    ready(page)
    expect(page.get_by_role("main")).to_contain_text("Noa")
