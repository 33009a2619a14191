"""A coordinator works on a draft until it is right, takes steps back, and asks some of the people. Both languages."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import update
from sqlalchemy.orm import Session

from placement.domain.roles import Role
from placement.models.accounts.account import Account
from placement.models.participants.participant import Participant
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.journeys.conftest import Visit
from tests.journeys.steps import fits, h1, main_action
from tests.web.matching.workbench import Bench, write_bench


@pytest.mark.parametrize("language", ["en", "de"])
def test_from_a_draft_to_the_people_who_are_asked(visit: Visit, cast: Cast, make: Make, language: str) -> None:
    bench = write_bench(make, cast)
    bo = make.account("Bo Winter", [Role.PARTICIPANT], cast.a.program)
    make.do(lambda session: settle(session, bench, bo, language))
    page = visit(cast.accounts.coordinator)
    expect(page.locator("html")).to_have_attribute("lang", language)
    run = new_run(page)
    in_order(page, run)
    choose_and_undo(page, bench)
    force(page, bench)
    forced = page.url.partition("/people/")[0]
    page.goto(forced)
    page.locator("a[href*='/matching/compare']").first.click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("Bo Winter")
    expect(main).to_contain_text("Beach helper")
    fits(page)
    confirm_without(page, forced, "Cem Winter")
    theirs = visit(bo, phone=True)
    expect(theirs.get_by_role("main")).to_contain_text("Beach helper")
    expect(theirs.get_by_role("main")).not_to_contain_text("aunt")
    fits(theirs)


def settle(session: Session, bench: Bench, bo: Account, language: str) -> None:
    session.get_one(Participant, bench.bo.id).account_id = bo.id
    session.execute(update(Account).values(locale=language))


def to(page: Page, end: str) -> Locator:
    """The button that posts to an address with this end."""
    return page.locator(f"main form[action$='{end}'] button").first


def new_run(page: Page) -> str:
    page.goto("/matching/new")
    page.locator("[name=name]").fill("Winter")
    main_action(page)
    expect(page).to_have_url(re.compile(r"/matching/[\w-]{16}$"))
    h1(page, r"\d+ ")
    fits(page)
    return page.url


def in_order(page: Page, run: str) -> None:
    """By name, then only those found."""
    page.locator("select[name=sort]").select_option("name")
    page.locator("[name=q]").fill("winter")
    page.locator("form.search button[type=submit]").click()
    expect(page.locator("tbody th")).to_contain_text(["Ana Winter", "Bo Winter", "Cem Winter"])
    page.goto(run)
    page.get_by_role("link", name="Bo Winter", exact=True).click()
    h1(page, "Bo")
    fits(page)


def choose_and_undo(page: Page, bench: Bench) -> None:
    before = page.url
    expect(page.locator(".chain")).to_contain_text(["Ana Winter"])
    to(page, f"/choose/{bench.cohort.bakery.public_id}").click()
    h1(page, "Mill")
    assert page.url != before
    to(page, "/undo").click()
    expect(page).to_have_url(before)
    h1(page, "Bo")


def force(page: Page, bench: Bench) -> None:
    page.locator(f"a[href$='/force/{bench.far.public_id}']").click()
    h1(page, "Beach helper")
    main_action(page)
    expect(page.locator(".summary-box")).to_be_visible()
    page.locator("[name=reason]").fill("His aunt lives there")
    main_action(page)
    h1(page, "Beach helper")
    expect(page.get_by_role("main")).to_contain_text("His aunt lives there")
    fits(page)


def confirm_without(page: Page, run: str, name: str) -> None:
    page.goto(f"{run}/confirm")
    page.locator("label.option").filter(has_text=name).click()
    main_action(page)
    main = page.get_by_role("main")
    expect(main).to_contain_text("Bo Winter")
    expect(main).not_to_contain_text(name)
