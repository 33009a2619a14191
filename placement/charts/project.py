"""A project as a picture: for each task when it was planned, begun and done, over the group's period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from placement.charts.axis import TimeAxis
from placement.charts.level_drawing import Shape
from placement.charts.phases import LETTER
from placement.charts.picture import (
    FOOT,
    Chart,
    Circle,
    Ink,
    Line,
    Part,
    Picture,
    Point,
    Rect,
    Row,
    Text,
    diamond,
    tick_parts,
)
from placement.charts.scale import Words
from placement.domain.groups import TaskCourse, TaskState, progress_sentence, state_words
from placement.domain.words import Say, say

#: Task names stand above their lines, so both pictures begin at the edge.
NARROW = Shape("narrow", 300, 8, 14, 4)
WIDE = Shape("wide", 640, 8, 22, 7)
#: Of one task: its name, then its line; and letters of a name in the narrow picture.
ROW, NAME_Y, LINE_Y = 46.0, 14.0, 31.0
TOP = 6.0
DONE_R, PLANNED_R, BAR = 6.0, 5.0, 5.0


@dataclass(frozen=True, slots=True)
class ProjectTask:
    """``key``: whatever the caller needs to link its row."""

    words: Words
    course: TaskCourse
    key: str | None = None


def project_chart(
    title: Say,
    tasks: Sequence[ProjectTask],
    first: date,
    last: date | None,
    today: date,
    shapes: Sequence[Shape] = (NARROW, WIDE),
) -> Chart:
    """Tasks in their order. ``first``, ``last``: the group's period; what lies outside stretches it."""
    notes = [say("A diamond: planned for that day. A bar: from begun until today. A dot: done.")] if tasks else []
    return Chart(
        title=title,
        summary=progress_sentence(task.course for task in tasks),
        notes=tuple(notes),
        pictures=tuple(_draw(shape, tasks, first, last, today) for shape in shapes) if tasks else (),
        columns=(say("Task"), say("Planned for"), say("Begun"), say("Done")),
        rows=tuple(
            Row(task.words, (task.course.planned_for, task.course.begun_on, task.course.done_on), task.key)
            for task in tasks
        ),
    )


def _draw(shape: Shape, tasks: Sequence[ProjectTask], first: date, last: date | None, today: date) -> Picture:
    days = [day for task in tasks for day in _days(task.course)]
    start = min([first, *days])
    end = max([last or today, *days, start])
    axis = TimeAxis(start, end, shape.left + 8.0, shape.width - 14.0)
    bottom = TOP + ROW * len(tasks)
    parts: list[Part] = []
    if start <= today <= end:
        parts.append(Line(axis.x(today), TOP, axis.x(today), bottom + 4, Ink.PHASE))
    points = []
    for nth, task in enumerate(tasks):
        top = TOP + ROW * nth
        letters = round((shape.width - 2 * shape.left) / LETTER)
        parts.append(Text(shape.left, top + NAME_Y, task.words, "start", Ink.STRONG, letters))
        parts.append(Line(axis.left, top + LINE_Y, axis.right, top + LINE_Y, Ink.GRID))
        hit = (0.0, round(top, 1), shape.width, ROW)
        points.append(Point(tuple(_marks(task.course, axis, top + LINE_Y, today)), hit, None, _told(task)))
    parts += tick_parts(axis.ticks(shape.most_ticks), bottom + 22)
    return Picture(shape.name, shape.width, bottom + FOOT, tuple(parts), tuple(points))


def _marks(course: TaskCourse, axis: TimeAxis, y: float, today: date) -> list[Part]:
    marks: list[Part] = []
    if course.begun_on is not None:
        until = course.done_on or max(course.begun_on, min(today, axis.last))
        x1, x2 = axis.x(course.begun_on), axis.x(until)
        marks.append(Rect(x1, y - BAR / 2, round(max(x2 - x1, BAR), 1), BAR, Ink.HELP_2, BAR / 2))
    if course.planned_for is not None:
        marks.append(diamond(axis.x(course.planned_for), y, PLANNED_R, Ink.OPEN))
    if course.done_on is not None:
        marks.append(Circle(axis.x(course.done_on), y, DONE_R, Ink.HELP_4))
    return marks


def _told(task: ProjectTask) -> Say:
    """What a task's line says to whoever hears it."""
    course = task.course
    match course.state:
        case TaskState.DONE:
            return say("%(task)s: done on %(day)s", task=task.words, day=course.done_on)
        case TaskState.BEGUN:
            return say("%(task)s: begun on %(day)s", task=task.words, day=course.begun_on)
    if course.planned_for is not None:
        return say("%(task)s: planned for %(day)s", task=task.words, day=course.planned_for)
    return say("%(task)s: %(state)s", task=task.words, state=state_words(course.state))


def _days(course: TaskCourse) -> list[date]:
    return [day for day in (course.planned_for, course.begun_on, course.done_on) if day is not None]
