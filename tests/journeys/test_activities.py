"""Creative and play work in browsers: the therapist, the participant on a phone, and others who get nothing."""

from __future__ import annotations

from urllib.parse import urlparse

from playwright.sync_api import Page, expect

from tests.factories.cast import Cast
from tests.journeys.conftest import Visit
from tests.journeys.steps import card, fits, go, h1, press

WORDS = "My hands were quiet for once"
PICTURE = "A pond before anybody is up"


def test_made_told_shared_and_taken_back(visit: Visit, cast: Cast) -> None:
    thea, noa = visit(cast.accounts.therapist), visit(cast.accounts.noa, phone=True)
    record = f"/participants/{cast.a.participant.public_id}"
    thea.goto(record)
    go(thea.get_by_role("main"), "Activities")
    go(thea, "Write an activity down")
    thea.get_by_label("What is made or played?").fill("Painting stones")
    thea.get_by_label("What is it meant for?").fill("Something for the hands")
    press(thea, "Save")
    h1(thea, "Painting stones")
    address = urlparse(thea.url).path
    expect(card(thea, f"Words of {_name(cast)} for you")).to_contain_text("Nothing here for you")

    _tell(noa)
    thea.goto(address)
    expect(thea.get_by_role("main")).not_to_contain_text(WORDS)
    _share(noa, cast, "Share my words")
    thea.goto(address)
    expect(thea.get_by_role("main")).to_contain_text(WORDS)
    noa.get_by_role("button", name="Take back").tap()
    expect(card(noa, "Who may read my words")).to_contain_text("Only you.")
    thea.reload()
    expect(card(thea, f"Words of {_name(cast)} for you")).to_contain_text("Nothing here for you")

    _picture(noa, cast)
    thea.goto(f"{record}/pictures")
    expect(thea.get_by_role("main")).to_contain_text(PICTURE)
    noa.goto("/pictures")
    noa.get_by_role("link", name="Take my yes back").tap()
    noa.get_by_role("button", name="Yes, delete them all").tap()
    h1(noa, "Choose a picture")
    expect(noa.get_by_role("main")).not_to_contain_text(PICTURE)
    thea.reload()
    expect(thea.get_by_role("main")).to_contain_text("Nothing here for you")
    _nothing_for_others(visit, cast, address, f"{record}/pictures")


def _name(cast: Cast) -> str:
    return f"{cast.a.participant.preferred_name} {cast.a.participant.family_name}"


def _tell(noa: Page) -> None:
    noa.goto("/me")
    card(noa, "What I made and played").get_by_role("link", name="What I made and played").tap()
    noa.get_by_role("link", name="Painting stones").tap()
    expect(card(noa, "What it was meant for")).to_contain_text("Something for the hands")
    noa.get_by_role("link", name="Write about it").tap()
    noa.get_by_label("My words").fill(WORDS)
    fits(noa)
    noa.get_by_role("button", name="Save").tap()
    expect(card(noa, "Who may read my words")).to_contain_text("Only you.")
    fits(noa)


def _share(noa: Page, cast: Cast, button: str) -> None:
    noa.get_by_role("link", name="Let somebody read it").tap()
    noa.get_by_label(cast.accounts.therapist.name).check()
    fits(noa)
    noa.get_by_role("button", name=button).tap()
    expect(card(noa, "Who may read my words")).to_contain_text(cast.accounts.therapist.name)


def _picture(noa: Page, cast: Cast) -> None:
    """A yes is asked for once; what was written meanwhile stays."""
    noa.goto("/pictures")
    fits(noa)
    noa.get_by_role("link", name="Picture 3").tap()
    expect(noa.get_by_role("img", name="Picture 3")).to_be_visible()
    noa.get_by_label("What is it for me?").fill(PICTURE)
    noa.get_by_role("button", name="Keep my words").tap()
    expect(noa.get_by_role("alert")).to_contain_text("Without your yes nothing is kept")
    expect(noa.get_by_label("What is it for me?")).to_have_value(PICTURE)
    noa.get_by_label("Yes, keep my words about pictures").check()
    noa.get_by_role("button", name="Keep my words").tap()
    h1(noa, "What this picture was for me")
    fits(noa)
    _share(noa, cast, "Share my words")


def _nothing_for_others(visit: Visit, cast: Cast, address: str, pictures: str) -> None:
    for account in (
        cast.accounts.kim, cast.accounts.coordinator, cast.accounts.admin, cast.accounts.supervisor,
        cast.accounts.outsider_therapist,
    ):  # fmt: skip
        page = visit(account)
        for path in (address, f"{address}/words", pictures):
            answer = page.goto(path)
            assert answer is not None
            assert answer.status in (403, 404), (account.name, path)
            expect(page.locator("body")).not_to_contain_text(WORDS)
