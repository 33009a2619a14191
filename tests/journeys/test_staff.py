"""A therapist and a coach: the people they look after, a rating, a line on the chart, and nobody else's."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.factories.cast import Cast
from tests.journeys.conftest import Visit
from tests.journeys.steps import feedback_of, h1, menu, press


@pytest.mark.parametrize("who", ["therapist", "coach"])
def test_rates_and_explains(visit: Visit, cast: Cast, who: str) -> None:
    page = visit(getattr(cast.accounts, who))
    main = page.get_by_role("main")
    expect(main).to_contain_text("Noa")
    expect(main).not_to_contain_text("Lee")
    feedback_of(page, "Noa").click()
    h1(page, "How did it go")
    task = cast.a.catalog.tasks[0].name["en"]
    page.get_by_role("group", name=task).locator("label").filter(has_text="After showing").click()
    press(page, "Send")
    h1(page, "Thank you")

    menu(page, "Today")
    main.get_by_role("link", name="Noa Lind", exact=False).first.click()
    expect(main).to_contain_text(task)
    page.get_by_role("link", name="Phase lines").click()
    page.get_by_label("From which day").fill("2026-11-18")
    page.get_by_label("Coaching step").check()
    page.get_by_label("In a few words").fill("Coach comes once a week")
    press(page, "Add the line")
    page.goto(f"/participants/{cast.a.participant.public_id}/progress")
    expect(main).to_contain_text("Coach comes once a week")


@pytest.mark.parametrize("who", ["therapist", "coach"])
def test_sees_nobody_elses(visit: Visit, cast: Cast, who: str) -> None:
    page = visit(getattr(cast.accounts, who))
    for stranger in (cast.lee, cast.b.participant):
        for rest in ("", "/progress", "/progress/events"):
            answer = page.goto(f"/participants/{stranger.public_id}{rest}")
            assert answer is not None
            assert answer.status == 404
            expect(page.get_by_role("main")).not_to_contain_text(stranger.preferred_name)
