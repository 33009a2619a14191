"""On a progress page beside the tasks: goals, and where more help is good again, since when, whom to ask."""

from __future__ import annotations

from placement.domain.roles import Role
from tests.application import ClientFor
from tests.factories.make import Make
from tests.queries.progress.stories import FALLING, live, world


def test_what_changed_since_when_whom_to_ask(make: Make, client_for: ClientFor) -> None:
    mia = world(make)
    shifts = live(make, mia, {mia.catalog.tasks[0]: FALLING, mia.catalog.tasks[1]: [4, 5, 6]})
    for name, days in (("Jo Coach", None), ("Thea Brook", None), ("Gone Long Ago", -40)):
        account = make.account(name, [Role.COACH], mia.program)
        make.assign(account, mia.person, **({} if days is None else {"last_day": make.day(days)}))
    make.event(mia.person, shifts[8].day, "A new shelf plan")
    make.event(mia.person, shifts[8].day.replace(year=2020), "Long ago")
    page = client_for(mia.account).get("/progress")
    assert "What changed, since when, whom to ask" in page.content
    assert "Shortly before: A new shelf plan" in page.content
    assert "Long ago" not in page.content.split("whom to ask")[1].split("You can talk")[0]
    assert "You can talk about it with Jo Coach, Thea Brook." in page.content
    assert "needs more help" not in page.content


def test_somebody_growing_reads_nothing_of_it(make: Make, client_for: ClientFor) -> None:
    mia = world(make)
    live(make, mia, {mia.catalog.tasks[0]: [3, 3, 4, 4, 5, 6, 6, 6]})
    assert "whom to ask" not in client_for(mia.account).get("/progress").content


def test_goals_stand_on_both_pages(make: Make, client_for: ClientFor) -> None:
    mia = world(make)
    own = client_for(mia.account)
    assert "What would you like to be able to do?" in own.get("/progress").content
    goal = make.goal(mia.person, due_on=make.day(3))
    make.goal(mia.person, title="Set aside", archived_at=make.clock.now)
    coordinator = make.account("Cora Hill", [Role.COORDINATOR], mia.program)
    make.goal_rating(goal, coordinator, -1, day=make.day(-3))
    make.goal_rating(goal, coordinator, 0, day=make.day(-1))
    staff = client_for(coordinator)
    for page in (own.get("/progress"), staff.get(f"/participants/{mia.person.public_id}/progress")):
        assert "Speak with customers" in page.content
        assert "Two a shift" in page.content
        assert "Set aside" not in page.content
