"""The log in browsers: the participant on a phone, a therapist they let read, and others who get nothing."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.journeys.conftest import Visit
from tests.journeys.steps import card, fits, go, h1, press
from tests.web.diary.logs import open_log

THOUGHT, KEPT = "They all wait because of me", "Rain on the pond, nobody knows"
WORRY = "Hardly eats in the break"


def test_a_log_of_ones_own(visit: Visit, cast: Cast, make: Make) -> None:
    noa, thea = visit(cast.accounts.noa, phone=True), visit(cast.accounts.therapist)
    noa.goto("/day")
    expect(card(noa, "My log")).to_contain_text("It is not open yet")
    card(noa, "My log").get_by_role("link").tap()
    h1(noa, "Your log is not open yet")
    fits(noa)

    open_log(make, cast.a.program.id)
    _two_taps(noa)
    _words(noa)
    shared = f"/participants/{cast.a.participant.public_id}/diary"
    thea.goto(shared)
    expect(thea.get_by_role("main")).to_contain_text("Nothing here for you")

    make.clock.advance(minutes=5)
    _share(noa, cast)
    thea.goto("/day")
    thea.get_by_role("link", name="Shared with you: read it by").click()
    h1(thea, "What Noa .*shares with you")
    expect(thea.get_by_role("main")).to_contain_text(THOUGHT)
    expect(thea.get_by_role("main")).not_to_contain_text(KEPT)
    _nothing_for_others(visit, cast, noa.url, shared)

    noa.goto("/diary/shares")
    expect(noa.get_by_role("main")).to_contain_text("opened since")
    fits(noa)
    noa.get_by_role("button", name="Take back").tap()
    h1(noa, "You share nothing of your own words")
    thea.reload()
    expect(thea.get_by_role("main")).to_contain_text("Nothing here for you")
    _concern(visit, thea, cast)


def _two_taps(noa: Page) -> None:
    noa.goto("/day")
    card(noa, "My log").get_by_role("link", name="Two taps: how are you?").tap()
    expect(noa.get_by_role("main")).to_contain_text("Nobody reads this as you write.")
    fits(noa)
    noa.get_by_role("button", name="rather low").tap()
    h1(noa, "How much energy")
    noa.get_by_role("link", name="skip", exact=True).tap()
    expect(noa.get_by_role("main")).to_contain_text("Mood: rather low.")
    noa.get_by_role("link", name="Go on writing").tap()
    noa.get_by_label("What I want to keep of this day").fill(KEPT)
    noa.get_by_role("button", name="Save, for me alone").tap()
    expect(card(noa, "Who may read it")).to_contain_text("Only you.")


def _words(noa: Page) -> None:
    noa.goto("/diary/new/thought")
    noa.get_by_label("What happened?").fill("A queue at the till")
    noa.get_by_label("How strong was it?").fill("170")
    noa.get_by_label("What went through your mind?").fill(THOUGHT)
    fits(noa)
    noa.get_by_role("button", name="Save, for me alone").tap()
    expect(noa.get_by_label("What went through your mind?")).to_have_value(THOUGHT)
    noa.get_by_label("How strong was it?").fill("70")
    noa.get_by_role("button", name="Save, for me alone").tap()
    h1(noa, "A thought, looked at closely")


def _share(noa: Page, cast: Cast) -> None:
    noa.get_by_role("link", name="Let somebody read it").tap()
    noa.get_by_label(cast.accounts.therapist.name).check()
    fits(noa)
    noa.get_by_role("button", name="Share this entry").tap()
    expect(card(noa, "Who may read it")).to_contain_text(cast.accounts.therapist.name)
    noa.get_by_role("link", name="Go on writing").tap()
    expect(noa.get_by_role("main")).to_contain_text("can read it as soon as you save")
    noa.go_back()


def _nothing_for_others(visit: Visit, cast: Cast, entry: str, shared: str) -> None:
    accounts = cast.accounts
    for account in (
        accounts.kim,
        accounts.supervisor,
        accounts.coordinator,
        accounts.admin,
        accounts.outsider_therapist,
    ):
        page = visit(account)
        for path in (entry, f"{entry}/edit", shared):
            answer = page.goto(path)
            assert answer is not None
            assert answer.status in (403, 404), (account.name, path)
    # Looks after Noa, and was not chosen.
    jo = visit(accounts.coach)
    jo.goto(shared)
    expect(jo.get_by_role("main")).to_contain_text("Nothing here for you")


def _concern(visit: Visit, thea: Page, cast: Cast) -> None:
    """Jo is worried and Thea takes care of it; nobody else reads it."""
    jo, person = visit(cast.accounts.coach), f"/participants/{cast.a.participant.public_id}"
    jo.goto(person)
    go(jo.get_by_role("main"), "I am concerned")
    jo.get_by_role("textbox").first.fill(WORRY)
    jo.get_by_label(cast.accounts.therapist.name).check()
    press(jo, "Write it down")
    expect(jo.get_by_role("main")).to_contain_text(WORRY)
    thea.goto("/concerns")
    thea.get_by_role("link", name="Take care of it").click()
    expect(thea.get_by_role("main")).to_contain_text(WORRY)
    coordinator = visit(cast.accounts.coordinator)
    for path in ("/concerns", "/notices", "/day", person):
        coordinator.goto(path)
        expect(coordinator.get_by_role("main")).not_to_contain_text(WORRY)
