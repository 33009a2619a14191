"""One-to-one sessions in browsers: the participant on a phone, the therapist, a deputy, and others who get nothing."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.journeys.conftest import Visit
from tests.journeys.steps import card, fits, go, h1, press

NOTE, SUMMARY = "Held back at first, then told it all.", "We planned the way to work."


def test_a_session_from_both_sides(visit: Visit, cast: Cast, make: Make) -> None:
    thea, noa = visit(cast.accounts.therapist), visit(cast.accounts.noa, phone=True)
    thea.goto(f"/participants/{cast.a.participant.public_id}/sessions")
    go(thea.get_by_role("main"), "Plan a session")
    thea.get_by_label("Day").fill(make.day(0).isoformat())
    thea.get_by_label("Begins at").fill("09:30")
    thea.get_by_label("Ends at").fill("10:20")
    thea.get_by_label("Where").fill("Room 2")
    press(thea, "Plan it")
    h1(thea, "With Noa")
    address = thea.url

    noa.goto("/day")
    expect(card(noa, f"Your session with {cast.accounts.therapist.name}")).to_contain_text("9:30")
    noa.get_by_role("link", name="I want to talk about something").tap()
    noa.get_by_label(cast.accounts.therapist.name).check()
    noa.get_by_label("What do you want to talk about?").fill("The bus in the morning")
    noa.get_by_role("button", name="Put it on the list").tap()
    expect(card(noa, "On the list")).to_contain_text("The bus in the morning")
    fits(noa)

    _write_down(thea)
    noa.goto(address)
    expect(card(noa, "Summary")).to_contain_text(SUMMARY)
    expect(card(noa, "What we talked about")).to_contain_text("The bus in the morning")
    expect(noa.get_by_role("main")).not_to_contain_text(NOTE)
    fits(noa)
    noa.goto("/day")
    card(noa, "Until next time").get_by_role("button", name="Partly").tap()
    expect(noa.get_by_text("Written down: partly done.")).to_be_visible()
    expect(card(noa, "Until next time")).to_have_count(0)
    _check_in(noa, address)
    thea.goto(f"/participants/{cast.a.participant.public_id}/sessions/together")
    expect(card(thea, "I felt heard.")).to_contain_text("Once so far: mostly.")

    _deputy(visit, thea, noa, cast, make, address)
    _nothing_for_others(visit, cast, address)


def _write_down(thea: Page) -> None:
    go(thea, "Write it down")
    thea.get_by_label("was here").check()
    thea.get_by_label("The bus in the morning").check()
    thea.get_by_label("Shared summary").fill(SUMMARY)
    press(thea, "Save")
    go(thea, "Agree on something")
    thea.get_by_label("What did you agree on?").fill("Take the bus once")
    press(thea, "Write it down")
    go(thea, "Private note")
    expect(thea.get_by_role("main")).to_contain_text("may ask to read this")
    thea.get_by_label("Your note").fill(NOTE)
    press(thea, "Save my note")


def _check_in(noa: Page, address: str) -> None:
    noa.goto(address)
    noa.get_by_role("link", name="How do we work together?").tap()
    noa.get_by_role("group", name="I felt heard.").get_by_label("mostly").check()
    fits(noa)
    noa.get_by_role("button", name="Save").tap()
    h1(noa, "With")


def _deputy(visit: Visit, thea: Page, noa: Page, cast: Cast, make: Make, address: str) -> None:
    """Jo is named, says why, reads it; Noa reads who and why."""
    jo = visit(cast.accounts.coach)
    assert (answer := jo.goto(address)) is not None
    assert answer.status == 404
    thea.goto("/sessions/deputies")
    thea.get_by_label("Deputy").select_option(label=cast.accounts.coach.name)
    thea.get_by_label("Until").fill(make.day(7).isoformat())
    press(thea, "Name the deputy")
    jo.goto(address)
    go(jo, "Open the private note")
    expect(jo.get_by_role("main")).not_to_contain_text(NOTE)
    jo.get_by_label("Why do you need to read it?").fill("Thea is ill this week")
    press(jo, "Open the note")
    expect(jo.get_by_role("main")).to_contain_text(NOTE)
    noa.goto(address)
    expect(noa.get_by_role("main")).to_contain_text("Thea is ill this week")


def _nothing_for_others(visit: Visit, cast: Cast, address: str) -> None:
    for account in (cast.accounts.kim, cast.accounts.outsider_therapist):
        page = visit(account)
        for path in (address, f"{address}/note", f"{address}/note/open"):
            answer = page.goto(path)
            assert answer is not None
            assert answer.status in (403, 404)
    coordinator = visit(cast.accounts.coordinator)
    coordinator.goto(f"/participants/{cast.a.participant.public_id}/sessions/dates")
    expect(coordinator.get_by_role("main")).to_contain_text("was here")
    expect(coordinator.get_by_role("main")).not_to_contain_text(SUMMARY)
    answer = coordinator.goto(address)
    assert answer is not None
    assert answer.status == 403
