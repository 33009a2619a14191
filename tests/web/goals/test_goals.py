"""The pages of goals: words for the participant, T for staff, two writers, undo."""

from __future__ import annotations

from sqlalchemy import select, update

from placement.models.progress.plan import Goal, GoalRating
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make


def test_the_person_reads_words_and_staff_also_t(client_for: ClientFor, cast: Cast, make: Make) -> None:
    make.goal_rating(cast.a.goal, cast.accounts.noa, 0, day=make.day(-1))
    own = client_for(cast.accounts.noa).get("/goals")
    assert own.h1 == "My goals"
    assert "Two a shift" in own.content
    assert "T is" not in own.content
    staff = client_for(cast.accounts.coach).get(f"/participants/{cast.a.participant.public_id}/goals")
    assert "T is 50.0, from 1 rated goal" in staff.content or "T is 50, from 1 rated goal" in staff.content
    assert (
        client_for(cast.accounts.noa).get(f"/participants/{cast.a.participant.public_id}/goals", 302).location
        == "/goals"
    )


def test_written_down_and_changed(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.noa)
    new = f"/participants/{cast.a.participant.public_id}/goals/new"
    assert visitor.submit(new, 422, title="I stay calm", level_2="").errors
    done = visitor.submit(new, 303, title="I stay calm", level_2="A whole shift")
    page = visitor.follow(done)
    assert page.h1 == "I stay calm"
    assert "A whole shift (as expected)" in page.content
    goal = make.one(select(Goal).where(Goal.title == "I stay calm"))
    visitor.submit(f"/goals/{goal.public_id}/edit", 303, weight="3", due_on=make.day(20).isoformat())
    row = make.one(select(Goal).where(Goal.id == goal.id))
    assert (row.title, row.weight, row.due_on, row.version) == ("I stay calm", 3, make.day(20), 2)


def test_two_at_once_see_both(client_for: ClientFor, cast: Cast, make: Make) -> None:
    address = f"/goals/{cast.a.goal.public_id}/edit"
    visitor = client_for(cast.accounts.coach)
    (form,) = visitor.get(address).main_forms
    client_for(cast.accounts.noa).submit(address, 303, title="Mine")
    page = visitor.submit(form, 409, title="Yours")
    assert "Mine" in page.content
    assert "Yours" in page.content


def test_rated_taken_back_and_said_again(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor, show = client_for(cast.accounts.noa), f"/goals/{cast.a.goal.public_id}"
    page = visitor.follow(visitor.submit(f"{show}/rate", 303, score="1", note="I asked twice."))
    assert "I asked twice." in page.content
    mine = select(GoalRating).where(GoalRating.by_account_id == cast.accounts.noa.id)
    assert make.one(mine).score == 1
    (undo,) = [form for form in page.forms if form.action.endswith("/remove") and form not in page.main_forms] or [
        form for form in page.forms if form.action.endswith("/remove")
    ][:1]
    page = visitor.follow(visitor.submit(undo, 303))
    assert make.one(mine) is None
    (again,) = [form for form in page.forms if form.action.endswith("/rate")]
    visitor.submit(again, 303)
    assert (make.one(mine).score, make.one(mine).note) == (1, "I asked twice.")


def test_set_aside_with_a_way_back(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor, show = client_for(cast.accounts.coach), f"/goals/{cast.a.goal.public_id}"
    (form,) = [form for form in visitor.get(show).main_forms if form.action.endswith("/aside")]
    page = visitor.follow(visitor.submit(form, 303))
    assert "set aside" in page.content
    assert "Say where it stands" not in page.content
    back = next(form for form in page.forms if form.action.endswith("/aside"))
    assert "Say where it stands" in visitor.follow(visitor.submit(back, 303)).content


def test_nothing_yet_invites(client_for: ClientFor, cast: Cast, make: Make) -> None:
    make.do(lambda s: s.execute(update(Goal).values(archived_at=make.clock.now)))
    page = client_for(cast.accounts.noa).get("/goals")
    assert "No goal yet" in page.content
    assert "One goal set aside" in page.content
