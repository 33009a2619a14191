"""Checks of mastered tasks: on the day page and with the milestone, for those whom they concern."""

from __future__ import annotations

import pytest

from placement.domain.roles import Role
from tests.application import ClientFor
from tests.factories.make import Make
from tests.queries.progress.stories import World, live, world
from tests.statements import Counter

#: Seen by both raters, one shift every three days: mastered with the third, the checks fall to later ones.
MASTERED = [6, 6, 6]


@pytest.fixture
def mia(make: Make) -> World:
    return world(make)


def days(make: Make, client_for: ClientFor, mia: World) -> tuple[str, str]:
    coordinator = make.account("Cora Hill", [Role.COORDINATOR], mia.program)
    coach = make.account("Jo Reed", [Role.COACH], mia.program)
    make.assign(coach, mia.person)
    return client_for(coordinator).get("/day?whose=all").content, client_for(coach).get("/day").content


def progress(make: Make, client_for: ClientFor, mia: World) -> tuple[str, str]:
    own = client_for(mia.account).get("/progress").content
    coordinator = make.account("Ines Reed", [Role.COORDINATOR], mia.program)
    return own, client_for(coordinator).get(f"/participants/{mia.person.public_id}/progress").content


def test_a_check_is_due_a_week_later(make: Make, client_for: ClientFor, mia: World) -> None:
    live(make, mia, {mia.catalog.tasks[0]: MASTERED})
    for page in days(make, client_for, mia):
        assert "still done alone" not in page
    make.clock.advance(days=7)
    for page in days(make, client_for, mia):
        assert "was mastered: is it still done alone?" in page
    own, staff = progress(make, client_for, mia)
    assert "a check is due" in staff
    assert "check" not in own


def test_what_took_help_again_needs_a_look(make: Make, client_for: ClientFor, mia: World) -> None:
    live(make, mia, {mia.catalog.tasks[0]: [*MASTERED, 6, 6, 4]})
    for page in days(make, client_for, mia):
        assert "was mastered, and took help again on" in page
    own, staff = progress(make, client_for, mia)
    assert "needs a look" in staff
    assert "needs a look" not in own


@pytest.mark.parametrize(("ranks", "said"), [([*MASTERED, 6, 6, 4], "check: needs a look"), ([6] * 14, "check: kept")])
def test_a_check_stands_on_the_chart(
    make: Make, client_for: ClientFor, mia: World, ranks: list[int], said: str
) -> None:  # fmt: skip
    live(make, mia, {mia.catalog.tasks[0]: ranks})
    cora = client_for(make.account("Cora Hill", [Role.COORDINATOR], mia.program))
    page = cora.get(f"/participants/{mia.person.public_id}/progress/{mia.catalog.tasks[0].public_id}").content
    assert said in page
    assert "A diamond is a check" in page


def test_what_is_kept_is_said_quietly(make: Make, client_for: ClientFor, mia: World) -> None:
    live(make, mia, {mia.catalog.tasks[0]: [6] * 14})
    for page in days(make, client_for, mia):
        assert "mastered" not in page
    for page in progress(make, client_for, mia):
        assert "kept after 4 weeks" in page


def test_several_tasks_of_one_person_are_one_line(make: Make, client_for: ClientFor, mia: World) -> None:
    live(make, mia, dict.fromkeys(mia.catalog.tasks[:2], MASTERED))
    make.clock.advance(days=30)
    coordinator, _ = days(make, client_for, mia)
    assert "2 tasks were mastered: are they still done alone?" in coordinator


def test_the_day_costs_no_more(make: Make, client_for: ClientFor, mia: World, statements: Counter) -> None:
    coordinator = client_for(make.account("Cora Hill", [Role.COORDINATOR], mia.program))
    coordinator.get("/day?whose=all")
    with statements:
        coordinator.get("/day?whose=all")
    before = statements.count
    live(make, mia, {mia.catalog.tasks[0]: [*MASTERED, 6, 6, 4]})
    with statements:
        coordinator.get("/day?whose=all")
    assert statements.count == before
