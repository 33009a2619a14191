"""A participant on a phone: a proposal, the next shift, how it goes, help."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.factories.cast import Cast
from tests.journeys.conftest import Visit
from tests.journeys.steps import account_menu, answer_yes, card, fits, go, h1, menu, press


def test_answers_a_proposal(visit: Visit, cast: Cast) -> None:
    page = visit(cast.accounts.kim, phone=True)
    page.get_by_role("link", name="Look at it and answer").tap()
    h1(page, "Would you like to work at Corner Grocery")
    fits(page)
    answer_yes(page)
    h1(page, "You said yes")
    expect(page.get_by_role("main")).to_contain_text("Your program asks Corner Grocery.")
    go(page, "To the start page")
    expect(page.get_by_role("link", name="Look at it and answer")).to_have_count(0)


def test_looks_around(visit: Visit, cast: Cast) -> None:
    page = visit(cast.accounts.noa, phone=True)
    fits(page)
    expect(card(page, "Your shift")).to_contain_text("Market Street")
    menu(page, "Progress")
    expect(page.get_by_role("main")).to_contain_text(cast.a.catalog.tasks[0].name["en"])
    expect(page.get_by_role("main")).to_contain_text("Friendly with everybody.")
    fits(page)
    page.get_by_role("link", name="I need help now").tap()
    h1(page, "help")
    fits(page)

    press(account_menu(page), "Deutsch")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    box = account_menu(page)
    box.get_by_role("group").nth(1).get_by_role("button").nth(2).click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.goto("/progress")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    fits(page)

    account_menu(page).locator("form[action$='/sign-out'] button").click()
    page.goto("/progress")
    expect(page.locator("input[name=password]")).to_be_visible()
    expect(page.locator("a.help-now")).to_be_visible()
