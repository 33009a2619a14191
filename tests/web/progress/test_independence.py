"""Independence beside one's own earlier shifts, time with a coach, and what three years cost."""

from __future__ import annotations

from datetime import date, timedelta

from placement.domain.contacts import ContactKind
from placement.domain.occasions import Audience
from placement.domain.roles import Role
from placement.domain.support import NotTodayReason, RaterKind
from placement.models.feedback.rater import Rater
from placement.models.programs.catalog import Task
from tests.application import ClientFor
from tests.client import Visitor
from tests.factories.make import Make
from tests.queries.progress.stories import World, live, sum_up, world
from tests.statements import Counter


def staff(make: Make, mia: World, client_for: ClientFor) -> Visitor:
    return client_for(make.account("Cora Hill", [Role.COORDINATOR], mia.program))


def address(mia: World) -> str:
    return f"/participants/{mia.person.public_id}/progress/independence"


def test_what_is_alone_of_what_was_tried(make: Make, client_for: ClientFor) -> None:
    mia = world(make)
    first, second = mia.catalog.tasks[:2]
    live(make, mia, {first: [3] * 5 + [6] * 5, second: [3] * 9 + [NotTodayReason.NO_OCCASION]})
    page = staff(make, mia, client_for).get(address(mia))
    assert "Usually 50 % of the tasks alone in the last 5 shifts, and 0 % in the 5 shifts before." in page.content
    # A task that was not tried is missing, and no task done with help.
    assert "100%" in page.content
    assert "1 of 1" in page.content
    assert "1 of 2" in page.content
    assert page.find("a", href=f"/participants/{mia.person.public_id}/progress")


def test_three_shifts_are_too_few_and_nothing_is_empty(make: Make, client_for: ClientFor) -> None:
    mia = world(make)
    visitor = staff(make, mia, client_for)
    assert "Nothing is rated yet." in visitor.get(address(mia)).content
    live(make, mia, {mia.catalog.tasks[0]: [2, 4, 6]})
    assert "Too few shifts to compare." in visitor.get(address(mia)).content


def test_only_coaching_counts_as_time_with_a_coach(make: Make, client_for: ClientFor) -> None:
    mia = world(make)
    live(make, mia, {mia.catalog.tasks[0]: [3, 4, 6, 6]}, every=7)
    coach = make.account("Cleo Moss", [Role.COACH], mia.program)
    spent = ((22, 120, ContactKind.COACHING), (1, 30, ContactKind.COACHING), (1, 600, ContactKind.CALL))
    for days, minutes, kind in spent:
        make.contact(mia.person, coach, day=make.day(-days), minutes=minutes, kind=kind)
    page = staff(make, mia, client_for).get(address(mia))
    assert "2 h" in page.content
    assert "0.5 h" in page.content
    assert "10 h" not in page.content


def test_private_tasks_stay_private(make: Make, client_for: ClientFor) -> None:
    mia = world(make)
    private = make.add(
        Task(
            program_id=mia.program.id, key="own", name={"en": "Own care"}, sentence={}, area=mia.catalog.tasks[0].area,
            audience=Audience.PRIVATE, participant_id=mia.person.id,
        )
    )  # fmt: skip
    live(make, mia, {mia.catalog.tasks[0]: [6, 6, 6], private: [2, 2, 2]})
    page = staff(make, mia, client_for).get(address(mia))
    assert "1 of 1" in page.content
    assert "of 2" not in page.content


def test_three_years_cost_what_half_a_year_costs(make: Make, client_for: ClientFor, statements: Counter) -> None:
    mia = world(make)
    task = mia.catalog.tasks[0]
    own = make.add(
        Rater(
            program_id=mia.program.id,
            account_id=mia.account.id,
            kind=RaterKind.SELF,
            name="Mia",
            created_at=make.clock.now,
        )
    )
    visitor = staff(make, mia, client_for)
    paths = (
        address(mia), f"/participants/{mia.person.public_id}/progress/{task.public_id}", "/caseload",
        f"/placements/{mia.placement.public_id}",
    )  # fmt: skip
    costs, weeks_known = [], 0
    for weeks in (26, 156):
        for week in range(weeks_known, weeks):
            day: date = make.today - timedelta(weeks=week, days=1)
            shift = make.shift(mia.placement, day)
            make.feedback(shift, mia.raters[0], {task: 3 + week % 4}, mia.catalog)
            make.feedback(shift, own, {task: 4}, mia.catalog)
        weeks_known = weeks
        sum_up(make, mia)
        counted = []
        for path in paths:
            with statements:
                page = visitor.get(path)
            counted.append(statements.count)
        costs.append(counted)
        if weeks == 156:
            assert "four weeks" in page.content
    assert costs[0] == costs[1]
    assert max(costs[1]) <= 6
    assert costs[1][2] <= 4
    rows = visitor.get(paths[1])
    assert rows.text.count('data-label="Support"') == 40
    assert "Each point is the middle answer of one week." in rows.content
    older = visitor.get(next(link for link in rows.links if "rows=" in link))
    assert older.text.count('data-label="Support"') == 40
    assert rows.content.count("Seen by both") >= 1
