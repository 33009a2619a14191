"""Somebody who reads slowly, on a phone: short sentences, larger type, pictures, and pages read out by the device."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.factories.cast import Cast
from tests.journeys.conftest import Visit
from tests.journeys.steps import account_menu, fits, go, h1, press

#: A device with a voice of its own and one that lives on a server; what is said is kept in ``window.said``.
VOICES = """
  const voices = [
    {name: 'far', lang: 'en-US', localService: false},
    {name: 'near', lang: 'en-US', localService: true},
  ];
  window.said = [];
  window.SpeechSynthesisUtterance = class extends EventTarget {
    constructor(text) { super(); this.text = text; }
  };
  Object.defineProperty(window, 'speechSynthesis', {value: {
    getVoices: () => voices,
    speak: one => window.said.push([one.voice.name, one.text]),
    cancel: () => {},
    addEventListener: () => {},
  }});
"""
PAGES = ("/day", "/me", "/progress", "/my-say", "/questionnaires/mine", "/steps", "/diary", "/me/practice", "/limits",
         "/sessions", "/me/groups", "/activities", "/shifts")  # fmt: skip


def test_pages_for_somebody_who_reads_slowly(visit: Visit, cast: Cast) -> None:
    noa = visit(cast.accounts.noa, phone=True)
    noa.add_init_script(VOICES)
    noa.goto("/day")
    usual = _type_size(noa)
    go(account_menu(noa), "How I read best")
    h1(noa, "How I read best")
    for words in ("Plain language", "Larger type", "Pictures beside the words", "Read pages aloud"):
        noa.get_by_label(words).check()
    press(noa, "Save")
    for path in PAGES:
        answer = noa.goto(path)
        assert answer is not None
        assert answer.ok
        assert _type_size(noa) > usual
        expect(noa.get_by_role("button", name="Read aloud")).to_be_visible()
        fits(noa)

    noa.goto("/my-say")
    expect(noa.get_by_role("main")).to_contain_text("You do not have to share anything.")
    expect(noa.locator(".picto").first).to_be_visible()
    noa.get_by_role("button", name="Read aloud").tap()
    said = noa.evaluate("window.said")
    assert {voice for voice, _ in said} == {"near"}, "a voice from a server would send the words there"
    assert any("You do not have to share anything." in text for _, text in said)
    expect(noa.get_by_role("button", name="Stop")).to_be_focused()

    kim = visit(cast.accounts.kim, phone=True)
    kim.goto("/my-say")
    expect(kim.get_by_role("main")).not_to_contain_text("You do not have to share anything.")
    expect(kim.locator(".picto")).to_have_count(0)


def _type_size(page: Page) -> float:
    return float(
        page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p, main li, main')).fontSize)")
    )
