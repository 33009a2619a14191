"""My say in browsers: the participant on a phone, a shop's phone, those who answer, and others who get nothing."""

from __future__ import annotations

import json
import re
from pathlib import Path
from zipfile import ZipFile

from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from placement.domain.placements import PlacementState
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.rights.rights import RightsRequest
from placement.models.sessions.one_to_one import SessionNote
from tests.factories.cast import Cast
from tests.factories.make import PASSWORD, Make
from tests.journeys.conftest import Visit
from tests.journeys.steps import card, fits, go, h1, press
from tests.web.cards.phones import link_for
from tests.web.sessions.talks import talk_rows

LINE, WRONG, RIGHTED = "A quiet corner for the break", "I can lift up to 10 kilos.", "It says 10 kilos now."
NOTE, GROUND = "Tired today.", "A part of it is about somebody else."
HOME = "You decide about what is known of you"


def main(page: Page) -> str:
    return page.get_by_role("main").inner_text()


def test_i_see_who_sees_what_and_decide_what_the_shop_reads(visit: Visit, cast: Cast, make: Make) -> None:
    noa, cora = visit(cast.accounts.noa, phone=True), visit(cast.accounts.coordinator)
    placement = cast.a.placement.public_id
    noa.goto("/me")
    go(noa.get_by_role("main"), "My say")
    h1(noa, HOME)
    fits(noa)
    groups = noa.locator("#groups details")
    assert groups.count() > 15
    for at in range(groups.count()):
        groups.nth(at).locator("summary").click()
        expect(groups.nth(at)).to_contain_text("Who reads it")
        expect(groups.nth(at)).to_contain_text("Why we may keep it")
        expect(groups.nth(at)).to_contain_text("How long")
    fits(noa)
    expect(noa.locator("#group-exposure")).to_contain_text(cast.accounts.therapist.name)
    expect(noa.locator("#group-exposure")).not_to_contain_text(cast.accounts.coordinator.name)

    cora.goto(f"/placements/{placement}/card-lines")
    cora.get_by_role("main").get_by_role("textbox").fill(LINE)
    press(cora, "Add")
    expect(cora.get_by_role("main")).to_contain_text("waits for Noa")
    shop = visit(phone=True)
    shop.goto(link_for(make, cast.a.placement, name="Pia").path)
    shop.get_by_role("main").locator("button[type=submit]").first.click()
    h1(shop, "How did it go")
    assert LINE not in _card(shop)
    _decide(noa, shop)
    # Nobody else decides it: not the one who wrote the line, not the shop.
    for page in (cora, visit(cast.accounts.supervisor), visit(cast.accounts.kim)):
        _gets_nothing(page, f"/my-say/shop/{placement}", f"/placements/{placement}/my-card")

    thea = visit(cast.accounts.therapist)
    thea.goto(f"/participants/{cast.a.participant.public_id}")
    noa.goto("/my-say")
    go(noa, "Who looked")
    expect(noa.get_by_role("main")).to_contain_text(cast.accounts.therapist.name)
    expect(noa.get_by_role("main")).to_contain_text("your record")
    expect(card(noa, "Phones that opened your card")).to_contain_text("Pia")
    fits(noa)


def _decide(noa: Page, shop: Page) -> None:
    """What my supervisor sees: without the line, with it after a yes, and without it again."""
    for button, shown in (("The shop may read this", True), ("No longer show it", False)):
        noa.goto("/my-say")
        noa.get_by_role("link", name=re.compile("^Show me what my supervisor sees")).tap()
        h1(noa, "This is what your supervisor sees")
        assert (LINE in main(noa)) is not shown
        assert "Lind" not in main(noa)
        fits(noa)
        go(noa.get_by_role("main"), "Lines on the card")
        noa.get_by_role("button", name=re.compile(f"^{button}")).tap()
        expect(noa.get_by_role("status")).to_be_visible()
        read = _card(shop)
        assert (LINE in read) is shown
        assert "Lind" not in read


def _card(shop: Page) -> str:
    """What the program hands out now: past what the phone keeps for times without signal."""
    answer = shop.request.get("/card")
    assert answer.status == 200
    return answer.text()


def test_i_ask_and_take_everything_along_and_am_forgotten(
    visit: Visit, cast: Cast, make: Make, tmp_path: Path
) -> None:  # fmt: skip
    accounts = cast.accounts
    talk_rows(make, cast.a.participant, accounts.noa, accounts.therapist, accounts.coach)
    noa, cora, thea = visit(accounts.noa, phone=True), visit(accounts.coordinator), visit(accounts.therapist)
    _represented(noa, cora, cast)
    _correction(noa, cora)
    _note(noa, thea, "No, I keep it back", GROUND)
    expect(noa.get_by_role("main")).to_contain_text(GROUND)
    _take_along(noa, cast, tmp_path)
    _note(noa, thea, "Yes, they may read it", "")
    noa.get_by_role("main").get_by_role("link", name=re.compile("^Read it")).tap()
    expect(noa.get_by_role("main")).to_contain_text(NOTE)
    _outsiders(visit, cora, thea, cast, make, noa.url)
    _forgotten(visit, noa, cora, cast, make)


def _represented(noa: Page, cora: Page, cast: Cast) -> None:
    cora.goto(f"/participants/{cast.a.participant.public_id}/representatives")
    cora.get_by_label("Name", exact=True).fill("Ms. Court")
    cora.get_by_label("money").check()
    cora.get_by_label("What stays with the participant").fill("Where they work they decide themself.")
    press(cora, "Write it down")
    expect(card(cora, "Ms. Court")).to_contain_text("money")
    noa.goto("/my-say")
    for words in ("Ms. Court", "money", "Where they work they decide themself."):
        expect(card(noa, "Who decides for you by law")).to_contain_text(words)


