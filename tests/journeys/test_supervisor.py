"""A supervisor on the shop floor: a phone, thirty seconds."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.factories.cast import Cast
from tests.journeys.conftest import Visit
from tests.journeys.steps import feedback_of, fits, go, h1, menu, press


def answer(page: Page, task: str, words: str) -> None:
    """One tap: the answer's own words, big enough for a thumb."""
    choice = page.get_by_role("group", name=task).locator("label").filter(has_text=words)
    box = choice.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    choice.tap()


def test_feedback_in_four_taps(visit: Visit, cast: Cast) -> None:
    page = visit(cast.accounts.supervisor, phone=True)
    h1(page, "How was the shift of Noa")
    feedback_of(page, "Noa").tap()
    h1(page, "How did it go")
    fits(page)
    tasks = [task.name["en"] for task in cast.a.catalog.tasks[:3]]
    taps = 0
    for task, words in zip(tasks, ("Alone", "After a hint", "Not today"), strict=True):
        answer(page, task, words)
        taps += 1
    page.get_by_role("button", name="Send", exact=True).tap()
    taps += 1
    h1(page, "Thank you")
    assert taps <= 4
    for text in ("Alone", "After a hint", "not today"):
        expect(page.get_by_role("main")).to_contain_text(text, ignore_case=True)
    fits(page)

    go(page, "Change it")
    answer(page, tasks[1], "Alone")
    page.get_by_text("Write something (optional)").tap()
    page.get_by_label("What went well?").fill("Quick and careful.")
    press(page, "Send again")
    h1(page, "Thank you")
    expect(page.get_by_role("main")).not_to_contain_text("After a hint")
    expect(page.get_by_role("main")).to_contain_text("Quick and careful.")

    menu(page, "Feedback")
    h1(page, "No feedback is waiting")


def test_did_not_come(visit: Visit, cast: Cast) -> None:
    page = visit(cast.accounts.supervisor, phone=True)
    feedback_of(page, "Noa").tap()
    page.get_by_role("button", name="Did not come").tap()
    h1(page, "Thank you")
    expect(page.get_by_role("main")).to_contain_text("Did not come.")
    go(page, "Change it")
    expect(page.get_by_role("main")).to_contain_text("You said: did not come.")
