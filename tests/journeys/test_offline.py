"""The form without signal: kept on the phone, sent once, whatever happens in between."""

from __future__ import annotations

from functools import wraps

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import func, select, update

from placement.models.feedback.link import HeldEntry
from placement.models.feedback.observation import Observation
from placement.models.programs.scale import SupportLevel
from placement.models.shifts.shift import Shift
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.journeys.offline import answer, enter, is_sound, nothing_waits, ready, send, sent, waits, without_signal
from tests.journeys.phone import Start, link, start
from tests.journeys.steps import h1, press
from tests.web.cards.phones import Link

__all__ = ["link", "start"]


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_filled_in_without_signal_and_sent_after_a_restart(start: Start, link: Link, cast: Cast, make: Make) -> None:
    context = start()
    enter(context, link)
    context.set_offline(True)
    page = context.new_page()
    page.goto("/card")
    expect(page.get_by_text("No connection at the moment")).to_be_visible()
    h1(page, "How did it go")
    expect(page.get_by_role("main")).to_contain_text("Noa")
    ready(page)
    answer(page, cast)
    is_sound(page)
    send(page)
    waits(page)
    is_sound(page)
    assert sent(make, cast) == 0

    context = start()
    page = context.new_page()
    page.goto("/card")
    expect(page.get_by_role("heading", name="Sent in the last days")).to_be_visible()
    nothing_waits(page)
    assert sent(make, cast) == 1


def test_what_is_being_written_is_there_again(start: Start, link: Link, cast: Cast, make: Make) -> None:
    context = start()
    page = enter(context, link)
    answer(page, cast, "After a hint")
    expect(page.get_by_text("Kept on this phone until you send it.")).to_be_visible()

    page = start().new_page()
    page.goto("/card")
    ready(page)
    expect(page.get_by_label("After a hint").first).to_be_checked()
    send(page)
    h1(page, "Thank you")
    assert sent(make, cast) == 1


def test_a_link_that_ends_in_between_still_delivers(
    start: Start, link: Link, cast: Cast, make: Make, clock: Clock
) -> None:
    context = start()
    enter(context, link).close()
    page = without_signal(context)
    answer(page, cast)
    send(page)
    waits(page)

    clock.advance(days=16)
    context.set_offline(False)
    h1(page, "This link no longer works|The card of the day")
    nothing_waits(page)
    assert sent(make, cast) == 1
    context.set_offline(True)
    page.goto("/card")
    expect(page.get_by_text("Nothing of a card is kept on this phone")).to_be_visible()
    expect(page.get_by_role("main")).not_to_contain_text("Noa")


def test_a_server_that_is_away_is_asked_again(
    start: Start, link: Link, cast: Cast, make: Make, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = start()
    page = enter(context, link)
    view = app.view_functions["cards.entries"]

    @wraps(view)
    def away() -> tuple[str, int, dict[str, str]]:
        return "away", 503, {"Retry-After": "60"}

    monkeypatch.setitem(app.view_functions, "cards.entries", away)
    answer(page, cast)
    send(page)
    waits(page)
    assert sent(make, cast) == 0
    monkeypatch.undo()
    context.clock.fast_forward(61_000)
    nothing_waits(page)
    assert sent(make, cast) == 1


def test_two_answers_to_one_shift_are_a_choice(start: Start, link: Link, cast: Cast, make: Make) -> None:
    context = start()
    enter(context, link).close()
    one, other = without_signal(context), without_signal(context)
    for page, words in ((one, "Alone"), (other, "After a hint")):
        answer(page, cast, words)
        send(page)
    expect(other.get_by_role("status", name="On this phone")).to_contain_text("2 answers are saved on this phone")
    context.set_offline(False)
    panel = other.get_by_role("status", name="On this phone")
    expect(panel).to_contain_text("There are two answers to this shift")
    expect(panel).to_contain_text("after a hint")
    expect(panel).to_contain_text("alone")
    is_sound(other)
    press(panel, "Send this one")
    nothing_waits(other)
    assert sent(make, cast) == 1
    mine = (Observation.occasion_id == cast.a.current.id, Observation.replaced_at.is_(None))
    level = select(SupportLevel.name).join(Observation, Observation.level_id == SupportLevel.id)
    assert make.one(level.where(*mine))["en"] == "after a hint"


def test_what_is_refused_waits_for_a_coordinator(start: Start, link: Link, cast: Cast, make: Make) -> None:
    context = start()
    enter(context, link).close()
    page = without_signal(context)
    answer(page, cast)
    send(page)
    waits(page)
    now = make.clock.now
    make.do(
        lambda session: session.execute(update(Shift).where(Shift.id == cast.a.current.id).values(cancelled_at=now))
    )
    context.set_offline(False)
    expect(page.get_by_text("It has arrived. Somebody of the program looks at it first.")).to_be_visible()
    assert make.one(select(func.count()).select_from(HeldEntry)) == 1
    press(page, "All right")
    nothing_waits(page)


def test_not_my_phone_leaves_nothing(start: Start, link: Link, cast: Cast, make: Make) -> None:
    context = start()
    page = enter(context, link)
    answer(page, cast)
    expect(page.get_by_text("Kept on this phone until you send it.")).to_be_visible()
    page.get_by_text("Something else").tap()
    press(page, "Not my phone")
    h1(page, "This phone is forgotten")
    context.set_offline(True)
    page.goto("/card")
    expect(page.get_by_text("Nothing of a card is kept on this phone")).to_be_visible()
    expect(page.get_by_role("main")).not_to_contain_text("Noa")
