"""One's own view of a shift: offered, skippable, side by side for the right people, unseen by the shop."""

from __future__ import annotations

from datetime import time

from sqlalchemy import select

from placement.models.shifts.occasion import Occasion
from tests.application import ClientFor
from tests.client import Visitor
from tests.factories.cast import Cast
from tests.factories.make import Make

SECTION = ("My view and theirs", "Their own view and the others")


def address(cast: Cast, make: Make) -> str:
    return "/shifts/" + make.one(select(Occasion.public_id).where(Occasion.id == cast.a.rated.id))


def answer(visitor: Visitor, cast: Cast, shift: str, *ranks: int) -> None:
    levels = {rank: level.public_id for rank, level in cast.a.catalog.levels.items()}
    tasks = cast.a.catalog.tasks
    fields = {f"task-{task.public_id}": levels[rank] for task, rank in zip(tasks, ranks, strict=False)}
    visitor.submit(f"{shift}/my-view", 303, **fields)


def test_side_by_side_in_words_without_a_sum(client_for: ClientFor, cast: Cast, make: Make) -> None:
    noa, shift = client_for(cast.accounts.noa), address(cast, make)
    assert SECTION[0] not in noa.get(shift).content
    answer(noa, cast, shift, 6, 6)
    page = noa.get(shift)
    assert "My view and theirs" in page.content
    assert "the same" in page.content
    assert "seen differently" in page.content
    assert "%" not in page.content
    for account in (cast.accounts.coach, cast.accounts.therapist, cast.accounts.coordinator):
        assert SECTION[1] in client_for(account).get(shift).content


def test_the_shop_sees_nothing_of_it(client_for: ClientFor, cast: Cast, make: Make) -> None:
    shop, shift = client_for(cast.accounts.supervisor), address(cast, make)
    pages = (shift, "/day", "/feedback", shift.replace("shifts", "feedback"))
    before = [shop.get(path).content for path in pages]
    answer(client_for(cast.accounts.noa), cast, shift, 2, 2, 6)
    assert [shop.get(path).content for path in pages] == before


def test_taken_back_and_said_again(client_for: ClientFor, cast: Cast, make: Make) -> None:
    noa, shift = client_for(cast.accounts.noa), address(cast, make)
    answer(noa, cast, shift, 6, 4)
    (form,) = [form for form in noa.get(f"{shift}/my-view").main_forms if form.action.endswith("/remove")]
    page = noa.follow(noa.submit(form, 303))
    assert SECTION[0] not in page.content
    (again,) = [form for form in page.forms if form.action.endswith("/my-view")]
    assert SECTION[0] in noa.follow(noa.submit(again, 303)).content


def test_offered_on_the_day_until_answered_or_for_a_day_and_a_half(
    client_for: ClientFor, cast: Cast, make: Make
) -> None:
    noa = client_for(cast.accounts.noa)
    assert "How was your shift?" not in noa.get("/day").content
    shift = make.shift(cast.a.placement, make.day(-1), time(15), time(18))
    assert "How was your shift?" in noa.get("/day").content
    answer(noa, cast, "/shifts/" + make.one(select(Occasion.public_id).where(Occasion.id == shift.id)), 6)
    assert "How was your shift?" not in noa.get("/day").content


def test_goals_whose_day_has_come_are_on_the_day_page(client_for: ClientFor, cast: Cast, make: Make) -> None:
    noa = client_for(cast.accounts.noa)
    assert "goal to look at" not in noa.get("/day").content
    goal = make.goal(cast.a.participant, title="I keep my list", due_on=make.day(2))
    assert "I keep my list" in noa.get("/day").content
    make.goal_rating(goal, cast.accounts.coach, 0, day=make.day(-1))
    assert "I keep my list" not in noa.get("/day").content


def test_nothing_said_is_no_answer(client_for: ClientFor, cast: Cast, make: Make) -> None:
    page = client_for(cast.accounts.noa).submit(f"{address(cast, make)}/my-view", 422)
    assert "Please answer for at least one task, or go back." in page.content
    assert "Not this time" in page.content
