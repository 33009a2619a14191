"""Steps to face a fear in browsers: the two who see them, and everybody else who gets nothing, the shop included."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from placement.models.accounts.account import Assignment
from placement.models.shifts.occasion import Occasion
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.journeys.conftest import Visit
from tests.journeys.steps import card, fits, go, h1, press

STEP, LEARNED = "Stand at the till for five minutes", "Nobody was angry"


def test_a_step_from_the_ladder_to_the_shift(visit: Visit, cast: Cast, make: Make) -> None:
    accounts, ladder = cast.accounts, f"/participants/{cast.a.participant.public_id}/steps"
    noa, thea = visit(accounts.noa, phone=True), visit(accounts.therapist)
    thea.goto(f"/participants/{cast.a.participant.public_id}")
    go(thea.get_by_role("main"), "Steps to face a fear")
    h1(thea, "steps to face a fear")
    expect(thea.get_by_role("main")).to_contain_text("No step yet")
    _write(noa)
    step = noa.url
    _plan(noa, make, cast)
    shift = make.one(select(Occasion.public_id).where(Occasion.id == cast.a.current.id))
    _nothing_for_others(visit, cast, (ladder, step), f"/shifts/{shift}")
    _tell(noa)
    noa.goto("/steps/course")
    expect(noa.get_by_role("main")).to_contain_text("independence")
    fits(noa)

    thea.goto(ladder)
    go(thea, STEP)
    expect(thea.get_by_role("main")).to_contain_text("50 less than expected")
    expect(thea.get_by_role("main")).to_contain_text(LEARNED)
    expect(thea.get_by_role("button", name="Put this step aside")).to_have_count(0)

    noa.goto(step)
    press(noa, "Put this step aside")
    noa.goto("/steps")
    expect(card(noa, "Put aside")).to_contain_text(STEP)
    _ends_with_the_assignment(thea, noa, make, cast, ladder)


def _write(noa: Page) -> None:
    noa.goto("/me")
    noa.get_by_role("main").get_by_role("link", name="My steps to face a fear").tap()
    noa.get_by_role("link", name="Add a step").first.tap()
    noa.get_by_label("What is the step?").fill(STEP)
    noa.get_by_label("How much fear does it make?").fill("170")
    press(noa, "Put it on the ladder")
    expect(noa.get_by_label("What is the step?")).to_have_value(STEP)
    noa.get_by_label("How much fear does it make?").fill("70")
    fits(noa)
    press(noa, "Put it on the ladder")
    noa.goto("/steps")
    noa.get_by_role("link", name=STEP).tap()
    h1(noa, STEP)


def _plan(noa: Page, make: Make, cast: Cast) -> None:
    noa.get_by_role("link", name="I want to face it").tap()
    shift = make.one(select(Occasion.public_id).where(Occasion.id == cast.a.current.id))
    noa.get_by_label("On a shift?").select_option(shift)
    noa.get_by_label("How much fear do you expect?").fill("80")
    fits(noa)
    press(noa, "Save")
    noa.goto("/day")
    expect(card(noa, "Your step")).to_contain_text("on your shift")
    expect(noa.get_by_role("main")).not_to_contain_text(STEP)
    fits(noa)


def _tell(noa: Page) -> None:
    noa.goto("/day")
    card(noa, "Your step").get_by_role("link", name=re.compile("Write down how it was")).tap()
    h1(noa, "How was it?")
    noa.get_by_label("How much fear was it at its highest?").fill("30")
    noa.get_by_label("And at the end?").fill("10")
    noa.get_by_label("How many minutes did it take?").fill("5")
    noa.get_by_label("What did you do to feel safe?").fill("Counted the tiles")
    noa.get_by_label("What did you learn?").fill(LEARNED)
    fits(noa)
    press(noa, "Save")
    expect(noa.get_by_role("main")).to_contain_text("less than expected")


def _nothing_for_others(visit: Visit, cast: Cast, paths: tuple[str, ...], shift: str) -> None:
    """The coach who looks after Noa, too; and the shift's own page tells the shop and the coordinator nothing."""
    accounts = cast.accounts
    for account in (accounts.coach, accounts.coordinator, accounts.supervisor, accounts.kim,
                    accounts.outsider_therapist):  # fmt: skip
        page = visit(account)
        for path in paths:
            answer = page.goto(path)
            assert answer is not None
            assert answer.status in (403, 404)
    for account in (accounts.coordinator, accounts.supervisor):
        page = visit(account)
        answer = page.goto(shift)
        assert answer is not None
        assert answer.ok
        expect(page.get_by_role("main")).not_to_contain_text(re.compile("step|fear|till for", re.IGNORECASE))


def _ends_with_the_assignment(thea: Page, noa: Page, make: Make, cast: Cast, ladder: str) -> None:
    with make.work.transaction() as session:
        session.execute(
            update(Assignment).where(Assignment.account_id == cast.accounts.therapist.id).values(last_day=make.day(-1))
        )
    answer = thea.goto(ladder)
    assert answer is not None
    assert answer.status in (403, 404)
    noa.goto("/steps")
    expect(noa.get_by_role("link", name="Add a step")).to_have_count(0)
