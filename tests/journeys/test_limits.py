"""Work limits and a step plan in a browser: written by staff, agreed, held and resumed by the participant, read by the
shop, and nothing for an outsider.
"""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import expect

from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.journeys.conftest import Visit
from tests.journeys.steps import fits, go, h1, press
from tests.web.cards.phones import link_for


def test_a_plan_is_agreed_held_and_kept_to(visit: Visit, cast: Cast, make: Make) -> None:
    noa, today = cast.a.participant, make.today
    staff = visit(cast.accounts.therapist)
    staff.goto(f"/participants/{noa.public_id}")
    go(staff, "Limits and plan")
    h1(staff, "What Noa Lind may work")
    go(staff, "Write down limits")
    staff.get_by_label("By whose word").fill("Dr. Weber, GP")
    staff.get_by_label("Lifting, at most so many kilograms").fill("5")
    press(staff, "Save")
    expect(staff.get_by_role("main")).to_contain_text("No lifting over 5 kg")

    staff.get_by_role("link", name="Write a step plan").first.click()
    staff.get_by_label("Whose plan is it?").fill("Dr. Weber, GP")
    first = staff.get_by_role("group", name="Step 1")
    first.get_by_label("From").fill(today.isoformat())
    first.get_by_label("Hours a day").fill("3")
    first.get_by_label("Days a week").fill("5")
    staff.get_by_label("Last day of the plan").fill((today + timedelta(days=27)).isoformat())
    fits(staff)
    press(staff, "Write it down")
    go(staff, "The employer agrees")
    staff.get_by_label("Who agreed for the employer?").fill("Ms. Kern, owner")
    press(staff, "Write it down")

    own = visit(cast.accounts.noa, phone=True)
    own.goto("/me")
    go(own, "How much I work")
    fits(own)
    press(own, "Yes, I agree")
    expect(own.get_by_role("main")).to_contain_text("At most 3 hours a day")
    press(own, "Hold it for now")
    expect(own.get_by_role("main")).to_contain_text("You hold the plan")

    cora = visit(cast.accounts.coordinator)
    cora.goto(f"/placements/{cast.a.placement.public_id}/shifts/new")
    cora.locator("[name=day]").fill((today + timedelta(days=1)).isoformat())
    cora.locator("[name=start]").fill("09:00")
    cora.locator("[name=end]").fill("12:00")
    press(cora, "Plan this shift")
    expect(cora.get_by_role("main")).to_contain_text("The participant holds the plan.")
    cora.goto(f"/participants/{noa.public_id}/limits")
    go(cora, "Look and cancel them")
    press(cora, "Yes, cancel all of them")
    expect(cora.get_by_role("status")).to_contain_text("cancelled")

    own.goto("/limits")
    press(own, "Go on as planned")
    cora.reload()
    press(cora, "Plan them again")

    phone = visit(phone=True)
    phone.goto(link_for(make, cast.a.placement).path)
    phone.get_by_role("main").get_by_role("button").first.click()
    expect(phone.get_by_role("main")).to_contain_text("At most 3 hours a day")
    expect(phone.get_by_role("main")).to_contain_text("No lifting over 5 kg")
    expect(phone.get_by_role("main")).not_to_contain_text("Weber")

    for stranger in (cast.accounts.outsider_coordinator, cast.accounts.kim):
        outside = visit(stranger)
        outside.goto(f"/participants/{noa.public_id}/limits")
        expect(outside.get_by_role("main")).not_to_contain_text("Weber")
