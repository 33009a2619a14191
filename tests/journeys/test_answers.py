"""From *talk first* to a yes of both sides: what was agreed to share is what the shop reads, and nothing else."""

from __future__ import annotations

from playwright.sync_api import expect

from placement.models.participants.profile import Need
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.journeys.conftest import Visit
from tests.journeys.steps import answer_yes, card, fits, go, h1, menu, press


def test_talk_first_then_both_say_yes(visit: Visit, cast: Cast, make: Make) -> None:
    quiet, other = cast.a.catalog.accommodations[:2]
    for need in (quiet, other):
        make.add(Need(program_id=cast.kim.program_id, participant_id=cast.kim.id, accommodation_id=need.id))

    kim = visit(cast.accounts.kim, phone=True)
    kim.get_by_role("link", name="Look at it and answer").tap()
    go(kim, "Write something")
    kim.get_by_label("What worries me").fill("The early mornings")
    press(kim, "Save")
    press(kim, "Talk first")
    h1(kim, "Talk first: that is a good idea")
    expect(kim.get_by_role("main")).to_contain_text("Jo Field")
    fits(kim)

    coach = visit(cast.accounts.coach)
    h1(coach, "Kim Okafor would like to talk about the proposal first")
    coach.get_by_role("link", name="Look at the proposal").click()
    expect(card(coach, "In their own words")).to_contain_text("The early mornings")
    shop = visit(cast.accounts.other_supervisor, phone=True)
    expect(shop.get_by_role("main")).not_to_contain_text("would like to start")

    kim.goto("/day")
    kim.get_by_role("link", name="Look at it and answer").tap()
    answer_yes(kim, "My first name", quiet.name["en"])
    h1(kim, "You said yes")
    coach.goto("/day")
    expect(coach.get_by_role("main")).not_to_contain_text("would like to talk")

    shop.goto("/day")
    h1(shop, "Somebody would like to start with you")
    fits(shop)
    shop.get_by_role("link", name="Look and answer").tap()
    told = card(shop, "What they want you to know")
    expect(told.locator("dt")).to_have_text(["First name", "Needs at work"])
    expect(told.locator("dd")).to_have_text(["Kim", quiet.name["en"]])
    for secret in ("Okafor", "early mornings", other.name["en"]):
        expect(shop.locator("body")).not_to_contain_text(secret)
    fits(shop)
    shop.get_by_role("link", name="Yes, gladly").tap()
    press(shop, "Yes, gladly")
    h1(shop, "Your shop said yes")

    office = visit(cast.accounts.coordinator)
    menu(office, "Placements")
    office.get_by_role("main").get_by_role("link", name="Kim Okafor").click()
    h1(office, "Kim: accepted")
    expect(card(office, "What happened so far")).to_contain_text("Omar Reed")
