"""A phone in a shop, with and without signal."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import func, select

from placement.models.feedback.observation import Feedback
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.journeys.steps import fits, h1, press
from tests.sweep.looks import AXE
from tests.web.cards.phones import Link

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def enter(context: BrowserContext, link: Link) -> Page:
    """The first visit, until the phone can do without signal."""
    page = context.new_page()
    page.goto(link.path)
    press(page, "Open the card on this phone")
    h1(page, "How did it go")
    ready(page)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    kept(page)
    return page


def ready(page: Page) -> None:
    """The form is kept from here on."""
    expect(page.locator("form[data-ready]")).to_be_attached()


def kept(page: Page) -> None:
    """The card lies on the phone."""
    page.wait_for_function(
        """() => new Promise((done) => {
            const asked = indexedDB.open('placement-card');
            asked.onsuccess = () => {
                const got = asked.result.transaction('card').objectStore('card').get('now');
                got.onsuccess = () => { asked.result.close(); done(Boolean(got.result)); };
            };
        })"""
    )


def answer(page: Page, cast: Cast, words: str = "Alone") -> None:
    """The first task."""
    task = cast.a.catalog.tasks[0].name["en"]
    page.get_by_role("group", name=task).locator("label").filter(has_text=words).tap()


def send(page: Page) -> None:
    page.get_by_role("button", name="Send", exact=True).tap()


def sent(make: Make, cast: Cast) -> int:
    mine = Feedback.occasion_id == cast.a.current.id
    return int(make.one(select(func.count()).select_from(Feedback).where(mine)))


def waits(page: Page) -> None:
    expect(page.get_by_role("status", name="On this phone")).to_contain_text("Saved on this phone")


def nothing_waits(page: Page) -> None:
    expect(page.get_by_role("status", name="On this phone")).to_be_hidden()


def is_sound(page: Page) -> None:
    """Nothing sticks out, and axe finds nothing, in light and in dark."""
    fits(page)
    page.evaluate(AXE)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate(
            "async (rules) => (await axe.run({ runOnly: rules })).violations.map((one) => one.id)", WCAG
        )
        assert not found, (page.url, scheme, found)


def without_signal(context: BrowserContext) -> Page:
    """The card opened in a new tab, with nothing to reach."""
    context.set_offline(True)
    page = context.new_page()
    page.goto("/card")
    ready(page)
    return page
