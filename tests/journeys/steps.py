"""What several journeys do with a page."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect


def h1(page: Page, text: str) -> None:
    """The page says so in its first line."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(text))


def menu(page: Page, name: str) -> None:
    """Go somewhere by the main menu."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name=name, exact=True).locator(
        "visible=true"
    ).click()


def press(page: Page | Locator, name: str) -> None:
    """A button by its words."""
    page.get_by_role("button", name=name, exact=True).click()


def go(page: Page | Locator, name: str) -> None:
    """A link by its words."""
    page.get_by_role("link", name=name, exact=True).click()


def feedback_of(page: Page, name: str) -> Locator:
    """The first link that asks for feedback about somebody. What only screen readers hear stands after a space."""
    return page.get_by_role("main").get_by_role("link", name=re.compile(rf"Give feedback ?: {name}")).first


def account_menu(page: Page) -> Locator:
    """Open the menu behind one's name."""
    page.locator(".bar details.menu > summary").click()
    return page.locator(".bar details.menu .menu-box")


def fits(page: Page) -> None:
    """Nothing sticks out to the side."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"


def card(page: Page, heading: str) -> Locator:
    """A part of the page by its heading."""
    return page.locator("section.card").filter(has=page.get_by_role("heading", name=heading, exact=True))


def add_participant(page: Page, name: str, family: str, account: str | None = None) -> None:
    """A coordinator's record of somebody new who waits for a place and can work on weekdays."""
    menu(page, "People")
    page.get_by_role("link", name="Add a participant").first.click()
    page.get_by_label("Preferred name").fill(name)
    page.get_by_label("Family name").fill(family)
    page.locator("[name=status]").select_option("waiting")
    if account is not None:
        label = page.locator("[name=account] option").filter(has_text=account).inner_text()
        page.locator("[name=account]").select_option(label=label)
    press(page, "Add")
    h1(page, family)
    card(page, "When").get_by_role("link", name=re.compile("Edit")).click()
    h1(page, f"When can {name}")
    for day in range(5):
        page.locator(f"#week-{day}-all").check()
    press(page, "Save")
    h1(page, family)
    expect(page.locator("section.card").filter(has_text="Monday: whole day")).to_be_visible()


def tick(page: Page, side: str, name: str) -> None:
    """On the page of a new run: only this person or opening."""
    people = side == "people"
    page.get_by_label("Only the people I tick" if people else "Only the openings I tick").check()
    page.locator("summary", has_text=f"Tick some: {'People' if people else 'Openings'}").click()
    page.locator(f"input[name={side}]").locator("xpath=..").filter(has_text=name).click()


def answer_yes(page: Page, *share: str) -> None:
    """From the proposal: yes, tick what the shop may know, read what it will read, and say it."""
    go(page.get_by_role("main"), "Yes")
    h1(page, "What may the shop know about you")
    for words in share:
        page.locator("label.option").filter(has_text=words).click()
    press(page, "See what the shop will read")
    h1(page, "This is what the shop will read")
    press(page, "Yes, I would like to")


def say_yes(page: Page) -> None:
    """A participant's own answer to the proposal on their day; the shop may know their first name."""
    page.get_by_role("link", name="Look at it and answer").click()
    answer_yes(page, "My first name")
    h1(page, "You said yes")


def move_on(page: Page, words: str) -> None:
    """Record a move of the placement whose page is open."""
    go(page.get_by_role("main"), words)
    press(page, words)
    expect(page.get_by_role("heading", name="Who acts next")).to_be_visible()


def plan_shifts(page: Page, first: str, last: str, count: int) -> None:
    """From the placement's page: look at the plan, then make it."""
    page.get_by_role("main").get_by_role("link", name="Plan shifts", exact=True).click()
    page.get_by_label("From", exact=True).fill(first)
    page.get_by_label("Until (optional)", exact=True).fill(last)
    press(page, "Show what this changes")
    press(page, "Yes, plan it so")
    expect(page.get_by_role("status")).to_contain_text(str(count))


def main_action(page: Page) -> None:
    """The one button the page is about."""
    page.get_by_role("main").locator("button.btn-primary[type=submit]").click()
