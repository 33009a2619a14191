"""A questionnaire in browsers: handed out, filled in on a phone, read by one person, taken back; nobody else knows."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.journeys.conftest import Visit
from tests.journeys.steps import card, fits, go, h1, press
from tests.web.questionnaires.papers import load

ASKED = "Self-confidence check-in"


def test_a_questionnaire_from_hand_to_hand(visit: Visit, cast: Cast, make: Make) -> None:
    load(make, cast.a.program.id)
    accounts, record = cast.accounts, f"/participants/{cast.a.participant.public_id}"
    thea, noa = visit(accounts.therapist), visit(accounts.noa, phone=True)
    thea.goto(record)
    go(thea.get_by_role("main"), "Questionnaires")
    go(thea, "Hand one out")
    thea.get_by_label(ASKED).check()
    thea.get_by_label("Who reads the answers?").select_option(label=accounts.therapist.name)
    thea.get_by_label("Read by").fill(make.day(7).isoformat())
    press(thea, "Hand it out")
    thea.get_by_role("link", name=ASKED).click()
    address = thea.url
    expect(thea.get_by_role("main")).to_contain_text("nobody has to say which")

    noa.goto("/day")
    card(noa, "A questionnaire for you").get_by_role("link", name="Look at it").tap()
    expect(noa.get_by_role("main")).to_contain_text(f"When you hand it in, {accounts.therapist.name} reads it by")
    for group in noa.get_by_role("main").get_by_role("group").all()[:7]:
        group.get_by_label("mostly").check()
    fits(noa)
    noa.get_by_role("button", name="Hand it in").tap()
    expect(card(noa, "You have handed it in")).to_contain_text("Score:")
    own = noa.url
    noa.goto("/questionnaires/course")
    expect(noa.get_by_role("main")).to_contain_text("on a scale from 0 to 4")
    fits(noa)

    thea.goto("/day")
    expect(thea.get_by_role("main")).to_contain_text("A questionnaire of Noa")
    thea.goto(address)
    expect(thea.get_by_role("main")).to_contain_text("Score:")
    press(thea, "I have read it")
    noa.goto(own)
    expect(noa.get_by_role("main")).to_contain_text(f"{accounts.therapist.name} has read it")
    _nothing_for_others(visit, cast, address, own)
    noa.get_by_role("button", name="Take it back").tap()
    h1(noa, ASKED)
    thea.goto(address)
    expect(thea.get_by_role("main")).not_to_contain_text("Score:")


def _nothing_for_others(visit: Visit, cast: Cast, address: str, own: str) -> None:
    """The coach who looks after Noa, too, coordinator, another participant, another program."""
    accounts = cast.accounts
    for account in (accounts.coach, accounts.coordinator, accounts.kim, accounts.outsider_therapist):
        page = visit(account)
        for path in (address, own):
            answer = page.goto(path)
            assert answer is not None
            assert answer.status in (403, 404)
    page = visit(accounts.coordinator)
    page.goto(f"/participants/{cast.a.participant.public_id}")
    expect(page.get_by_role("main")).not_to_contain_text("uestionnaire")
