"""The plan of a placement in a browser: a pattern, its change with a preview, a shift dragged and taken back."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.factories.cast import Cast
from tests.journeys.conftest import Visit
from tests.journeys.steps import fits, h1, plan_shifts, press


def test_a_pattern_is_planned_changed_and_a_shift_is_dragged(visit: Visit, cast: Cast) -> None:
    page = visit(cast.accounts.coordinator)
    page.goto(f"/placements/{cast.a.placement.public_id}")
    plan_shifts(page, "2026-11-30", "2026-12-11", 10)
    h1(page, "Shifts of the week")

    # Another day instead of Friday, and later on Monday, from the second week on.
    page.goto(f"/placements/{cast.a.placement.public_id}/shifts/plan")
    page.get_by_label("From", exact=True).fill("2026-12-07")
    page.locator("#week-4-0-from").fill("")
    page.locator("#week-4-0-to").fill("")
    page.locator("#week-0-0-from").fill("10:00")
    page.locator("#week-0-0-to").fill("14:00")
    press(page, "Show what this changes")
    h1(page, "What this changes for Noa")
    main = page.get_by_role("main")
    expect(main).to_contain_text("1 shift gets other times")
    expect(main).to_contain_text("1 shift is cancelled")
    fits(page)
    press(page, "Yes, plan it so")

    page.goto("/shifts?span=week&day=2026-12-07")
    monday, friday = (page.locator(f'[data-day="2026-12-{day}"]') for day in ("07", "11"))
    expect(monday).to_contain_text("10:00")
    monday.locator("[data-move]").first.drag_to(friday)
    expect(page.get_by_role("status")).to_contain_text("The shift is moved to Fri, Dec 11")
    expect(friday).to_contain_text("Noa")
    expect(monday).to_contain_text("no shifts")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("Mon, Dec 7")
    expect(monday).to_contain_text("Noa")
    # Where it came from, it is the pattern's again; the button does the same without a mouse.
    expect(monday).not_to_contain_text("moved")
    monday.get_by_role("link", name="Move").press("Enter")
    h1(page, "Move this shift")
    page.get_by_label("Day", exact=True).fill("2026-12-08")
    page.get_by_role("main").get_by_role("button", name="Move", exact=True).press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("another shift")
