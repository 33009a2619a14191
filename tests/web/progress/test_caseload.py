"""The caseload: one line a person, in words, within four statements."""

from __future__ import annotations

from datetime import time

import pytest

from placement.domain.fading import FadingState
from placement.domain.shifts import Attendance
from placement.domain.verdict import Trend
from placement.models.progress.plan import Probe
from placement.models.progress.summary import TaskSummary
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.statements import Counter


def summarize(make: Make, cast: Cast, at: int, trend: Trend, **columns: object) -> None:
    """A summary row of one of Noa's tasks, as the writer would keep it."""
    now = make.clock.now
    plain: dict[str, object] = {
        "count": 12, "alone_count": 4, "first_rank": 3, "first_at": now, "first_day": make.day(-60), "last_rank": 6,
        "last_at": now, "last_day": make.day(-1), "last_occasion": cast.a.rated.id, "best_rank": 6, "run_alone": 0,
        "best_run": 2, "trend_since": make.day(-10), "trend_rated": 8, "trend_shifts": 10,
    }  # fmt: skip
    make.add(
        TaskSummary(
            program_id=cast.a.program.id, participant_id=cast.a.participant.id,
            task_id=cast.a.catalog.tasks[at].id, trend=trend, **(plain | columns),
        )
    )  # fmt: skip


@pytest.fixture(autouse=True)
def verdicts(cast: Cast, make: Make) -> None:
    summarize(make, cast, 0, Trend.GROWING)
    summarize(make, cast, 1, Trend.NEEDS_MORE_HELP)
    summarize(make, cast, 2, Trend.TOO_EARLY, run_alone=2)


@pytest.mark.parametrize("who", ["coordinator", "therapist", "coach"])
def test_one_line_says_it_all(client_for: ClientFor, cast: Cast, make: Make, who: str) -> None:
    page = client_for(getattr(cast.accounts, who)).get("/caseload")
    for words in (
        "Noa Lind", "Corner Grocery", "1 task needs more help again, 1 task growing, 1 task too early to tell",
        "alone 2 of 3 times", "60 to 40 %", "watched", "1 feedback", "80% of shifts rated", "Nov 16",
    ):  # fmt: skip
        assert words in page.words, words
    assert "Kim" not in page.words  # no running placement


def test_a_check_comes_before_the_nearest_task(client_for: ClientFor, cast: Cast, make: Make) -> None:
    make.add(
        Probe(
            program_id=cast.a.program.id, milestone_id=cast.a.milestone.id, participant_id=cast.a.participant.id,
            due_on=make.day(4),
        )
    )  # fmt: skip
    assert "check due on" in client_for(cast.accounts.coach).get("/caseload").words


def test_filters(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.coordinator)
    for show in ("growing", "needs_more_help", "owed", "watched"):
        assert "Noa Lind" in visitor.get(f"/caseload?show={show}").words, show
    assert "Nobody matches" in visitor.get("/caseload?show=steady").words
    assert "Nobody matches" in visitor.get("/caseload?whose=mine").words
    assert "Noa Lind" in visitor.get("/caseload?q=lin").words
    assert "Nobody matches" in visitor.get("/caseload?q=zz").words


def test_who_needs_more_help_again_comes_first(client_for: ClientFor, cast: Cast, make: Make) -> None:
    ada = make.participant(cast.a.program, "Ada", "Aaron")
    make.placement(ada, cast.a.opening)
    visitor = client_for(cast.accounts.coordinator)
    first = visitor.get("/caseload").words
    assert first.index("Noa Lind") < first.index("Ada Aaron")
    by_name = visitor.get("/caseload?sort=name").words
    assert by_name.index("Ada Aaron") < by_name.index("Noa Lind")


def test_old_tasks_and_steps_taken_back_do_not_show(client_for: ClientFor, cast: Cast, make: Make) -> None:
    summarize(make, cast, 3, Trend.NEEDS_MORE_HELP, last_day=make.day(-90))
    make.do(lambda session: setattr(session.merge(cast.a.fading), "state", FadingState.TAKEN_BACK))
    page = client_for(cast.accounts.coach).get("/caseload")
    assert "1 task needs more help again" in page.words
    assert "no step yet" in page.words


def test_another_programs_people_do_not_show(client_for: ClientFor, cast: Cast) -> None:
    page = client_for(cast.accounts.outsider_coordinator).get("/caseload")
    assert "Noa" not in page.words
    assert "Ben Marsh" in page.words


def test_pages_and_statements(client_for: ClientFor, cast: Cast, make: Make, statements: Counter) -> None:
    visitor = client_for(cast.accounts.coordinator)
    with statements:
        visitor.get("/caseload")
    assert statements.count <= 4
    few = statements.count
    opening = make.opening(cast.a.site, capacity=40)
    for number in range(30):
        person = make.participant(cast.a.program, f"P{number:02}", "Zander")
        placement = make.placement(person, opening)
        make.shift(placement, make.day(-3), time(9), time(12), attendance=Attendance.HERE)
    with statements:
        page = visitor.get("/caseload")
    assert statements.count == few
    following = next(href for href in page.links if "page=" in href)
    assert "P29 Zander" in visitor.get(following).words
