"""A coordinator's work: somebody new, a cohort matched, a placement started, its shifts, and two mistakes put right."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.factories.cast import Cast
from tests.journeys.conftest import Visit
from tests.journeys.steps import (
    add_participant,
    card,
    fits,
    go,
    h1,
    main_action,
    menu,
    move_on,
    plan_shifts,
    press,
    say_yes,
    tick,
)


def test_from_a_new_person_to_planned_shifts(visit: Visit, cast: Cast) -> None:
    page = visit(cast.accounts.coordinator)
    expect(page.get_by_role("main")).to_contain_text("Today in the shops")
    add_participant(page, "Mia", "Berg")

    menu(page, "Matching")
    page.get_by_role("link", name="New run").click()
    h1(page, "Whom do you want to match")
    page.get_by_label("Name of the run").fill("Winter cohort")
    tick(page, "people", "Mia Berg")
    main_action(page)
    main = page.get_by_role("main")
    expect(main).to_contain_text("Winter cohort")
    main.get_by_role("link", name="Mia Berg", exact=False).first.click()
    h1(page, "for Mia")
    expect(card(page, "Points")).to_be_visible()
    press(page, "Keep")
    expect(main).to_contain_text("kept")
    page.goto(page.url.partition("/people/")[0])
    press(page, "Run again")
    expect(main).to_contain_text("kept")
    go(page, "Propose pairs")
    main_action(page)
    expect(main).to_contain_text("Mia")

    kim = visit(cast.accounts.kim, phone=True)
    say_yes(kim)
    page.goto(f"/placements/{cast.proposed.public_id}")
    move_on(page, "Employer said yes")
    move_on(page, "Start")
    plan_shifts(page, "2026-11-30", "2026-12-04", 5)
    fits(page)


def test_corrects_an_attendance(visit: Visit, cast: Cast) -> None:
    page = visit(cast.accounts.coordinator)
    page.goto("/shifts?day=2026-11-17&span=day")
    open_shift(page, "Noa")
    go(page, "Attendance and hours")
    page.get_by_label("Came later").check()
    page.get_by_label("Really started").fill("10:00")
    press(page, "Save")
    expect(page.get_by_role("alert")).to_contain_text("Please enter both times, or none.")
    page.get_by_label("Really ended").fill("13:00")
    press(page, "Save")
    expect(page.get_by_role("status")).to_contain_text("Attendance is saved.")
    expect(page.get_by_role("main")).to_contain_text("10:00 AM to 1:00 PM")


def test_withdraws_a_mistake(visit: Visit, cast: Cast) -> None:
    page = visit(cast.accounts.coordinator)
    page.goto("/shifts?day=2026-11-17&span=day")
    open_shift(page, "Noa")
    page.get_by_role("link", name=re.compile("Withdraw this feedback")).click()
    press(page, "Withdraw this feedback")
    expect(page.get_by_role("alert")).to_contain_text("Please say in a few words why.")
    page.get_by_label("Why?").fill("about somebody else")
    press(page, "Withdraw this feedback")
    expect(page.get_by_role("status")).to_contain_text("The feedback is withdrawn.")
    expect(page.get_by_role("main")).to_contain_text("withdrawn")


def open_shift(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name, exact=False).first.click()
    h1(page, f"Shift of {name}")