def _correction(noa: Page, cora: Page) -> None:
    noa.locator("#group-profile summary").click()
    noa.locator("#group-profile").get_by_role("link", name=re.compile("^Something is wrong")).tap()
    expect(noa.get_by_label("What is it about?")).to_have_value("profile")
    noa.get_by_label("What is wrong, and what would be right?").fill(WRONG)
    fits(noa)
    press(noa, "Ask for it")
    expect(card(noa, "What you asked")).to_contain_text(WRONG)
    _answer(cora, "It is corrected", RIGHTED)
    noa.reload()
    expect(card(noa, "What you asked")).to_contain_text(RIGHTED)


def _answer(page: Page, choice: str, words: str) -> None:
    page.goto("/rights")
    page.get_by_role("main").locator("li a").first.click()
    fits(page)
    page.get_by_label(choice, exact=True).check()
    page.get_by_label("In your words").fill(words)
    press(page, "Answer")


def _note(noa: Page, thea: Page, choice: str, words: str) -> None:
    noa.goto("/my-say")
    go(noa, "Ask to read a note")
    assert NOTE not in main(noa)
    noa.get_by_role("button", name=re.compile("^Ask to read it")).tap()
    expect(noa.get_by_role("main")).to_contain_text("asked")
    fits(noa)
    _answer(thea, choice, words)
    noa.reload()


def _take_along(noa: Page, cast: Cast, folder: Path) -> None:
    noa.goto("/my-say")
    go(noa, "Take everything with me")
    noa.get_by_label("Your password").fill("not it at all, is it")
    press(noa, "Get my file")
    expect(noa.get_by_role("main").get_by_role("alert").first).to_be_visible()
    noa.get_by_label("Your password").fill(PASSWORD)
    with noa.expect_download() as download:
        press(noa, "Get my file")
    download.value.save_as(folder / "mine.zip")
    with ZipFile(folder / "mine.zip") as archive:
        found = {name: archive.read(name).decode() for name in archive.namelist()}
    page, data = found["my-record.html"], json.loads(found["my-record.json"])
    for words in ("We spoke about the bus.", WRONG, RIGHTED, "More breaks", GROUND, cast.accounts.therapist.name):
        assert words in page, words
    assert NOTE not in page + found["my-record.json"]
    (note,) = [one for one in data["withheld"] if one["what"] == "A private note"]
    assert (note["ground"], note["by"]) == (GROUND, cast.accounts.therapist.name)
    assert {"diary", "notes", "practice", "logs"} <= {group["key"] for group in data["groups"]}


def _outsiders(visit: Visit, cora: Page, thea: Page, cast: Cast, make: Make, note: str) -> None:
    asked = [f"/rights/{one}" for one in make.all(select(RightsRequest.public_id).where(RightsRequest.note_id > 0))]
    correction = make.one(select(RightsRequest.public_id).where(RightsRequest.text == WRONG))
    people = f"/participants/{cast.a.participant.public_id}/representatives"
    kim, sol = visit(cast.accounts.kim), visit(cast.accounts.supervisor)
    for page in (kim, sol, visit(cast.accounts.outsider_coordinator)):
        _gets_nothing(page, note, f"/rights/{correction}", people, *asked)
    # A coordinator answers corrections, and gets neither notes nor questions about them.
    _gets_nothing(cora, note, *asked)
    for page in (sol, cora, thea):
        _gets_nothing(page, "/my-say", "/my-say/export", "/my-say/who-looked", "/my-say/notes")
    kim.goto("/my-say")
    h1(kim, HOME)
    for words in ("Ms. Court", WRONG, RIGHTED):
        assert words not in main(kim)


def _gets_nothing(page: Page, *paths: str) -> None:
    for path in paths:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status in (403, 404), (path, answer.status)


def _forgotten(visit: Visit, noa: Page, cora: Page, cast: Cast, make: Make) -> None:
    noa.goto("/my-say")
    go(noa, "Ask to be forgotten")
    expect(noa.get_by_role("main")).to_contain_text("stay ten years")
    fits(noa)
    press(noa, "Yes, ask for it")
    expect(card(noa, "What you asked")).to_contain_text("not answered yet")
    _answer(cora, "Yes, forget them now", "")
    expect(cora.get_by_role("main")).to_contain_text("has not ended")
    ended = update(Placement).where(Placement.id == cast.a.placement.id).values(state=PlacementState.COMPLETED)
    make.do(lambda session: session.execute(ended))
    _answer(cora, "Yes, forget them now", "")
    noa.goto("/my-say")
    expect(noa).to_have_url(re.compile("/sign-in"))
    assert make.one(select(Participant.erased_at).where(Participant.id == cast.a.participant.id)) is not None
    # What the law keeps stays sealed.
    sealed = make.one(select(SessionNote.text_sealed).where(SessionNote.participant_id == cast.a.participant.id))
    assert NOTE.encode() not in sealed
    again = visit()
    again.goto("/sign-in")
    again.get_by_label("E-mail address").fill(cast.accounts.noa.email)
    again.get_by_label("Password").fill(PASSWORD)
    press(again, "Sign in")
    expect(again).to_have_url(re.compile("/sign-in"))
