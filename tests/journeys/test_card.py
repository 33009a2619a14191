"""Somebody in the shop without an account: a link, a tap to open it, four taps to be done."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.journeys.conftest import Visit
from tests.journeys.steps import fits, h1
from tests.web.cards.phones import link_for

#: On how many lines each word of the answers stands.
LINES_PER_WORD = """came => {
  const texts = [...came.querySelectorAll('.answer')].flatMap((answer) => {
    const walk = document.createTreeWalker(answer, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walk.nextNode()) found.push(walk.currentNode);
    return found;
  });
  return texts.flatMap((text) => [...text.data.matchAll(/\\S+/g)].map((word) => {
    const range = document.createRange();
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    return new Set([...range.getClientRects()].map((box) => box.top)).size;
  }));
}"""


def test_from_the_link_to_sent(visit: Visit, cast: Cast, make: Make) -> None:
    link = link_for(make, cast.a.placement)
    page = visit(phone=True)
    page.goto(link.path)
    fits(page)
    page.get_by_role("button", name="Open the card").tap()
    h1(page, "How did it go")
    expect(page).not_to_have_url(link.path)
    fits(page)
    taps = 0
    for task, words in zip(cast.a.catalog.tasks[:3], ("Alone", "After a hint", "Not today"), strict=True):
        page.get_by_role("group", name=task.name["en"]).locator("label").filter(has_text=words).tap()
        taps += 1
    page.get_by_role("button", name="Send", exact=True).tap()
    h1(page, "Thank you")
    assert taps + 1 == 4
    expect(page.get_by_role("main")).to_contain_text("after a hint")
    fits(page)


def test_what_the_participant_releases_reaches_the_shop(visit: Visit, cast: Cast, make: Make) -> None:
    place = f"/placements/{cast.a.placement.public_id}"
    desk, noa, shop = visit(cast.accounts.coordinator), visit(cast.accounts.noa, phone=True), visit(phone=True)
    desk.goto(place)
    desk.get_by_role("link", name="What stands on the card").click()
    desk.get_by_label("A limit or an adjustment").fill("A break every hour")
    desk.get_by_role("button", name="Add").click()
    expect(desk.get_by_role("main")).to_contain_text("waits for Noa")
    shop.goto(link_for(make, cast.a.placement).path)
    shop.get_by_role("button", name="Open the card").tap()
    expect(shop.get_by_role("main")).not_to_contain_text("A break every hour")
    noa.goto(place)
    noa.get_by_role("link", name="What the shop may know").tap()
    noa.get_by_role("button", name="The shop may read this").tap()
    expect(noa.get_by_role("main")).to_contain_text("the shop reads it")
    shop.goto("/card")
    expect(shop.get_by_role("main")).to_contain_text("A break every hour")


def test_no_word_breaks_in_the_three_answers(visit: Visit, cast: Cast, make: Make) -> None:
    """In the longer language, on a narrow phone."""
    page = visit(phone=True)
    page.goto(link_for(make, cast.a.placement).path)
    page.get_by_role("button", name="Open the card").tap()
    came = page.locator(".came")
    came.evaluate("(came, words) => came.querySelectorAll('.answer').forEach((one, n) => {"
                  " one.lang = 'de'; (one.querySelector('.words') ?? one).textContent = words[n]; })",
                  ["War da", "Später gekommen", "Nicht gekommen"])  # fmt: skip
    assert came.evaluate(LINES_PER_WORD) == [1] * 6
    fits(page)
