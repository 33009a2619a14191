"""From a referral letter to the call two quarters after the exit: typed once, found in every report."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.journeys.conftest import Visit
from tests.journeys.steps import fits, go, h1, menu, press


def test_from_the_letter_to_the_call(visit: Visit, cast: Cast, make: Make) -> None:
    cora = visit(cast.accounts.coordinator)
    cora.goto("/day")
    menu(cora, "People")
    go(cora, "Waiting list")
    cora.get_by_role("link", name="New referral").first.click()
    cora.get_by_label("First name, as they want to be called").fill("Mika")
    cora.get_by_label("Family name").fill("Sand")
    cora.get_by_label("Referred on").fill(make.day(-420).isoformat())
    cora.get_by_label("By whom, by name").fill("Ms. Kern, day clinic")
    cora.get_by_label("What they want to reach, in their own words").fill("My own money again")
    press(cora, "Put on the waiting list")
    h1(cora, "The way of Mika Sand")
    expect(cora.get_by_role("main")).to_contain_text("My own money again")

    go(cora, "Begins now")
    cora.get_by_label("Entered on").fill(make.day(-400).isoformat())
    press(cora, "Save")
    main = cora.get_by_role("main")
    main.get_by_role("link", name=re.compile("^Add ?: Who pays")).click()
    cora.get_by_label("Who pays").fill("Pension fund")
    cora.get_by_label("How much is approved").fill("120.5")
    cora.get_by_label("Until").fill(make.day(-200).isoformat())
    press(cora, "Save")
    expect(main).to_contain_text("Delivered: 0, left: 120.5")

    go(cora, "Leaves the program")
    cora.get_by_label("Left on").fill(make.day(-240).isoformat())
    cora.get_by_label("Was a job offered?").select_option("yes")
    press(cora, "Save")
    expect(main).to_contain_text("to be asked")
    main.get_by_role("link", name=re.compile("^Add ?: Jobs")).click()
    cora.get_by_label("Employer").fill("Corner Bakery")
    cora.get_by_label("First day").fill(make.day(-230).isoformat())
    cora.get_by_label("Hours a week").fill("20")
    for label in ("At least four paid hours were worked", "Integrated", "Pay as usual there"):
        cora.get_by_label(label).select_option("yes")
    for label in ("Subsidised", "Seasonal"):
        cora.get_by_label(label).select_option("no")
    press(cora, "Save")

    cora.goto("/day?whose=all")
    expect(main).to_contain_text("Ask how it goes after the program")
    phone = visit(cast.accounts.coordinator, phone=True)
    phone.goto(cora.url)
    phone.get_by_role("link", name=re.compile("^Look ?: Mika Sand")).click()
    for outcome in ("not_reached", "reached"):
        phone.get_by_role("link", name=re.compile("^Ask now")).first.click()
        fits(phone)
        phone.get_by_label("Did you reach them?").select_option(outcome)
        if outcome == "reached":
            phone.get_by_label("In paid work in this quarter?").select_option("yes")
            phone.get_by_label("Earnings in this quarter").fill("3100")
        press(phone, "Save")
    expect(phone.get_by_role("main")).to_contain_text("earnings: 3,100")

    menu(cora, "Reports")
    cora.get_by_label("Period").select_option(str(make.today.year))
    press(cora, "Show")
    for figure in (
        "People served",
        "Exits",
        "In competitive work",
        "Job starts",
        "Employed in the second quarter after exit",
    ):
        go(cora, figure)
        expect(main).to_contain_text("Mika Sand")
        cora.go_back()
    expect(main).to_contain_text("3,100")
    press(cora, "Freeze these figures")
    expect(main).to_contain_text("Nothing that is corrected later changes these figures.")
