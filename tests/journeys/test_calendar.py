"""A participant taps that they are there, and puts their shifts into their own calendar."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.factories.cast import Cast
from tests.journeys.conftest import Visit
from tests.journeys.steps import fits, h1


def test_here_and_leaving_and_the_own_calendar(visit: Visit, cast: Cast) -> None:
    page = visit(cast.accounts.noa, phone=True)
    page.goto("/day")
    page.get_by_role("button", name="I’m here").tap()
    expect(page.get_by_role("main")).to_contain_text("that you are here")
    page.get_by_role("button", name="I’m leaving").tap()
    expect(page.get_by_role("main")).to_contain_text("You said that you were there from")
    fits(page)
    page.get_by_role("button", name="Take it back").tap()
    expect(page.get_by_role("button", name="I’m leaving")).to_be_visible()
    page.goto("/me")
    page.get_by_role("link", name="My shifts in my calendar").tap()
    h1(page, "Your shifts in your own calendar")
    page.get_by_role("button", name="Make an address").tap()
    address = page.get_by_label("Secret address")
    expect(address).to_have_value(re.compile(r"/calendar/[\w-]{40,}\.ics$"))
    fits(page)
    secret = re.sub(r"^https?://[^/]+", "", address.input_value())
    # A calendar program knows nothing but the address.
    stranger = visit()
    answer = stranger.request.get(secret)
    assert answer.headers["content-type"].startswith("text/calendar")
    assert "BEGIN:VTIMEZONE" in answer.text()
    page.get_by_role("link", name="End this address").tap()
    page.get_by_role("button", name="End the address").tap()
    expect(page.get_by_role("main")).to_contain_text("Make an address")
    assert stranger.request.get(secret).status == 404
