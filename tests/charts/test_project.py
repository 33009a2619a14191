"""A project's picture: what is told, what is drawn, and that every mark lies inside."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from placement.charts.picture import Circle, Curve, Ink, Rect
from placement.charts.project import NARROW, WIDE, ProjectTask, project_chart
from placement.domain.groups import TaskCourse, TaskState
from placement.domain.words import say

START = date(2026, 9, 28)
TITLE = say("How far it is: %(group)s", group="Club room")
DAYS = st.none() | st.integers(-20, 120).map(lambda days: START + timedelta(days=days))


def day(offset: int) -> date:
    return START + timedelta(days=offset)


def test_planned_begun_and_done_are_told_apart() -> None:
    tasks = [
        ProjectTask("Plan", TaskCourse(day(7), day(0), day(7))),
        ProjectTask("Paint", TaskCourse(day(21), day(14), None)),
        ProjectTask("Clean", TaskCourse(day(28), None, None)),
    ]
    chart = project_chart(TITLE, tasks, START, day(40), day(20))
    assert (chart.summary.params["done"], chart.summary.params["total"], chart.summary.params["begun"]) == (1, 3, 1)
    for picture in chart.pictures:
        done, begun, planned = picture.points
        assert [part.ink for part in done.parts if isinstance(part, Circle)] == [Ink.HELP_4]
        assert not [part for part in begun.parts if isinstance(part, Circle)]
        (bar,) = [part for part in begun.parts if isinstance(part, Rect)]
        assert bar.width > 0
        assert [type(part) for part in planned.parts] == [Curve]
    assert chart.rows[1].cells == (day(21), day(14), None)
    assert [point.words.msgid for point in chart.pictures[0].points] == [
        "%(task)s: done on %(day)s", "%(task)s: begun on %(day)s", "%(task)s: planned for %(day)s"
    ]  # fmt: skip


def test_nothing_planned_is_a_sentence_alone() -> None:
    chart = project_chart(TITLE, [], START, None, START)
    assert (chart.pictures, chart.rows, chart.summary.msgid) == ((), (), "No tasks are planned yet.")


@given(st.lists(st.tuples(DAYS, DAYS, DAYS), min_size=1, max_size=6), DAYS, st.integers(-30, 200))
def test_every_mark_lies_inside(days: list[tuple[date | None, ...]], last: date | None, now: int) -> None:
    tasks = [ProjectTask(f"Task {nth}", TaskCourse(*course)) for nth, course in enumerate(days)]
    end = None if last is None else max(last, START)
    for shape, picture in zip((NARROW, WIDE), project_chart(TITLE, tasks, START, end, day(now)).pictures, strict=True):
        assert len(picture.points) == len(tasks)
        for point in picture.points:
            for part in point.parts:
                if isinstance(part, Circle):
                    assert part.x - part.r >= 0
                    assert part.x + part.r <= shape.width
                elif isinstance(part, Rect):
                    assert part.x >= 0
                    assert part.x + part.width <= shape.width
                    assert part.width > 0


@given(DAYS, DAYS, DAYS, st.sampled_from(TaskState), st.integers(0, 100))
def test_a_moved_task_stands_where_it_was_moved_to(
    planned: date | None, begun: date | None, done: date | None, to: TaskState, now: int
) -> None:
    moved = TaskCourse(planned, begun, done).moved(to, day(now))
    assert moved.state is to
    assert moved.planned_for == planned
    assert moved.moved(to, day(now + 9)) == moved
    if moved.begun_on is not None and moved.done_on is not None:
        assert moved.begun_on <= moved.done_on
