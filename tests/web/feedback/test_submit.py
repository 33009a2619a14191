"""The form of one shift, from opening it to changing what was sent."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from sqlalchemy import func, select

from placement.domain.notices import NoticeKind
from placement.domain.shifts import Attendance
from placement.models.employers.opening import OpeningTask
from placement.models.feedback.observation import Feedback, Observation
from placement.models.notices.notice import Notice
from placement.models.programs.catalog import Task
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from tests.application import ClientFor
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.statements import Counter


def public_id(make: Make, shift: Shift) -> str:
    return str(make.one(select(Occasion.public_id).where(Occasion.id == shift.id)))


@pytest.fixture
def path(make: Make, cast: Cast) -> str:
    return f"/feedback/{public_id(make, cast.a.owed)}"


def answers(cast: Cast, *ranks: int) -> dict[str, Any]:
    catalog = cast.a.catalog
    return {
        f"task-{task.public_id}": catalog.levels[rank].public_id
        for task, rank in zip(catalog.tasks, ranks, strict=False)
    }


def test_three_tasks_are_four_taps(client_for: ClientFor, cast: Cast, make: Make, path: str) -> None:
    """Three answers and *send*: nothing else has to be filled in, and nothing is filled in beforehand."""
    visitor = client_for(cast.accounts.supervisor)
    page = visitor.get(path)
    assert page.h1 == "How did it go?"
    assert "Noa" in page.words
    assert "Lind" not in page.words
    assert not [e for e in page.find("input", type="radio") if e.get("checked") is not None]
    done = visitor.submit(path, 303, **answers(cast, 6, 4, 2))
    thanks = visitor.follow(done)
    assert "Thank you" in thanks.h1
    ranks = select(Observation.rank).where(Observation.occasion_id == cast.a.owed.id).order_by(Observation.task_id)
    assert make.all(ranks) == [6, 4, 2]


def test_did_not_come_is_one_tap(client_for: ClientFor, cast: Cast, make: Make, path: str) -> None:
    visitor = client_for(cast.accounts.supervisor)
    form = visitor.get(path).main_forms[1]
    thanks = visitor.follow(visitor.submit(form, 303))
    assert "Did not come" in thanks.content
    assert make.one(select(Occasion.attendance).where(Occasion.id == cast.a.owed.id)) is Attendance.ABSENT


def test_came_later_is_one_tap_more(client_for: ClientFor, cast: Cast, make: Make, path: str) -> None:
    visitor = client_for(cast.accounts.supervisor)
    visitor.submit(path, 303, attendance="late", **answers(cast, 6))
    assert make.one(select(Occasion.attendance).where(Occasion.id == cast.a.owed.id)) is Attendance.LATE
    again = visitor.get(path)
    assert again.main_forms[0].fields["attendance"] == ["late"]
    visitor.submit(path, 303, attendance="here")
    assert make.one(select(Occasion.attendance).where(Occasion.id == cast.a.owed.id)) is Attendance.HERE


def test_not_today_with_a_reason(client_for: ClientFor, cast: Cast, make: Make, path: str) -> None:
    name = f"task-{cast.a.catalog.tasks[0].public_id}"
    visitor = client_for(cast.accounts.supervisor)
    visitor.submit(path, 303, **{name: "not_today", f"{name}-reason": "not_safe"})
    assert make.all(select(Observation.not_today).where(Observation.occasion_id == cast.a.owed.id)) == ["not_safe"]


def test_what_was_sent_can_be_changed(client_for: ClientFor, cast: Cast, make: Make, path: str, clock: Clock) -> None:
    visitor = client_for(cast.accounts.supervisor)
    visitor.submit(path, 303, went_well="Kind to everybody", **answers(cast, 6, 4))
    clock.advance(days=6)
    visitor = client_for(cast.accounts.supervisor)
    page = visitor.get(path)
    chosen = [e.get("value") for e in page.find("input", type="radio") if e.get("checked") is not None]
    assert chosen == ["here", cast.a.catalog.levels[6].public_id, cast.a.catalog.levels[4].public_id]
    assert page.main_forms[0].fields["went_well"] == ["Kind to everybody"]
    assert "Noa" in visitor.get("/feedback").content
    visitor.submit(path, 303, **answers(cast, 6, 2))
    current = select(Observation.rank).where(
        Observation.occasion_id == cast.a.owed.id, Observation.replaced_at.is_(None)
    )
    assert make.all(current.order_by(Observation.task_id)) == [6, 2]


def test_a_double_tap_is_one_answer(client_for: ClientFor, cast: Cast, make: Make, path: str) -> None:
    visitor = client_for(cast.accounts.supervisor)
    form = visitor.get(path).main_forms[0]
    for _ in range(2):
        visitor.submit(form, 303, **answers(cast, 6, 4))
    assert make.one(select(func.count()).where(Observation.occasion_id == cast.a.owed.id)) == 2
    page = visitor.submit(form, 409, **answers(cast, 2, 4))
    assert page.status == 409


def test_nothing_answered_keeps_the_page(client_for: ClientFor, cast: Cast, make: Make, path: str) -> None:
    visitor = client_for(cast.accounts.supervisor)
    page = visitor.submit(path, 422)
    assert "at least one task" in page.content
    page = visitor.submit(path, 422, went_well="x" * 2001, **answers(cast, 6))
    assert page.errors
    assert make.one(select(func.count()).where(Feedback.occasion_id == cast.a.owed.id)) == 0
    chosen = [e.get("value") for e in page.find("input", type="radio") if e.get("checked") is not None]
    assert chosen == [cast.a.catalog.levels[6].public_id]


def test_more_than_six_tasks_wait_behind_more(client_for: ClientFor, cast: Cast, make: Make, path: str) -> None:
    for number in range(5):
        words = {"name": {"en": f"Extra {number}"}, "sentence": {"en": "x"}, "area": "stock"}
        task = make.add(Task(program_id=cast.a.program.id, key=f"extra{number}", **words))
        make.add(OpeningTask(program_id=cast.a.program.id, opening_id=cast.a.opening.id, task_id=task.id))
    page = client_for(cast.accounts.supervisor).get(path)
    assert "2 more tasks" in page.content
    inside = [e for details in page.find("details", class_="more") for e in details.iter("fieldset")]
    assert len(inside) == 2
    assert len(page.find("fieldset", class_="ask")) == 8


def test_a_shift_to_come_is_not_rated(client_for: ClientFor, cast: Cast, make: Make) -> None:
    page = client_for(cast.accounts.coach).get(f"/feedback/{public_id(make, cast.a.future)}")
    assert "has not begun" in page.content
    assert not page.main_forms


def test_no_history_and_no_progress(client_for: ClientFor, cast: Cast, make: Make, path: str) -> None:
    """What was sent about another day does not show, nor does anything else about the person."""
    page = client_for(cast.accounts.supervisor).get(path)
    assert "Friendly with everybody" not in page.words
    assert not [link for link in page.links if "progress" in link or "participants" in link]


def test_script_is_only_text(client_for: ClientFor, cast: Cast, path: str) -> None:
    visitor = client_for(cast.accounts.supervisor)
    thanks = visitor.follow(visitor.submit(path, 303, went_well="<b>x</b>", **answers(cast, 6)))
    assert "<b>x</b>" in unescape(thanks.text)
    assert "<b>x</b>" not in thanks.text


def test_four_statements_whatever_the_history(
    client_for: ClientFor, cast: Cast, make: Make, statements: Counter, path: str
) -> None:
    visitor = client_for(cast.accounts.supervisor)
    with statements:
        visitor.get(path)
    before = statements.count
    for days in range(7, 20):
        shift = make.shift(cast.a.placement, make.day(-days), attendance=Attendance.HERE)
        make.feedback(shift, cast.a.rater, dict(zip(cast.a.catalog.tasks, (6, 4, 2), strict=False)), cast.a.catalog)
    with statements:
        visitor.get(path)
    assert statements.count == before <= 6


@pytest.mark.parametrize("who", ["other_supervisor", "outsider_coordinator", "kim", "ben"])
def test_foreign_looks_absent(client_for: ClientFor, cast: Cast, path: str, who: str) -> None:
    visitor = client_for(getattr(cast.accounts, who))
    for target in (path, f"{path}/sent"):
        assert visitor.get(target, None).status in (403, 404)
        assert visitor.get("/feedback/nowhere", None).status in (403, 404)


def test_two_pages_do_not_replace_each_other_by_accident(
    client_for: ClientFor, cast: Cast, make: Make, path: str
) -> None:
    """The same form open twice: the second sending says so, keeps what was written, and replaces on purpose."""
    visitor = client_for(cast.accounts.supervisor)
    first, second = visitor.get(path).main_forms[0], visitor.get(path).main_forms[0]
    visitor.submit(first, 303, went_well="From the first page")
    page = visitor.submit(second, 409, went_well="From the second page")
    assert "From the second page" in page.text
    assert make.all(select(Feedback.went_well).where(Feedback.occasion_id == cast.a.owed.id)) == ["From the first page"]
    visitor.submit(page.main_forms[0], 303)
    assert make.all(select(Feedback.went_well).where(Feedback.occasion_id == cast.a.owed.id)) == [
        "From the second page"
    ]


def test_a_task_that_is_not_listed_reaches_the_coordinator(
    client_for: ClientFor, cast: Cast, make: Make, path: str
) -> None:
    client_for(cast.accounts.supervisor).submit(path, 303, unlisted="Watering plants", note="Could start earlier.")
    told = make.all(select(Notice.kind).where(Notice.occasion_id == cast.a.owed.id).order_by(Notice.id))
    assert told == [NoticeKind.FOR_COORDINATOR, NoticeKind.UNLISTED_TASK]
    again = client_for(cast.accounts.supervisor).get(path).main_forms[0]
    assert again.fields["unlisted"] == ["Watering plants"]
