"""What a journey needs: the application on a port, and people in front of browsers who sign in as people do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.factories.make import PASSWORD
from tests.live import serving

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}

Visit = Callable[..., Page]


@pytest.fixture(scope="session", params=["sqlite"])
def backend(request: pytest.FixtureRequest) -> str:
    """A journey is about pages: SQLite will do. The one about the whole loop asks for both."""
    return str(request.param)


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the application answers."""
    with serving(app) as where:
        yield where


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """``visit(account)``: somebody signed in on a desk, ``visit(account, phone=True)`` on a phone, ``visit()`` signed
    out. Whatever a page complains about in its console fails the journey."""
    contexts: list[BrowserContext] = []
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        # Pages that refuse (404, 409, 422) are named in the console, too: journeys look at those themselves.
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            said.append(message.text)

    def open_page(account: Any = None, phone: bool = False) -> Page:
        context = browser.new_context(
            viewport=PHONE if phone else DESK,  # type: ignore[arg-type]
            has_touch=phone, locale="en-US", base_url=address, reduced_motion="reduce",
        )  # fmt: skip
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", hear)
        page.on("pageerror", lambda error: said.append(str(error)))
        if account is not None:
            sign_in(page, account.email)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not said, said


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Through the form, as everybody does."""
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).not_to_have_url("/sign-in")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
