"""The mission in one walk: match → place → shift → feedback → milestone → the participant sees it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from placement.domain.roles import Role
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.journeys.conftest import Visit
from tests.journeys.steps import (
    add_participant,
    feedback_of,
    h1,
    main_action,
    menu,
    move_on,
    plan_shifts,
    press,
    say_yes,
    tick,
)


@pytest.mark.parametrize(
    "backend", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True, scope="session"
)
def test_the_whole_loop(visit: Visit, cast: Cast, make: Make, clock: Clock) -> None:
    mia_account = make.account("Mia Berg", [Role.PARTICIPANT], cast.a.program)
    office = visit(cast.accounts.coordinator)
    add_participant(office, "Mia", "Berg", account="Mia Berg")

    menu(office, "Matching")
    office.get_by_role("link", name="New run").click()
    office.get_by_label("Name of the run").fill("Mia")
    tick(office, "people", "Mia Berg")
    tick(office, "openings", "Market Street")
    main_action(office)
    office.get_by_role("link", name="Propose pairs").click()
    main_action(office)

    mia = visit(mia_account, phone=True)
    say_yes(mia)

    menu(office, "Placements")
    office.get_by_role("main").get_by_role("link", name=re.compile("Mia")).first.click()
    move_on(office, "Employer said yes")
    move_on(office, "Start")
    plan_shifts(office, "2026-11-24", "2026-11-27", 4)
    mia.goto("/day")
    expect(mia.get_by_role("main")).to_contain_text("Tue")

    clock.set(datetime(2026, 11, 24, 13, 0, tzinfo=UTC))
    shop = visit(cast.accounts.supervisor, phone=True)
    feedback_of(shop, "Mia").tap()
    task = cast.a.catalog.tasks[0].name["en"]
    shop.get_by_role("group", name=task).locator("label").filter(has_text="Alone").tap()
    shop.get_by_text("Write something (optional)").tap()
    shop.get_by_label("What went well?").fill("A calm first day.")
    press(shop, "Send")
    h1(shop, "Thank you")

    # A day later everybody has to sign in again.
    mia = visit(mia_account, phone=True)
    menu(mia, "Progress")
    main = mia.get_by_role("main")
    expect(main).to_contain_text("alone for the first time")
    expect(main).to_contain_text(task)
    expect(main).to_contain_text("A calm first day.")
    expect(main).to_contain_text("1 shift")
    office = visit(cast.accounts.coordinator)
    expect(office.get_by_role("main")).to_contain_text("Mia")
